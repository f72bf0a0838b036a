#!/bin/sh
# Builds imshark for the installed tshark, or takes a packaged build; installs it there and
# shows it at work.
set -eu
unset CDPATH
umask 022
here=$(cd -- "$(dirname -- "$0")" && pwd)
# shellcheck source=lib.sh
. "$here/lib.sh"
# shellcheck source=profile.sh
. "$here/profile.sh"
# shellcheck source=packaged.sh
. "$here/packaged.sh"

usage() {
    cat <<'END'
Usage: install.sh [--archive FILE] [--no-packages] [--dest DIR]

Installs imshark for the tshark of this machine, checks that tshark loads it,
adds Wireshark's profile "MSN and QQ" beside yours, and shows two sample captures.
As root it is installed for all users, otherwise for you alone.
In a checkout it first installs what the build misses and builds imshark; in an
unpacked archive it installs what is there.

  --archive FILE install this packaged build (imshark-...-linux-x86_64.tar.gz):
                 needs no Rust
  --dest DIR     install to DIR/X.Y/epan (X.Y: tshark's version), the profile to
                 DIR/profiles, and nowhere else; no packages. Use it with
                 WIRESHARK_PLUGIN_DIR=DIR.
  --no-packages  install no packages: only say what is missing
  --help         this text

WIRESHARK_SYSROOT=DIR builds with the Wireshark headers below DIR.
Run uninstall.sh to uninstall it.
END
}

need_cargo() {
    PATH="$PATH:${CARGO_HOME:-$(builder_home)/.cargo}/bin"
    export PATH
    has_cargo=$(as_builder sh -c 'command -v cargo') || :
    [ -n "$has_cargo" ] || die "Rust's cargo is missing; install it from https://rustup.rs and run this again."
    have=$(cd "$root" && as_builder cargo --version 2>/dev/null | first_version) || :
    [ -n "$have" ] || die "cargo is there but does not run; try: rustup default stable"
    want=$(sed -n 's/^rust-version *= *"\(.*\)".*/\1/p' "$root/Cargo.toml")
    oldest=$(printf '%s\n' "${want:-0}" "$have" | sort -t. -k1,1n -k2,2n -k3,3n | head -n 1)
    [ "$oldest" = "${want:-0}" ] ||
        die "cargo is $have but imshark needs $want or newer; get it with: rustup update stable (or from https://rustup.rs)"
}

need_packages() {
    check_environment
    find_missing || return 0
    if [ -n "$no_packages$dest" ]; then complain; fi
    packages=
    for need in $missing; do packages="$packages $(packages_of "$need")"; done
    packages=$(echo "$packages" | tr -s ' ' '\n' | sort -u | tr '\n' ' ' | sed 's/^ //; s/ $//')
    if [ -z "$packages" ]; then complain; fi
    as_root=
    if [ "$manager" = brew ]; then
        if is_root; then die "brew does not run as root; as your own user run: brew install $packages"; fi
    elif ! is_root; then
        for name in sudo doas; do
            if [ -z "$as_root" ] && has_command $name; then as_root=$name; fi
        done
        [ -n "$as_root" ] || die "packages are missing; run this as root, then install.sh again: $(install_command) $packages"
    fi
    printf 'Installing packages: %s\n' "$packages"
    if [ "$manager" = apt-get ]; then
        as_root="$as_root env DEBIAN_FRONTEND=noninteractive"
        $as_root apt-get update -qq || warn "apt-get update failed; going on with the old package lists."
    fi
    # shellcheck disable=SC2046,SC2086  # several words each
    $as_root $(install_command) $packages ||
        die "the packages could not be installed; see above and run it yourself: $(install_command) $packages"
    if find_missing; then complain; fi
    installed=$packages
}

complain() { # one sentence for each thing in $missing
    for need in $missing; do warn "missing: $(name_of "$need"); $(remedy "$need")"; done
    [ -n "$manager" ] || warn "no package manager known to this script is here (apt, dnf, pacman, apk, brew)."
    exit 1
}

need_same_version() {
    headers=$(header_version)
    [ "$(major_minor "$headers")" = "$(major_minor "$tshark_version")" ] ||
        die "Wireshark's headers are $headers but $tshark is $tshark_version, and both must be the same X.Y;" \
            "install the headers of that tshark, or set WIRESHARK_SYSROOT to a folder that has them."
}

build() {
    cd "$root"
    if [ -d target ]; then dir=$root/target; else dir=$root; fi
    as_builder test -w "$dir" ||
        die "$dir is not writable for you (did root make it?); make it yours or run this as root."
    case $(as_builder rustc -vV 2>/dev/null) in
        *-musl*) export RUSTFLAGS="${RUSTFLAGS:-} -C target-feature=-crt-static" ;;
    esac
    unset CARGO_BUILD_TARGET
    # Cargo does not see that the headers were exchanged since the last build.
    if [ -d target/release ] && [ "$(tail -n 1 "$notes/headers" 2>/dev/null)" != "$headers" ]; then
        as_builder cargo clean --quiet --release --package imshark
    fi
    as_builder cargo build --release --lib --target-dir target ||
        die "the build failed (see above); nothing was installed."
    built=target/release/libimshark.so
    [ -e "$built" ] || built=target/release/libimshark.dylib
    [ -e "$built" ] || die "the build left no libimshark in $root/target/release."
    echo "$headers" | note headers
    [ -z "$installed" ] || echo "$installed" | note packages
}

# tshark as the plugin's users run it. A root tshark ignores WIRESHARK_PLUGIN_DIR,
# so for --dest root steps down to "nobody" (group 0 counts as root, too).
run_tshark() {
    if [ -z "$dest" ]; then
        "$tshark" "$@"
    elif is_root; then
        as_nobody env HOME=/nonexistent "WIRESHARK_PLUGIN_DIR=$dest" "$tshark" "$@"
    else
        WIRESHARK_PLUGIN_DIR=$dest "$tshark" "$@"
    fi
}
as_nobody() { setpriv --reuid 65534 --regid 65534 --clear-groups "$@"; }

finish() { # also after a failure: the state before place(), and a target/ that is not root's
    if [ -n "$placing" ]; then
        if [ "$placing" = begun ]; then
            rm -f "$epan/.imshark.old"
        elif [ -e "$epan/.imshark.old" ]; then
            mv -f "$epan/.imshark.old" "$epan/$plugin"
        else
            rm -f "$epan/$plugin"
        fi
        rm -f "$epan/.imshark.new"
        printf '%s' "$new_dirs" | remove_empty
    fi
    [ -z "$unpacked" ] || rm -rf "$unpacked"
    if is_root && [ -z "$package" ] && [ -d "$root/target" ]; then
        # shellcheck disable=SC2012  # stat is not everywhere the same
        chown -R "$(ls -ldn "$root" | awk '{ print $3 ":" $4 }')" "$root/target" "$root/Cargo.lock" 2>/dev/null || :
    fi
}

place() { # in one step, the earlier plugin kept aside until tshark has loaded the new one
    new_dirs=
    dir=$epan
    while [ ! -d "$dir" ]; do
        new_dirs="$new_dirs$dir
"
        dir=$(dirname "$dir")
    done
    placing=begun
    mkdir -p "$epan" 2>/dev/null || die "the folder $epan cannot be created; check its permissions."
    cp "$built" "$epan/.imshark.new" 2>/dev/null || die "the folder $epan cannot be written to; check its permissions and free space."
    chmod 755 "$epan/.imshark.new"
    rm -f "$epan/.imshark.old" # of a run that was killed
    [ ! -e "$epan/$plugin" ] || cp -pP "$epan/$plugin" "$epan/.imshark.old"
    placing=placed
    mv -f "$epan/.imshark.new" "$epan/$plugin"
}

verify() { # "tshark -G plugins" must list exactly our file
    can_run=1
    if [ -n "$dest" ] && is_root && ! as_nobody test -r "$epan/$plugin" 2>/dev/null; then
        can_run=
        echo "imshark is in $epan/$plugin, not verified: a root tshark ignores --dest, and for an ordinary user that folder must be readable (and setpriv be there)."
    else
        listing=$(run_tshark -G plugins 2>&1) || :
        version=$(printf '%s\n' "$listing" | file=$epan/$plugin awk -F '\t' '$NF == ENVIRON["file"] { print $2 }')
        if [ -z "$version" ]; then
            other=$(printf '%s\n' "$listing" | file=$plugin awk -F '\t' '$1 ~ "^" ENVIRON["file"] { print $NF; exit }')
            [ -z "$other" ] || die "tshark $tshark_version loads $other instead; remove that one first (uninstall.sh, with sudo if needed)."
            printf '%s\n' "$listing" | grep -i imshark >&2 || :
            die "tshark $tshark_version does not load $epan/$plugin (see above); that folder is as it was before."
        fi
        echo "imshark $version is loaded by tshark $tshark_version from $epan/$plugin"
    fi
    placing=
    rm -f "$epan/.imshark.old"
    printf '%s' "$new_dirs" | while read -r dir; do (cd "$dir" && pwd -P); done | note folders
}

show() { # CAPTURE FILTER: at most ten lines
    file=$captures/$1
    printf '\n$ %stshark -r "%s" -Y '\''%s'\''\n' "${dest:+WIRESHARK_PLUGIN_DIR=\"$dest\" }" "$file" "$2"
    [ -r "$file" ] || { warn "the sample capture $1 is not there."; return; }
    run_tshark -r - -Y "$2" <"$file" 2>&1 | grep -v '^Running as user' |
        awk 'NR <= 10; END { if (NR > 10) print "... and " NR - 10 " more"; if (!NR) print "(no packet)" }'
}

no_packages=
installed=
placing=
archive=
while [ $# -gt 0 ]; do
    case $1 in
        --dest) set_dest "${2:-}"; shift ;;
        --dest=*) set_dest "${1#*=}" ;;
        --no-packages) no_packages=1 ;;
        --archive) archive=${2:-}; [ -n "$archive" ] || die "--archive needs a file."; shift ;;
        --archive=*) archive=${1#*=} ;;
        -h | --help) usage; exit ;;
        *) warn "unknown option: $1"; usage >&2; exit 2 ;;
    esac
    shift
done
trap finish EXIT
trap 'exit 1' HUP INT TERM

[ -z "$archive" ] || unpack "$archive"
if [ -n "$package" ]; then
    profile_files=$package/profile
    captures=$package/samples
    # What is unpacked does not stay, and the commands that are shown should work afterwards.
    for folder in "$here/samples" "$root/tests/captures"; do
        [ -z "$unpacked" ] || [ ! -r "$folder/msn.pcap" ] || captures=$folder
    done
    check_package
else
    captures=$root/tests/captures
    need_cargo
    need_packages
    find_tshark
    need_same_version
    build
fi
if [ -n "$dest" ]; then
    base=${global:-$personal}
    epan=$dest/${base##*/}/epan
    configuration=$dest
elif is_root; then
    epan=$global/epan
    configuration=$(folder_of "Global configuration")
else
    epan=$personal/epan
    configuration=$(folder_of "Personal configuration")
fi
place
verify
[ -z "$configuration" ] || place_profile "$configuration"
if is_root && [ -z "$dest" ]; then
    echo "It is installed for all users, because this ran as root${SUDO_USER:+ (through sudo)}."
    own=$(user_home)/.local/lib/wireshark/plugins/${global##*/}/epan/$plugin
    [ ! -e "$own" ] || warn "$own is now one too many; remove it."
fi
if [ -n "$can_run" ]; then
    show msn.pcap 'msnms.cmd == "USR"'
    show qq.pcap oicq.command
fi
