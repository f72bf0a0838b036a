# shellcheck shell=sh disable=SC2016,SC2034  # $ for an inner shell; values for the scripts
# Shared by install.sh and uninstall.sh, which set $here (their folder) first:
# what this machine lacks, which tshark it has, where that tshark takes plugins from.

plugin=imshark.so
root=$(dirname "${here:?}") # the checkout, if they are in one
package=                    # the unpacked archive, if they are in one
[ ! -e "$here/BUILD" ] || package=$here
notes=$root/target/plugin-install # what install.sh did, for uninstall.sh; not for archives
dest=                               # --dest DIR; empty: tshark's own folders

warn() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }
die() { warn "$@"; exit 1; }
is_root() { [ "$(id -u)" = 0 ]; }
has_command() { command -v "$1" >/dev/null 2>&1; }
exists() { for file; do [ ! -e "$file" ] || return 0; done; return 1; }
remove_empty() { while read -r dir; do rmdir "$dir" 2>/dev/null || :; done; }

set_dest() {
    dest=$1
    while [ "$dest" != "${dest%/}" ]; do dest=${dest%/}; done
    [ -n "$dest" ] || die "--dest needs a folder."
    case $dest in /*) ;; *) dest=$PWD/$dest ;; esac
}

# Under sudo the user who called it builds: Rust is usually in that user's home.
builder=
if is_root && [ -z "$package" ] && [ "${SUDO_USER:-root}" != root ] && has_command sudo &&
    [ -n "$(find "$root" -prune -user "$SUDO_USER" 2>/dev/null)" ]; then
    builder=$SUDO_USER
fi
as_builder() {
    if [ -n "$builder" ]; then
        sudo -E -H -u "$builder" env "PATH=$PATH" "$@"
    else
        "$@"
    fi
}
builder_home() { as_builder sh -c 'echo "$HOME"'; }
user_home() { # of the user who called sudo, whoever owns the checkout or the archive
    if is_root && [ "${SUDO_USER:-root}" != root ] && has_command sudo; then
        sudo -H -u "$SUDO_USER" sh -c 'echo "$HOME"'
    else
        echo "${HOME:-}"
    fi
}
note() { # NAME: adds standard input to the notes
    if [ -n "$package" ]; then cat >/dev/null; return; fi
    as_builder sh -c 'mkdir -p "$1" && cat >>"$1/$2"' sh "$notes" "$1" || :
}

# ---- What is missing --------------------------------------------------------------

has_tshark() { has_command tshark || exists /Applications/Wireshark.app/Contents/MacOS/tshark; }
has_pkgconfig() { has_command pkg-config; }
has_compiler() { echo '#include <stdio.h>' | cc -E -x c - >/dev/null 2>&1; }
has_headers() { [ -n "$(header_version)" ]; }
has_glib() {
    [ -n "${WIRESHARK_SYSROOT:-}" ] || pkg-config --exists glib-2.0 2>/dev/null
}
has_libclang() { # where the clang-sys crate looks; clang's own stddef.h is needed as well
    [ -z "${LIBCLANG_PATH:-}" ] || return 0 # check_environment has seen it
    llvm=$(llvm-config --libdir 2>/dev/null) || llvm=/usr/lib
    for dir in "$llvm" /usr/lib /usr/lib64 /usr/lib/*-linux-* /usr/lib*/llvm*/lib* \
        /usr/local/lib* /usr/local/llvm*/lib* \
        /Library/Developer/CommandLineTools/usr/lib \
        /Applications/Xcode.app/Contents/Developer/Toolchains/XcodeDefault.xctoolchain/usr/lib \
        /usr/local/opt/llvm*/lib /opt/homebrew/opt/llvm*/lib; do
        exists "$dir"/libclang.so* "$dir"/libclang-[0-9]*.so* "$dir"/libclang.dylib || continue
        exists "$dir"/clang/*/include/stddef.h /usr/lib*/clang/*/include/stddef.h \
            /usr/lib*/llvm*/lib*/clang/*/include/stddef.h || continue
        case $dir in /opt/homebrew/*) export LIBCLANG_PATH="$dir" ;; esac # clang-sys skips it
        return 0
    done
    return 1
}

check_environment() {
    [ -z "${LIBCLANG_PATH:-}" ] || exists "$LIBCLANG_PATH"/libclang* || [ -f "$LIBCLANG_PATH" ] ||
        die "LIBCLANG_PATH=$LIBCLANG_PATH holds no libclang; unset it or set it to the folder of libclang.so."
    [ -z "${WIRESHARK_SYSROOT:-}" ] || has_headers ||
        die "WIRESHARK_SYSROOT=$WIRESHARK_SYSROOT holds no Wireshark headers (usr/include/wireshark); unset it or set it to a folder that does."
}

missing=
find_missing() {
    missing=
    for need in tshark pkgconfig headers glib libclang compiler; do
        "has_$need" || missing="$missing $need"
    done
    [ -n "$missing" ]
}

name_of() {
    case $1 in
        tshark) echo "tshark" ;;
        pkgconfig) echo "pkg-config" ;;
        headers) echo "Wireshark's development headers" ;;
        glib) echo "GLib's development files (glib-2.0.pc)" ;;
        libclang) echo "libclang with clang's headers" ;;
        compiler) echo "a C compiler (cc)" ;;
    esac
}

# ---- Package managers -------------------------------------------------------------

manager=
for name in apt-get dnf pacman apk brew; do
    if has_command $name; then manager=$name; break; fi
done

packages_of() { # the packages of $manager for one need
    need=$1
    case $manager in
        #           tshark        headers         glib         libclang     pkg-config C compiler
        apt-get) set -- tshark 'libwireshark-dev libwiretap-dev libwsutil-dev' \
            libglib2.0-dev libclang-dev pkg-config 'gcc libc6-dev' ;;
        dnf) set -- wireshark-cli wireshark-devel glib2-devel clang-devel pkgconf-pkg-config gcc ;;
        pacman) set -- wireshark-cli wireshark-cli 'glib2 glib2-devel' clang pkgconf gcc ;;
        apk) set -- tshark wireshark-dev glib-dev clang-dev pkgconf build-base ;;
        brew) set -- wireshark wireshark glib llvm pkgconf '' ;; # cc: see remedy
        *) return 0 ;;
    esac
    case $need in
        tshark) echo "$1" ;; headers) echo "$2" ;; glib) echo "$3" ;;
        libclang) echo "$4" ;; pkgconfig) echo "$5" ;; compiler) echo "$6" ;;
    esac
}

install_command() {
    case $manager in
        apt-get) echo "apt-get install -y --no-install-recommends" ;;
        dnf) echo "dnf install -y" ;;
        pacman) echo "pacman -S --needed --noconfirm" ;;
        apk) echo "apk add" ;;
        brew) echo "brew install" ;;
    esac
}

remedy() { # what to do about one need
    packages=$(packages_of "$1")
    if [ -n "$packages" ]; then
        echo "install with: $(install_command) $packages"
    elif [ "$manager" = brew ]; then
        echo "install with: xcode-select --install"
    else
        echo "install it and run this again"
    fi
}

# ---- Versions and folders ---------------------------------------------------------

first_version() { awk 'match($0, /[0-9]+\.[0-9]+(\.[0-9]+)?/) { print substr($0, RSTART, RLENGTH); exit }'; }
major_minor() { echo "$1" | cut -d. -f1,2; }

header_version() { # of Wireshark's headers; empty without them
    base=${WIRESHARK_SYSROOT:-}
    if [ -z "$base" ] && pkg-config --modversion wireshark 2>/dev/null; then return; fi
    for dir in "$base/usr/include" "$base/usr/local/include" "$base/opt/homebrew/include" "$base/include" "$base"; do
        for file in "$dir/wireshark/ws_version.h" "$dir/wireshark/config.h"; do # config.h: 3.4
            [ -r "$file" ] || continue
            version=$(sed -n 's/^#define \(WIRESHARK_\)*VERSION_\(M[A-Z]*\)[[:space:]]*\([0-9]*\).*/\2 \3/p' "$file" |
                awk '{ v[$1] = $2 } END { if ("MAJOR" in v) print v["MAJOR"] "." v["MINOR"] "." v["MICRO"] }')
            [ -z "$version" ] || { echo "$version"; return; }
        done
    done
}

folder_of() { # "Personal configuration" or another name of "tshark -G folders"
    "$tshark" -G folders 2>/dev/null | sed -n "s/^$1:[[:space:]]*//p" | head -n 1
}

plugin_folder() { # Personal or Global: the folder with the version in it, X.Y or X-Y
    folder=$(folder_of "$1 Plugins")
    case ${folder##*/} in
        '') ;;
        [0-9]*[.-][0-9]*) echo "$folder" ;;
        *) echo "$folder/$(major_minor "$tshark_version")" ;;
    esac
}

find_tshark() { # sets $tshark, $tshark_version and, per version, $personal and $global
    tshark=$(command -v tshark) || tshark=/Applications/Wireshark.app/Contents/MacOS/tshark
    tshark_version=$("$tshark" -v 2>/dev/null | first_version) || :
    [ -n "$tshark_version" ] || die "$tshark does not tell its version: try \"tshark -v\"."
    personal=$(plugin_folder Personal)
    global=$(plugin_folder Global)
    [ -n "$personal$global" ] || die "$tshark takes no plugins: install a tshark that does."
}
