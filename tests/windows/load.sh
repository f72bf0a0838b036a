#!/usr/bin/env bash
# Whether imshark.dll loads, on Wine, where there is no tshark.exe of Wireshark X.Y.
#
#   tests/windows/load.sh X.Y DLL     (run by tests/windows.sh, in its Debian)
#
# Wireshark's and GLib's DLLs are stubs that export what imshark.dll imports.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=../../plugin-install/windows/lib.sh disable=SC1091
source "$here/../../plugin-install/windows/lib.sh"

version=${1:?usage: load.sh X.Y DLL} dll=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$dll" "$work/imshark.dll"
cat >"$work/load.c" <<C
#include <windows.h>
#include <stdio.h>

int main(void)
{
    HMODULE dll = LoadLibraryA("imshark.dll");
    if (!dll)
        return printf("LoadLibrary fails: %lu\n", GetLastError()), 1;
    const int *major = (const int *)GetProcAddress(dll, "plugin_want_major");
    const int *minor = (const int *)GetProcAddress(dll, "plugin_want_minor");
    const char *own = (const char *)GetProcAddress(dll, "plugin_version");
    void (*start)(void) = (void (*)(void))GetProcAddress(dll, "plugin_register");
    if (!major || !minor || !own || !start)
        return puts("a symbol is missing"), 1;
    start();
    printf("imshark %s for Wireshark %d.%d is loaded\n", own, *major, *minor);
    return 0;
}
C
"${tools}gcc" -O1 -o "$work/load.exe" "$work/load.c"
"${tools}objdump" -p "$dll" | awk '/DLL Name:/ {dll = $3} dll && /^\t[0-9a-f]+ .*[^ ]$/ && NF >= 3 {print dll, $NF}
    /^There is an export table/ {dll = ""}' >"$work/imports"
for stub in libwireshark.dll libwsutil.dll libwiretap.dll glib-2.0-0.dll; do
    awk -v dll="$stub" '$1 == dll {print "__declspec(dllexport) long long " $2 "(void) {return 0;}"}' "$work/imports" >"$work/stub.c"
    [[ ! -s $work/stub.c ]] || "${tools}gcc" -w -fno-builtin -shared -o "$work/$stub" "$work/stub.c"
done
cd "$work"
printed=$("$here/wine.sh" load.exe 2>/dev/null | tr -d '\r') || die "imshark.dll for Wireshark $version: $printed"
[[ $printed == "imshark "*" for Wireshark $version is loaded" ]] || die "imshark.dll for Wireshark $version says: $printed"
echo "$printed, with stubs for Wireshark"
