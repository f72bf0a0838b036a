#!/usr/bin/env bash
# Look at imshark in the GUI of a Wireshark that is not installed: make a root as
# tests/roots.sh does, with the GUI in it, and run that.
#
#   tests/gui-root.sh X.Y [ARGS of wireshark ...]
#
# Without arguments of Wireshark it only makes the root, once, in $IMSHARK_ROOTS/gui/X.Y.
# Needs neither root nor a chroot, only an X server; without a screen:
#
#   export WIRESHARK_PLUGIN_DIR=FOLDER HOME=FOLDER      with FOLDER/4.4/epan/imshark.so
#   xvfb-run -s '-screen 0 1280x900x24' tests/gui-root.sh 4.4 -r tests/captures/msn.pcap
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091
source "$here/lib.sh"

(($#)) || die 'usage: tests/gui-root.sh X.Y [ARGS of wireshark ...]'
version=$1
shift

export IMSHARK_ROOTS=$roots/gui
[[ -e $IMSHARK_ROOTS/$version/.imshark-gui ]] || "$here/roots.sh" --with-gui "$version"
if (($#)); then
    [[ ${DISPLAY:-} ]] || die 'no X server: DISPLAY is not set; xvfb-run can be one'
    exec "$here/in-root" "$version" wireshark "$@"
fi
