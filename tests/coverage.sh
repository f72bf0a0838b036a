#!/usr/bin/env bash
# How many lines of the rings before epan are reached by the tests that need no Wireshark and, as tests
# of fuzz, by the first inputs of the fuzzers.
#
#   tests/coverage.sh [--least PERCENT] [--lines FOLDER]
#
# Prints it for each folder of src. --least: fails if it is less in all. --lines: writes every source into
# FOLDER, with the number of times that each line is reached. Rust and LLVM are those of the root that
# tests/roots.sh --with-rust 4.4 makes, as Debian's fit each other.
set -euo pipefail
umask 022
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$(dirname "${BASH_SOURCE[0]}")/.."

least=0 lines=
while (($#)); do
    case $1 in
    --least) least=${2:?--least wants a number}; shift ;;
    --lines) lines=${2:?--lines wants a folder}; shift ;;
    *) die "usage: tests/coverage.sh [--least PERCENT] [--lines FOLDER]" ;;
    esac
    shift
done

target=${CARGO_TARGET_DIR:-$PWD/target}/coverage
[[ $target == /* ]] || target=$PWD/$target
mkdir -p "$target"
rm -rf "$target/counts"
# Nothing of libFuzzer is linked.
printf '!<arch>\n' >"$target/libFuzzer.a"
export CUSTOM_LIBFUZZER_PATH=$target/libFuzzer.a
export RUSTFLAGS=-Cinstrument-coverage LLVM_PROFILE_FILE=$target/counts/%m.profraw
export CARGO_INCREMENTAL=0 CARGO_PROFILE_DEV_DEBUG=0 CARGO_PROFILE_TEST_DEBUG=0

for manifest in Cargo.toml fuzz/Cargo.toml; do
    minimum_cargo "$target" test --locked --no-default-features --manifest-path "$manifest" --lib --tests 2>&1
done | tee "$target/log"
# Programs are linked to all that they were built from, so each has the counts of the library.
mapfile -t programs < <(sed -nE 's/^ *Running .*\((.*)\)$/\1/p' "$target/log")
((${#programs[@]})) || die 'no program was run'

llvm() {
    local tool=$1
    shift
    tests/in-root 4.4 "llvm-$tool-19" "$@"
}
llvm profdata merge -sparse "$target"/counts/*.profraw -o "$target/counts/all.profdata"
of=("${programs[0]}" "${programs[@]/#/--object=}" "--instr-profile=$target/counts/all.profdata"
    # Not what tests, and not the ring that needs Wireshark.
    '--ignore-filename-regex=/(\.cargo|rustc-?[^/]*|tests|fuzz|benches)/|/tests\.rs$|^/usr/|/src/(epan/|plugin\.rs)')
[[ ! $lines ]] || llvm cov show "${of[@]}" --format=text "--output-dir=$lines"
llvm cov report "${of[@]}" >"$target/report"
awk -v least="$least" '
    # Columns 8 and 9: lines, and lines that are not reached.
    /\.rs / {
        folder = $1
        sub(/^.*src\//, "", folder)
        sub(/\/[^\/]*$/, "", folder)
        all[folder] += $8; missed[folder] += $9
        total += $8; total_missed += $9
    }
    function percent(all, missed) { return 100 * (all - missed) / all }
    END {
        if (!total) { print "no lines were counted"; exit 1 }
        for (folder in all) printf "%6.2f %% of %5d lines  %s\n", percent(all[folder], missed[folder]), all[folder], folder | "sort -k5"
        close("sort -k5")
        printf "%6.2f %% of %5d lines\n", percent(total, total_missed), total
        if (percent(total, total_missed) < least) { printf "less than %s %%\n", least; exit 1 }
    }' "$target/report"
