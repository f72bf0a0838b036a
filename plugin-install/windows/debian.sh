#!/usr/bin/env bash
# Run a command in a Debian 13, which has the compilers for Windows that other releases lack:
# made by debootstrap at first use, and kept.
#
#   plugin-install/windows/debian.sh [--with-wine] [--] [COMMAND [ARGS...]]
#
# --with-wine adds what tests/windows.sh needs. The checkout, Cargo's folders and the folder of
# the roots are seen inside at their own paths; nothing else of this machine is. Without COMMAND
# it is only made. It is kept in windows/debian beside the roots of tests/roots.sh. Delete the
# folder to have it made anew. It needs the superuser, because compilers and Wine want
# a system of their own, and 2.5 GB, with Wine 4 GB.
set -euo pipefail
umask 022
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091
source "$here/lib.sh"
# shellcheck source-path=SCRIPTDIR source=../../tests/debian.sh disable=SC1091
source "$here/../../tests/debian.sh"

packages=(cargo rustc rust-src gcc libc6-dev git libclang-dev clang
    gcc-mingw-w64-ucrt64 mingw-w64-tools)
wine_packages=(wine wine64 g++-mingw-w64-ucrt64 cmake ninja-build flex perl python3 python3-pip gettext pkg-config
    libgcrypt-mingw-w64-dev libgpg-error-mingw-w64-dev libz-mingw-w64-dev dpkg-dev)
with_wine=0
while [[ ${1:-} == --* ]]; do
    case $1 in
    --with-wine) with_wine=1 ;;
    --) shift; break ;;
    *) die "unknown option $1; --with-wine is known" ;;
    esac
    shift
done

# Mounts end with the command: they are in a mount namespace of its own.
enter() {
    # shellcheck disable=SC2016 # for the inner shell
    unshare --mount --pid --fork --kill-child bash -c '
        set -e
        root=$1 folder=$2
        shift 2
        mount -t proc proc "$root/proc"
        mount --rbind --make-rslave /dev "$root/dev"
        mount -t tmpfs -o mode=1777 tmp "$root/tmp"
        for file in /etc/resolv.conf /etc/ssl/certs/ca-certificates.crt; do
            [[ -e $file ]] || continue
            touch "$root/etc/${file##*/}"
            mount --bind "$(readlink -f "$file")" "$root/etc/${file##*/}"
        done
        while [[ $1 != -- ]]; do
            mkdir -p "$root$1"
            mount --bind "$1" "$root$1"
            shift
        done
        shift
        # shellcheck disable=SC2093
        exec chroot "$root" /usr/bin/env -C "$folder" HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 \
            SSL_CERT_FILE=/etc/ca-certificates.crt CARGO_HTTP_CAINFO=/etc/ca-certificates.crt PIP_CERT=/etc/ca-certificates.crt "$@"
    ' bash "$@"
}

make_debian() {
    local new=$debian.new keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    command -v debootstrap >/dev/null || die 'debootstrap is missing: install the package debootstrap'
    [[ -e $keyring ]] || die "$keyring is missing: install the package debian-archive-keyring"
    rm -rf "$new"
    mkdir -p "$new"
    debootstrap --variant=minbase --keyring="$keyring" trixie "$new" "$(debian_mirror)" >"$new.log" ||
        { tail -n 5 "$new.log" >&2; die "Debian 13 could not be fetched; all that was said is in $new.log"; }
    printf '#!/bin/sh\nexit 101\n' >"$new/usr/sbin/policy-rc.d"
    chmod 755 "$new/usr/sbin/policy-rc.d"
    echo 'APT::Install-Recommends "false";' >"$new/etc/apt/apt.conf.d/90imshark"
    rm -rf "$debian" "$new.log"
    mv "$new" "$debian"
}

add_packages() { # MARK PACKAGE...
    local mark=$debian/.imshark-$1
    shift
    [[ $(cat "$mark" 2>/dev/null) != "$*" ]] || return 0
    { enter "$debian" / -- apt-get -q update &&
        enter "$debian" / -- env DEBIAN_FRONTEND=noninteractive apt-get -q -y install "$@" &&
        enter "$debian" / -- apt-get clean; } >"$debian.log" 2>&1 ||
        { grep -E '^E:' "$debian.log" >&2; die "the packages could not be installed in Debian 13; all that was said is in $debian.log"; }
    echo "$*" >"$mark"
}

debian=$windows/debian
((EUID == 0)) || die 'building for Windows needs the superuser: it runs in a Debian 13 of its own'
unshare --mount --pid --fork true 2>/dev/null || die 'this machine does not let the superuser mount anything (unshare fails), so that no Debian 13 can run here'
mkdir -p "$windows"
exec 9>"$windows/.lock"
flock 9
[[ -e $debian/etc/apt/apt.conf.d/90imshark ]] || make_debian
add_packages build "${packages[@]}"
((!with_wine)) || add_packages wine "${wine_packages[@]}"
exec 9>&-
(($#)) || exit 0
cargo_home=${CARGO_HOME:-$HOME/.cargo}
target=${CARGO_TARGET_DIR:-$PWD}
mkdir -p "$cargo_home" "$target"
enter "$debian" "$PWD" "$(cd "$here/../.." && pwd)" "$cargo_home" "$(cd "$target" && pwd)" "${roots%/*}" -- env CARGO_HOME="$cargo_home" "$@"
