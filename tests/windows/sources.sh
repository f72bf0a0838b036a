#!/usr/bin/env bash
# Fetch from Debian the source of Wireshark X.Y, or of c-ares, for tests/windows/tshark.sh.
#
#   tests/windows/sources.sh X.Y|c-ares
#
# It is kept in windows/sources beside the roots. Ends with 75 if the mirror has it no more: if its
# lists name another version, or it answers 404. Anything else is a failure.
set -euo pipefail
umask 022
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source-path=SCRIPTDIR source=../../plugin-install/windows/lib.sh disable=SC1091
source "$here/../plugin-install/windows/lib.sh"
# shellcheck source-path=SCRIPTDIR source=../debian.sh disable=SC1091
source "$here/debian.sh"

# The newest version of a package in the lists that were read; nothing if they do not have it.
newest() { # PACKAGE
    local known=''
    # It fails if they do not have it.
    known=$(apt-cache -c "$new/apt/apt.conf" showsrc "$1" 2>/dev/null) || true
    sed -n 's/^Version: //p' <<<"$known" | sort -V | tail -n 1
}

# Runs apt-get. Returns 1 if the mirror has the files no more.
ask() { # ARGS...
    apt-get -qq -c "$new/apt/apt.conf" "$@" >"$new/log" 2>&1 && return
    ! grep -q ' 404 ' "$new/log" || return 1
    cat "$new/log" >&2
    die "$mirror does not answer as it should"
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
        rm -rf "$new"
        configure_apt "$new/apt" "$mirror" "$suite" deb-src
        ask update || continue
        full=$(newest "$package")
        [[ $full == "$version".* ]] || continue
        (cd "$new" && ask source --download-only "$package=$full") || {
            # In a subshell, die does not end this one.
            grep -q ' 404 ' "$new/log" || exit 1
            continue
        }
        rm -rf "$new/apt" "$new/log" "$folder"
        echo "$full ($suite)" >"$new/version"
        mv "$new" "$folder"
        break
    done
    if [[ ! -e $folder/version ]]; then
        echo "${0##*/}: $mirror has the source of $package $version no more" >&2
        exit 75
    fi
fi
echo "$name: source $(<"$folder/version") in $folder"
