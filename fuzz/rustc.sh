#!/usr/bin/env bash
# As RUSTC_WRAPPER, compiles imshark and the parsers that it uses with the coverage that libFuzzer
# needs: counters of edges. The targets and what they check with have none, and so run faster.
# Comparisons are not traced: it takes half of the time, and less is found in the same time.
# No sanitizer: the targets are safe Rust.
set -euo pipefail

name='' for_target=no
for ((i = 1; i < $#; i++)); do
    case ${!i} in
    --crate-name) next=$((i + 1)) && name=${!next} ;;
    # Build scripts and macros, which run without libFuzzer, are compiled without it.
    --target) for_target=yes ;;
    esac
done
flags=()
case $for_target:$name in
yes:imshark | yes:nom | yes:memchr | yes:roxmltree | yes:encoding_rs | yes:base64 | yes:percent_encoding)
    flags+=(-Cpasses=sancov-module)
    for option in sanitizer-coverage-level=4 sanitizer-coverage-inline-8bit-counters \
        sanitizer-coverage-pc-table simplifycfg-branch-fold-threshold=0; do
        flags+=("-Cllvm-args=-$option")
    done
    ;;
esac
exec "$@" "${flags[@]}"
