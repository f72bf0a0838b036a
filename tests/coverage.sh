#!/usr/bin/env bash
# How many lines of the rings before epan are reached by the tests that need no Wireshark and, as tests
# of fuzz, by the first inputs of the fuzzers.
#
#   tests/coverage.sh [--quick] [--least PERCENT] [--lines FOLDER]
#
# Prints it for each folder of src. --quick: by the unit tests and tests/samples.rs alone, in a fraction of the time.
# --least: fails if it is less in all. --lines: writes every source into FOLDER, with the number of times that each
# line is reached. Rust and LLVM are those of the root that tests/roots.sh --with-rust 4.4 makes, as Debian's fit
# each other; without it, ends with 75.
set -euo pipefail
umask 022
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$(dirname "${BASH_SOURCE[0]}")/.."

least=0 lines='' quick=0
while (($#)); do
    case $1 in
    --quick) quick=1 ;;
    --least) least=${2:?--least wants a number}; shift ;;
    --lines) lines=${2:?--lines wants a folder}; shift ;;
    *) die "usage: tests/coverage.sh [--quick] [--least PERCENT] [--lines FOLDER]" ;;
    esac
    shift
done
for program in rustc llvm-cov-19 llvm-profdata-19; do
    if [[ ! -x $roots/4.4/usr/bin/$program ]]; then
        echo "skipped: the coverage, because the root for 4.4 has no $program: run tests/roots.sh --with-rust 4.4"
        exit 75
    fi
done

target=${CARGO_TARGET_DIR:-$PWD/target}/coverage
[[ $target == /* ]] || target=$PWD/$target
mkdir -p "$target"
rm -rf "$target/counts"
# Nothing of libFuzzer is linked. With its old time: cargo would build again what depends on it.
[[ -e $target/libFuzzer.a ]] || printf '!<arch>\n' >"$target/libFuzzer.a"
# Only this repository's crates count. fuzz is another workspace than the library, so no RUSTC_WORKSPACE_WRAPPER.
cat >"$target/instrument" <<'END'
#!/bin/sh
case ${CARGO_MANIFEST_DIR:-} in
"$IMSHARK_INSTRUMENTED"*) exec "$@" -Cinstrument-coverage ;;
esac
exec "$@"
END
chmod 755 "$target/instrument"
export IMSHARK_INSTRUMENTED=$PWD RUSTC_WRAPPER=$target/instrument CUSTOM_LIBFUZZER_PATH=$target/libFuzzer.a
# A program overwrites what its last build has left.
export LLVM_PROFILE_FILE=$target/counts/%m.profraw
# What optimisation saves when the tests run is a tenth of what it costs to build.
export CARGO_INCREMENTAL=0 CARGO_PROFILE_TEST_OPT_LEVEL=0 CARGO_PROFILE_TEST_DEBUG=0 CARGO_PROFILE_TEST_LTO=off
# Inputs near the seeds of each fuzz target.
export PROPTEST_CASES=4

# These take as long as all the others, and reach the same lines.
without=(every_prefix_of_every_packet_is_survived)
if ((quick)); then
    tests=(--test samples)
    without+=(the_work_for_a_capture_is_bounded_by_its_length what_waits_at_the_end_of_the_first_pass_is_tried_then)
else
    # Those of one file that use the library. tests/wireshark, which needs Wireshark, is a folder.
    mapfile -t tests < <(grep -lE '\b(imshark|test_support)::' tests/*.rs | sed -E 's,^.*/(.*)\.rs$,--test=\1,')
fi
skips=()
for test in "${without[@]}"; do
    git -c safe.directory="$PWD" grep -q "fn $test()" src tests || die "there is no test $test"
    skips+=(--skip "$test")
done
# Runs the programs of a manifest, and adds their paths to programs.
run() { # ARGUMENTS OF cargo test...
    minimum_cargo "$target" test --locked "$@" -- "${skips[@]}" 2>&1 | tee "$target/log"
    # They are linked to all that they were built from, so each has the counts of the library.
    mapfile -t -O "${#programs[@]}" programs < <(sed -nE 's/^ *Running .*\((.*)\)$/\1/p' "$target/log")
}
programs=()
run --no-default-features --lib "${tests[@]}"
((quick)) || run --manifest-path fuzz/Cargo.toml --lib
((${#programs[@]})) || die 'no program was run'

llvm() {
    local tool=$1
    shift
    IMSHARK_KEEP_ROOT=1 tests/in-root 4.4 "llvm-$tool-19" "$@"
}
llvm profdata merge -sparse "$target"/counts/*.profraw -o "$target/counts/all.profdata"
# Not the modules of tests, and not the ring that needs Wireshark.
modules=$(grep -rhA1 --include='*.rs' '^#\[cfg(test)\]' src | sed -nE 's/.*\bmod (\w+);$/\1/p' | sort -u | paste -sd'|')
of=("${programs[0]}" "${programs[@]/#/--object=}" "--instr-profile=$target/counts/all.profdata"
    "--ignore-filename-regex=^/(usr|rustc)/|/\.cargo/|/(tests|fuzz)/|/src/(epan/|plugin\.rs)|/src/(.*/)?($modules)(\.rs$|/)")
[[ ! $lines ]] || llvm cov show "${of[@]}" --format=text "--output-dir=$lines"
llvm cov export "${of[@]}" --format=lcov >"$target/lcov"
awk -F '[:,]' -v least="$least" '
    # The source decides which lines are of modules of tests within a file.
    function read_source(path,    line, number, indent, within, after) {
        delete is_test
        while ((getline line <path) > 0) {
            number++
            match(line, /^ */)
            if (!within && line ~ /^ *#\[cfg\(test\)\]$/) { within = 1; indent = RLENGTH; after = number + 1 }
            if (within) is_test[number] = 1
            if (within && number == after && line ~ /;$/ || within && RLENGTH == indent && line ~ /^ *}/) within = 0
        }
        close(path)
    }
    function percent(all, missed) { return 100 * (all - missed) / all }
    $1 == "SF" {
        read_source($2)
        folder = $2
        sub(/^.*\/src\//, "src/", folder)
        sub(/\/[^\/]*$/, "", folder)
    }
    $1 == "DA" && !($2 in is_test) {
        all[folder]++; total++
        if (!$3) { missed[folder]++; total_missed++ }
    }
    END {
        if (!total) { print "no lines were counted"; exit 1 }
        for (folder in all)
            printf "%6.2f %% of %5d lines  %s\n", percent(all[folder], missed[folder]), all[folder], folder | "sort -k6"
        close("sort -k6")
        printf "%6.2f %% of %5d lines\n", percent(total, total_missed), total
        if (percent(total, total_missed) < least) { printf "less than %s %%\n", least; exit 1 }
    }' "$target/lcov"
