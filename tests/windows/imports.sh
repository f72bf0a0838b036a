#!/usr/bin/env bash
# What imshark.dll imports and exports.
#
#   tests/windows/imports.sh X.Y DLL SYSROOT     (run by tests/windows.sh, in its Debian)
#
# It may import from Windows' own DLLs, and what Wireshark X.Y and its GLib export. It must
# export what Wireshark looks for, and nothing else.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=../../plugin-install/windows/lib.sh disable=SC1091
source "$here/../../plugin-install/windows/lib.sh"

version=${1:?usage: imports.sh X.Y DLL SYSROOT} dll=$2 sysroot=$3
# Those of Windows 10 and newer: its kernel's, and the interface to its C runtime.
own='^(kernel32|ntdll|userenv|ws2_32|bcrypt|bcryptprimitives|advapi32|api-ms-win-(crt|core)-[a-z0-9-]+)\.dll$'
ours='plugin_describe plugin_register plugin_version plugin_want_major plugin_want_minor'

table=$("${tools}objdump" -p "$dll")
# Lines "DLL symbol".
imports=$(awk '/DLL Name:/ {dll = $3} dll && /^\t[0-9a-f]+ .*[^ ]$/ && NF >= 3 {print dll, $NF}
    /^There is an export table/ {dll = ""}' <<<"$table")
[[ $(wc -l <<<"$imports") -gt 100 ]] || die "$dll: the list of imports cannot be read"

faults=0 counts=
fault() { echo "$dll: $*"; faults=1; }
while read -r name; do
    if [[ -e $sysroot/implib/${name%.dll}.def ]]; then
        count=0
        while read -r symbol; do
            count=$((count + 1))
            grep -qxE "    $symbol( DATA)?" "$sysroot/implib/${name%.dll}.def" ||
                fault "$symbol is not among what $name of Wireshark $version exports"
        done < <(awk -v dll="$name" '$1 == dll {print $2}' <<<"$imports")
        counts+=" $name $count,"
    elif [[ ! ${name,,} =~ $own ]]; then
        fault "$name is of neither Windows nor Wireshark"
    fi
done < <(cut -d ' ' -f 1 <<<"$imports" | sort -u)
[[ $counts == *libwireshark.dll* ]] || fault 'nothing is imported from libwireshark.dll'

exports=$(awk '/^\[Ordinal\/Name Pointer\] Table/ {on = 1; next} on && /^\t\[/ {print $NF} on && /^$/ {exit}' <<<"$table" | sort | paste -sd ' ')
[[ $exports == "$ours" ]] || fault "exports $exports"
((!faults)) || exit 1
echo "imports for Wireshark $version:${counts%,}; else Windows' own; exports as expected"
