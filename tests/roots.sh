#!/usr/bin/env bash
# Make a file-system root for each Wireshark minor version from Debian's own
# packages, so that one machine can build and test against all of them.
#
#   tests/roots.sh [--with-rust] [--with-gui] [X.Y ...]    (default: 3.4 4.0 4.4 4.6)
#
# --with-rust adds Debian's rustc, cargo and the LLVM that fits them to the root: in 4.4
# they are the minimum Rust of this crate. --with-gui adds the GUI; tests/gui-root.sh makes such a root and runs it.
#
# A root is made once and kept in $IMSHARK_ROOTS/X.Y; without IMSHARK_ROOTS in
# ${XDG_CACHE_HOME:-~/.cache}/imshark/roots, for the superuser in
# /var/cache/imshark/roots. Delete the folder to have it made anew. Needs neither
# root nor debootstrap, only apt, and a Debian mirror: the one this machine uses,
# or $IMSHARK_DEBIAN_MIRROR. A root takes 300 MB, with Rust
# 900 MB, with the GUI 800 MB.
set -euo pipefail
umask 022
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091
source "$here/lib.sh"
# shellcheck source-path=SCRIPTDIR source=debian.sh disable=SC1091
source "$here/debian.sh"

rust_packages=(rustc cargo llvm-19)
packages=(tshark libwireshark-dev libwiretap-dev libwsutil-dev libglib2.0-dev libc6-dev)

# Absolute links to /etc or /usr would lead out of the root and into this machine.
relative_links() {
    local link
    find "$1" -type l -lname '/*' -print0 | while IFS= read -r -d '' link; do
        ln -sfnr "$1$(readlink "$link")" "$link"
    done
}

make_root() {
    local version=$1 new=$roots/.new root=$roots/.new/$1 apt=$roots/.new/apt suite found='' deb dir
    for suite in $(suites_of "$version"); do
        rm -rf "$new"
        configure_apt "$apt" "$mirror" "$suite"
        apt-get -qq -c "$apt/apt.conf" update ||
            die "no package lists of Debian $suite from $mirror; IMSHARK_DEBIAN_MIRROR may name a mirror that has them"
        found=$(apt-cache -c "$apt/apt.conf" --no-all-versions show tshark 2>/dev/null | sed -n 's/^Version: //p') || true
        [[ $found != "$version".* ]] || break
    done
    [[ $found == "$version".* ]] ||
        die "Debian $suite holds Wireshark ${found:-of no version}, not $version"

    apt-get -qq -y -c "$apt/apt.conf" install --download-only "${packages[@]}" >"$apt/log" ||
        { cat "$apt/log" >&2; die "the packages of Debian $suite could not be fetched"; }
    mkdir -p "$root/usr"
    for dir in bin sbin lib lib32 lib64 libx32; do
        mkdir "$root/usr/$dir"
        ln -s "usr/$dir" "$root/$dir"
    done
    for deb in "$apt"/archives/*.deb; do
        # dpkg-deb -x would put folders where the links are.
        dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$root" --keep-directory-symlink --no-same-owner \
            --exclude='./usr/share/doc/*' --exclude='./usr/share/man/*' --exclude='./usr/share/locale/*'
    done
    relative_links "$root"

    ((!with_rust)) || echo "${rust_packages[*]}" >"$root/.imshark-rust"
    ((!with_gui)) || : >"$root/.imshark-gui"
    echo "$found ($suite)" >"$root/.imshark-tshark"
    [[ $(IMSHARK_ROOTS=$new "$here/in-root" "$version" tshark --version | minor_version) == "$version" ]] ||
        die "the tshark of Debian $suite does not say that it is $version"

    rm -rf "${roots:?}/$version"
    mv "$root" "$roots/$version"
}

with_rust=0 with_gui=0
while [[ ${1:-} == --* ]]; do
    case $1 in
    --with-rust) with_rust=1 packages+=("${rust_packages[@]}") ;;
    # Fonts with the letters of both protocols' users.
    --with-gui) with_gui=1 packages+=(wireshark fonts-wqy-microhei fonts-noto-color-emoji) ;;
    *) die "unknown option $1; --with-rust and --with-gui are known" ;;
    esac
    shift
done
(($#)) || set -- 3.4 4.0 4.4 4.6

mkdir -p "$roots"
exec 9>"$roots/.lock"
flock 9
trap 'rm -rf "$roots/.new"' EXIT
mirror=
for version; do
    if [[ ! -e $roots/$version/.imshark-tshark ]] ||
        { ((with_rust)) && [[ $(cat "$roots/$version/.imshark-rust" 2>/dev/null) != "${rust_packages[*]}" ]]; } ||
        { ((with_gui)) && [[ ! -e $roots/$version/.imshark-gui ]]; }; then
        [[ -e $keyring ]] || die "$keyring is missing: install the package debian-archive-keyring"
        [[ -n $mirror ]] || mirror=$(debian_mirror)
        make_root "$version"
    fi
    echo "$version: tshark $(<"$roots/$version/.imshark-tshark") in $roots/$version"
done
