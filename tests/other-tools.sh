#!/usr/bin/env bash
# Runs programs that others have made on top of tshark, with imshark loaded.
#
#   tests/other-tools.sh X.Y|installed PLUGINS
#
# PLUGINS is the folder that WIRESHARK_PLUGIN_DIR is to name. Needs Python 3, and from PyPI pyshark and wireshark-mcp: they
# are installed into a folder of their own beside the roots. What was seen of others is in docs/other-tools.md.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091
source "$here/lib.sh"

(($# == 2)) || die 'usage: tests/other-tools.sh X.Y|installed PLUGINS'
version=$1
plugins=$(cd "$2" && pwd)

python=$roots/../python-tools
[[ -e $python/bin/python ]] || python3 -m venv "$python"
"$python/bin/pip" --quiet --disable-pip-version-check install pyshark wireshark-mcp

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
printf '#!/bin/sh\nexport HOME=%q IMSHARK_ROOTS=%q WIRESHARK_PLUGIN_DIR=%q\nexec %q %q tshark "$@"\n' \
    "$work" "$roots" "$plugins" "$here/in-root" "$version" >"$work/tshark"
chmod +x "$work/tshark"
"$work/tshark" -G plugins 2>/dev/null | grep -q imshark || die 'imshark is not loaded'
cp "$here"/captures/{msn,qq}.pcap "$work"

HOME=$work PATH=$work:$PATH "$python/bin/python" "$here/batch/other_tools.py" "$work"
