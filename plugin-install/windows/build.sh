#!/usr/bin/env bash
# Build imshark.dll for one Wireshark, on Linux.
#
#   plugin-install/windows/build.sh X.Y OUT [CARGO-OPTIONS...]
#
# Leaves OUT/imshark.dll. It is built in the Debian of debian.sh, with the headers of the root
# that tests/roots.sh makes, and with Rust's standard library from source: Debian packages none
# for Windows. The minor versions share one target folder, target/windows. IMSHARK_INCREMENTAL=1,
# for tests only, compiles for a second version no more than what differs.
set -euo pipefail
umask 022
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091
source "$here/lib.sh"

usage='usage: build.sh X.Y OUT [CARGO-OPTIONS...]'
version=${1:?$usage} out=${2:?$usage}
shift 2
checkout=$(cd "$here/../.." && pwd)
target=${CARGO_TARGET_DIR:-$checkout/target}/windows

if [[ ! ${IMSHARK_IN_DEBIAN:-} ]]; then
    "$checkout/tests/roots.sh" 4.0 "$version" >/dev/null
    mkdir -p "$out"
    cd "$checkout"
    "$here/debian.sh" -- env IMSHARK_IN_DEBIAN=1 IMSHARK_ROOTS="$roots" CARGO_INCREMENTAL="${IMSHARK_INCREMENTAL:-0}" \
        "$here/build.sh" "$version" "$target/$version" "$@"
    [[ $target/$version/imshark.dll -ef $out/imshark.dll ]] || install -m 644 "$target/$version/imshark.dll" "$out/imshark.dll"
    exit
fi

# The linker sorts imports by the paths of libraries, so that only the same paths give the same
# bytes: the folders are mounted elsewhere. The mounts end with the command of debian.sh.
if [[ $IMSHARK_IN_DEBIAN == 1 ]]; then
    fixed=/tmp/imshark
    mkdir -p "$target" "$fixed"/{checkout,windows}
    mount --bind "$checkout" "$fixed/checkout"
    mount --bind "$target" "$fixed/windows"
    cd "$fixed/checkout"
    exec env IMSHARK_IN_DEBIAN=2 CARGO_TARGET_DIR="$fixed" \
        plugin-install/windows/build.sh "$version" "$fixed/windows/$version" "$@"
fi

# Two objects that Rust's own builds of its standard library add to every DLL.
start_files() {
    local name source
    mkdir -p "$target/start"
    for name in rsbegin rsend; do
        source=$(echo /usr/src/rustc-*/library/rtstartup/"$name".rs)
        [[ $target/start/$name.o -nt $source ]] ||
            rustc --target "$triple" --cfg bootstrap --emit=obj -o "$target/start/$name.o" "$source"
    done
}

triple=x86_64-pc-windows-gnu
mkdir -p "$target"
sysroot=$target/sysroot-$version
stamp=$(cat "$here"/{sysroot.sh,glibconfig.sed} "$roots/$version/.imshark-tshark" "$roots/4.0/.imshark-tshark" | sha256sum)
if [[ $(cat "$sysroot/stamp" 2>/dev/null) != "$stamp" ]]; then
    "$here/sysroot.sh" "$version" "$sysroot"
    echo "$stamp" >"$sysroot/stamp"
fi

# For -Zbuild-std, which is not stable.
export RUSTC_BOOTSTRAP=1
start_files
export WIRESHARK_SYSROOT=$sysroot CARGO_TARGET_DIR=$target
export CC_x86_64_pc_windows_gnu=${tools}gcc AR_x86_64_pc_windows_gnu=${tools}ar
export CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER=${tools}gcc
rustflags="-L native=$target/start -C link-arg=-static-libgcc -C strip=symbols"
# Data of another DLL is used only where its declaration says that it is one's. No time of day.
rustflags+=' -C link-arg=-Wl,--disable-auto-import,--no-insert-timestamp'
rustflags+=" --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=cargo --remap-path-prefix=$checkout=imshark"
export CFLAGS_x86_64_pc_windows_gnu="-ffile-prefix-map=$checkout=imshark -ffile-prefix-map=$sysroot=sysroot"
export CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUSTFLAGS="$rustflags -C dlltool=${tools}dlltool"
cargo build --locked --release --lib --target "$triple" -Zbuild-std=std,panic_unwind "$@"
install -D -m 644 "$target/$triple/release/imshark.dll" "$out/imshark.dll"
