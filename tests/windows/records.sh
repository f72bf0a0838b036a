#!/usr/bin/env bash
# Whether the records of Wireshark X.Y lie in memory as Microsoft's compiler lays them.
#
#   tests/windows/records.sh X.Y SYSROOT     (run by tests/windows.sh, in its Debian)
#
# Wireshark's own builds are made by Microsoft's compiler, ours by GCC. Clang knows the rules of
# both: it lays out every record of the headers that the shim includes for either, and both must
# be equal. GCC then compiles an assertion for each place of Microsoft's.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=../../plugin-install/windows/lib.sh disable=SC1091
source "$here/../../plugin-install/windows/lib.sh"
cd "$here/../.."

version=${1:?usage: records.sh X.Y SYSROOT} sysroot=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The probes' macros choose between headers, not between layouts, and are left out.
{
    echo '#define __USE_MINGW_SETJMP_NON_SEH'
    echo '#include "wrapper.h"'
    grep -hoE '^#include <(epan|wsutil|wiretap)[^>]*>' src/epan/*.[ch] | sort -u |
        while read -r line; do
            file=${line#*<}
            [[ ! -e $sysroot/usr/include/wireshark/${file%>} ]] || echo "$line"
        done
} >"$work/all.c"

flags=(-w -std=gnu11 -Isrc/epan -Iwireshark-headers)
for folder in wireshark glib-2.0; do
    flags+=(-isystem "$sysroot/usr/include/$folder")
done
flags+=(-isystem "$sysroot/usr/lib/glib-2.0/include")
for target in gnu msvc; do
    clang --target="x86_64-pc-windows-$target" "${flags[@]}" -nostdlibinc -isystem "/usr/${tools%-}/include" \
        -mms-bitfields -fms-extensions -fms-compatibility-version=19.30 -D__MINGW32__ -D__MINGW64__ -D__GNUC__=4 -D__GNUC_MINOR__=2 \
        -ferror-limit=5 -fsyntax-only -Xclang -fdump-record-layouts-complete "$work/all.c" >"$work/$target" ||
        die "clang does not read the headers of Wireshark $version for windows-$target"
done
python3 "$here/records.py" "$work/gnu" "$work/msvc" >"$work/asserts.c"
cat "$work/all.c" "$work/asserts.c" >"$work/gcc.c"
"${tools}gcc" "${flags[@]}" -fsyntax-only "$work/gcc.c" 2>"$work/log" ||
    { grep error "$work/log" | head -n 20; die "GCC lays out records of Wireshark $version differently"; }
# host.h has setjmp save no frame.
for file in src/epan/*.c; do
    "${tools}gcc" "${flags[@]}" -E "$file" | grep -E '_*setjmp(ex)? ?\(.*(frame_address|getsp)' | grep -v returns_twice &&
        die "$file: setjmp saves a frame"
done
echo "setjmp saves no frame"
echo "records of Wireshark $version: $(tail -n 1 "$work/asserts.c" | tr -d '/')"
