//! Builds the epan ring against the Wireshark headers of this machine: finds them, probes
//! their features, generates the bindings and compiles the C shim.

#[cfg(feature = "plugin")]
#[path = "wireshark-headers/locate.rs"]
mod locate;
#[cfg(feature = "plugin")]
#[path = "wireshark-headers/probes.rs"]
mod probes;
#[cfg(feature = "plugin")]
#[path = "wireshark-headers/windows.rs"]
mod windows;

fn main() {
    // Without the plugin, it depends on nothing; else cargo would run it after every change of any file.
    println!("cargo:rerun-if-changed=build.rs");
    #[cfg(feature = "plugin")]
    if let Err(message) = plugin::build() {
        println!("cargo:warning={message}");
        eprintln!("error: {message}");
        std::process::exit(1);
    }
}

#[cfg(feature = "plugin")]
mod plugin {
    use std::path::{Path, PathBuf};

    use super::{locate, probes, windows};

    /// The C shim.
    const SHIM: &[&str] = &[
        "src/epan/apply.c",
        "src/epan/conversation.c",
        "src/epan/credentials.c",
        "src/epan/detail.c",
        "src/epan/dissect.c",
        "src/epan/endpoints.c",
        "src/epan/exports.c",
        "src/epan/follow.c",
        "src/epan/handoff.c",
        "src/epan/heuristics.c",
        "src/epan/hosts.c",
        "src/epan/http.c",
        "src/epan/keys.c",
        "src/epan/midstream.c",
        "src/epan/pdus.c",
        "src/epan/ports.c",
        "src/epan/preferences.c",
        "src/epan/recognise.c",
        "src/epan/register.c",
        "src/epan/report_tables.c",
        "src/epan/reports.c",
        "src/epan/selection.c",
        "src/epan/sessions.c",
        "src/epan/shared.c",
        "src/epan/statistics.c",
    ];
    const WRAPPER: &str = "wireshark-headers/wrapper.h";

    pub(super) fn build() -> Result<(), String> {
        println!("cargo:rerun-if-env-changed={}", locate::SYSROOT);
        let headers = ["src/epan/shim.h", "src/epan/host.h"];
        let others = ["wireshark-headers", "build.rs"];
        for file in SHIM.iter().chain(&headers).chain(&others) {
            println!("cargo:rerun-if-changed={file}");
        }
        let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);
        let paths = locate::include_paths()?;
        if let Some(headers) = paths.first() {
            println!("cargo:rerun-if-changed={}", headers.display());
        }
        let (compiler, features) = compile_shim(&paths, &out)?;
        bind(&paths, &compiler, &features, &out)?;
        if windows::is_target() {
            windows::link(locate::sysroot().as_deref())?;
        } else {
            link_with_sysroot();
        }
        if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("macos") {
            // Wireshark's symbols come from the program that loads the plugin.
            println!("cargo:rustc-cdylib-link-arg=-Wl,-undefined,dynamic_lookup");
        }
        Ok(())
    }

    fn link_with_sysroot() {
        if let Some(root) = locate::sysroot() {
            if let Some(folder) = locate::c_library(&root) {
                // The compiler searches its own folders first, so --sysroot alone is not
                // enough.
                println!("cargo:rustc-link-search=native={}", folder.display());
                println!("cargo:rustc-cdylib-link-arg=--sysroot={}", root.display());
            }
        }
    }

    fn compile_shim(
        paths: &[PathBuf],
        out: &Path,
    ) -> Result<(cc::Tool, Vec<&'static str>), String> {
        let mut build = cc::Build::new();
        build
            .files(SHIM)
            .includes(["src/epan", "wireshark-headers"])
            .std("gnu11")
            .warnings(true)
            .extra_warnings(true)
            .flag_if_supported("-Wno-unused-parameter")
            .flag_if_supported("-Werror=implicit-function-declaration");
        for path in paths {
            // Suppresses warnings in Wireshark's and GLib's own headers.
            build.flag("-isystem").flag(path);
        }
        let compiler = build
            .try_get_compiler()
            .map_err(|_| "no C compiler is found; on Debian: apt install gcc".to_owned())?;
        probes::headers_work(&compiler, out)
            .map_err(|line| format!("the headers of Wireshark do not compile: {line}"))?;
        let features = probes::run(&compiler, out);
        for feature in &features {
            build.define(feature, None);
        }
        build
            .try_compile("imshark_shim")
            .map_err(|error| format!("the C shim does not compile: {error}"))?;
        Ok((compiler, features))
    }

    fn bind(
        paths: &[PathBuf],
        compiler: &cc::Tool,
        features: &[&str],
        out: &Path,
    ) -> Result<(), String> {
        let includes = paths.iter().map(|path| format!("-I{}", path.display()));
        let defines = features.iter().map(|feature| format!("-D{feature}"));
        let target = if windows::is_target() {
            windows::clang_args(compiler)?
        } else {
            Vec::new()
        };
        let builder = bindgen::Builder::default()
            .header(WRAPPER)
            .clang_args(target)
            .clang_args(["-Isrc/epan"])
            .clang_args(includes)
            .clang_args(defines)
            .allowlist_function("imshark_.*")
            .allowlist_type("imshark_.*")
            .allowlist_type("ftenum|ft_framenum_type|field_display_e|value_string")
            .allowlist_var("IMSHARK_.*")
            .allowlist_var("(PI|FT|BASE)_[A-Z0-9_]*|HF_REF_TYPE_NONE")
            .opaque_type("tvbuff|_packet_info|_proto_node|_value_string_ext")
            .default_enum_style(bindgen::EnumVariation::Consts)
            .prepend_enum_name(false)
            .derive_debug(false)
            .generate_comments(false)
            .layout_tests(true)
            .ctypes_prefix("::libc")
            .rust_target(bindgen::RustTarget::stable(82, 0).map_err(|e| e.to_string())?);
        let bindings = with_libclang(|| builder.generate())?
            .map_err(|error| format!("bindgen cannot read the headers: {error}"))?;
        bindings
            .write_to_file(out.join("bindings.rs"))
            .map_err(|error| format!("the bindings cannot be written: {error}"))
    }

    /// Runs bindgen, which panics, with a page of text, if there is no libclang.
    fn with_libclang<T>(generate: impl FnOnce() -> T) -> Result<T, String> {
        let hook = std::panic::take_hook();
        std::panic::set_hook(Box::new(|_| {}));
        let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(generate));
        std::panic::set_hook(hook);
        result.map_err(|panic| {
            let text = panic
                .downcast_ref::<String>()
                .map(String::as_str)
                .or_else(|| panic.downcast_ref::<&str>().copied())
                .unwrap_or("unknown");
            if text.contains("libclang") {
                "libclang is not found; on Debian: apt install libclang-dev".to_owned()
            } else {
                format!("bindgen fails: {text}")
            }
        })
    }
}
