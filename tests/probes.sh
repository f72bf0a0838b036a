#!/usr/bin/env bash
# Which features the probes find in each Wireshark of Debian.
#
#   tests/probes.sh [X.Y]      X.Y: of a newer Wireshark as well
#
# 3.6 and 4.2 are in no Debian. A feature that their neighbours on both sides have, or both have
# not, is taken for theirs; a feature that appears or goes between the two is found in the
# headers when it is built. So a feature may appear once, and may not come and go.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$(dirname "${BASH_SOURCE[0]}")/.."

versions=(3.4 4.0 4.4 4.6 "$@")
tests/roots.sh "${versions[@]}" >/dev/null
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The probes as files: a line with the macro's name, then the snippet.
awk -v work="$work" '/^        "IMSHARK_[A-Z_]*",$/ {gsub(/[", ]/, ""); name = $0; next}
    name {line = $0; last = sub(/",$/, "", line); sub(/^ *"?/, "", line); gsub(/\\"/, "\"", line)
        print line >(work "/" name ".c"); if (last) name = ""}' wireshark-headers/probes.rs
count=$(find "$work" -name '*.c' | wc -l)
((count >= 20)) || die "only $count probes are read: probes.rs has another form"

compiles() { # VERSION FILE
    local root=$roots/$1 flags=() folder
    for folder in "$root/usr/include/wireshark" "$root/usr/include/glib-2.0" "$root"/usr/lib/*/glib-2.0/include; do
        flags+=(-isystem "$folder")
    done
    "${CC:-cc}" -std=gnu11 -fsyntax-only -Werror=implicit-function-declaration "${flags[@]}" "$2" 2>/dev/null
}

printf '#include <glib.h>\n#include <epan/packet.h>\nint probe;\n' >"$work/headers"
for version in "${versions[@]}"; do
    cp "$work/headers" "$work/none.c"
    compiles "$version" "$work/none.c" || die "the headers of Wireshark $version do not compile"
    rm "$work/none.c"
done
faults=0
printf '%-32s' feature
printf ' %3s' "${versions[@]}"
echo
for file in "$work"/*.c; do
    row='' cells=''
    for version in "${versions[@]}"; do
        if compiles "$version" "$file"; then row+=1; else row+=0; fi
        cells+="   ${row: -1}"
    done
    name=$(basename "$file" .c)
    printf '%-32s%s\n' "$name" "$cells"
    case $row in
    "${row//1/}") echo "$name is found in no Wireshark"; faults=1 ;;
    *10*1*) echo "$name goes and comes again"; faults=1 ;;
    esac
done
((!faults)) || exit 1
echo "$count features of Wireshark ${versions[*]}: none comes and goes"
