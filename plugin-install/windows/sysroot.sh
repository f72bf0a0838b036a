#!/usr/bin/env bash
# Make what a build for Windows needs of Wireshark X.Y, from the roots of tests/roots.sh:
# headers, the glibconfig.h of a 64-bit Windows, and import libraries.
#
#   plugin-install/windows/sysroot.sh X.Y OUT      (run by build.sh, in its Debian)
#
# Both systems' libraries export what is WS_DLL_PUBLIC, so the import libraries are made of
# what those of Linux export.
set -euo pipefail
umask 022
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091
source "$here/lib.sh"

root=$roots/${1:?usage: sysroot.sh X.Y OUT} out=${2:?usage: sysroot.sh X.Y OUT}
# GLib of the newer roots lacks gwin32.h. The functions that imshark calls are older.
glib=$roots/4.0
for folder in "$root" "$glib"; do
    [[ -e $folder/.imshark-tshark ]] || die "no root for Wireshark ${folder##*/}: run tests/roots.sh ${folder##*/}"
done

headers() {
    local include=$out/usr/include config=$out/usr/lib/glib-2.0/include
    mkdir -p "$include" "$config"
    cp -r "$root/usr/include/wireshark" "$glib/usr/include/glib-2.0" "$include/"
    # For a compiler that lacks it, which mingw's does not.
    [[ ! -e $include/wireshark/config.h ]] || sed -i '/typedef int ssize_t;/d' "$include/wireshark/config.h"
    sed -E -f "$here/glibconfig.sed" "$glib"/usr/lib/*/glib-2.0/include/glibconfig.h >"$config/glibconfig.h"
    grep -q '^#define G_OS_WIN32' "$config/glibconfig.h" || die "glibconfig.h of $glib has another form than expected"
}

# A name in quotes: dlltool takes the part after the last point for an extension.
import_library() { # DLL LIBRARY-OF-LINUX
    local list=$out/implib/${1%.dll}.def
    {
        printf 'LIBRARY "%s"\nEXPORTS\n' "$1"
        nm -D --defined-only "$2" | awk '
            {sub(/@.*/, "", $3)}
            $2 ~ /^[TWiV]$/ {print "    " $3}
            $2 ~ /^[BDR]$/ {print "    " $3 " DATA"}' | sort -u
    } >"$list"
    [[ $(wc -l <"$list") -gt 100 ]] || die "$2 exports next to nothing"
    "${tools}dlltool" -d "$list" -l "$out/implib/$1.a"
}

rm -rf "$out"
mkdir -p "$out/implib"
headers
lib=$(echo "$root"/usr/lib/*-linux-gnu)
for name in wireshark wiretap wsutil; do
    import_library "lib$name.dll" "$lib/lib$name.so"
done
import_library glib-2.0-0.dll "$lib/libglib-2.0.so.0"
