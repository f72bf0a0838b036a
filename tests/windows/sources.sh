#!/usr/bin/env bash
# Fetch from Debian the source of Wireshark X.Y, or of c-ares, for tests/windows/tshark.sh.
#
#   tests/windows/sources.sh X.Y|c-ares
#
# It is kept in windows/sources beside the roots. Ends with 75 if the mirror has it no more.
set -euo pipefail
umask 022
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source-path=SCRIPTDIR source=../../plugin-install/windows/lib.sh disable=SC1091
source "$here/../plugin-install/windows/lib.sh"
# shellcheck source-path=SCRIPTDIR source=../debian.sh disable=SC1091
source "$here/debian.sh"

fetch() { # SUITE PACKAGE VERSION: if that suite has this version
    local version
    rm -rf "$new"
    configure_apt "$new/apt" "$mirror" "$1" deb-src
    apt-get -qq -c "$new/apt/apt.conf" update || return 1
    version=$(apt-cache -c "$new/apt/apt.conf" showsrc "$2" 2>/dev/null | sed -n 's/^Version: //p' | sort -V | tail -n 1)
    [[ $version == "$3".* ]] || return 1
    (cd "$new" && apt-get -qq -c "$new/apt/apt.conf" source --download-only "$2=$version" >/dev/null) || return 1
    rm -rf "$new/apt"
    echo "$version ($1)" >"$new/version"
}

name=${1:?usage: tests/windows/sources.sh X.Y|c-ares}
folder=$windows/sources/$name new=$windows/sources/.new
mkdir -p "$windows/sources"
exec 9>"$windows/sources/.lock"
flock 9
if [[ ! -e $folder/version ]]; then
    mirror=$(debian_mirror)
    trap 'rm -rf "$new"' EXIT
    case $name in
    c-ares) suites=bookworm package=c-ares version=1 ;;
    *) suites=$(suites_of "$name") package=wireshark version=$name ;;
    esac
    for suite in $suites; do
        fetch "$suite" "$package" "$version" || continue
        rm -rf "$folder"
        mv "$new" "$folder"
        break
    done
    if [[ ! -e $folder/version ]]; then
        echo "${0##*/}: $mirror has the source of $package $version no more" >&2
        exit 75
    fi
fi
echo "$name: source $(<"$folder/version") in $folder"
