#!/usr/bin/env bash
# Run a program of Windows on Wine, in the Debian of plugin-install/windows/debian.sh.
#
#   tests/windows/wine.sh PROGRAM [ARGS...]
#
# Wine's own files, its "C:" among them, are kept in windows/wine beside the roots.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=../../plugin-install/windows/lib.sh disable=SC1091
source "$(dirname "${BASH_SOURCE[0]}")/../../plugin-install/windows/lib.sh"
export WINEPREFIX=${WINEPREFIX:-$windows/wine} WINEDEBUG=-all
export WINEDLLOVERRIDES=${WINEDLLOVERRIDES:-mscoree,mshtml,winemenubuilder.exe=}
mkdir -p "$WINEPREFIX"
# Debian has Wine's server end with each program, which makes the next one start slowly. Services live as long as it,
# and what started them would wait for them if they had its output.
exec 9>"$WINEPREFIX/.lock"
flock 9
if ! /usr/lib/wine/wineserver64 -k0 2>/dev/null; then
    /usr/lib/wine/wineserver64 -p30 </dev/null >/dev/null 2>&1 9>&- || true
    wine cmd /c exit </dev/null >/dev/null 2>&1 9>&- || true
fi
exec 9>&-
exec wine "$@"
