#!/usr/bin/env bash
# Reads captures into Parquet with batch/imshark-batch, and compares every value with what tshark printed.
#
#   tests/batch.sh [--spark] X.Y|installed PLUGINS
#
# PLUGINS is the folder that WIRESHARK_PLUGIN_DIR is to name. With --spark: batch/spark_job.py, on a local cluster that
# loses an executor. Needs GNU parallel, Python 3, sshd for the run on another machine, Java for Spark, and from PyPI duckdb and pyspark: they are installed
# into a folder of their own beside the roots.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091
source "$here/lib.sh"

check=check.py packages=(duckdb)
if [[ ${1:-} == --spark ]]; then
    check=check_spark.py packages+=(pyspark)
    shift
fi
(($# == 2)) || die 'usage: tests/batch.sh [--spark] X.Y|installed PLUGINS'
version=$1
WIRESHARK_PLUGIN_DIR=$(cd "$2" && pwd)
export WIRESHARK_PLUGIN_DIR

python=$roots/../python
[[ -e $python/bin/python ]] || python3 -m venv "$python"
"$python/bin/pip" --quiet --disable-pip-version-check install "${packages[@]}"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
export HOME=$work
# On another machine, nothing of this environment is set.
printf '#!/bin/sh\nexport HOME=%q IMSHARK_ROOTS=%q WIRESHARK_PLUGIN_DIR=%q\nexec %q %q tshark "$@"\n' \
    "$work" "$roots" "$WIRESHARK_PLUGIN_DIR" "$here/in-root" "$version" >"$work/tshark"
chmod +x "$work/tshark"
"$work/tshark" -G plugins 2>/dev/null | grep -q imshark || die 'imshark is not loaded'

"$python/bin/python" "$here/batch/$check" "$here/captures" "$work" "$work/tshark"
