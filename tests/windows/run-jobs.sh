#!/usr/bin/env bash
# Run tshark once for each line of standard input, for compare.sh.
#
#   tests/windows/run-jobs.sh VERSION FOLDER <JOBS
#
# VERSION is one of tests/in-root. A line is the name of the output file below FOLDER and the
# arguments, with tabs between them; OUT in an argument stands for the name with .d added, a folder.
set -euo pipefail
umask 000
version=$1 folder=$2
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

run() {
    local name arguments
    IFS=$'\t' read -r -a arguments <<<"$1"
    name=$folder/${arguments[0]}
    mkdir -p "$name.d"
    arguments=("${arguments[@]:1}")
    arguments=("${arguments[@]//OUT/$name.d}")
    tests/in-root "$version" tshark "${arguments[@]}" </dev/null >"$name" 2>"$name.err" || echo "ends with $?" >>"$name.err"
    rmdir "$name.d" 2>/dev/null || true
}

while IFS= read -r line; do
    while (($(jobs -rp | wc -l) >= 2)); do wait -n; done
    run "$line" &
done
wait
