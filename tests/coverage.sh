#!/usr/bin/env bash
# Runs the tests that use the library and need no Wireshark, then says how many lines of the rings before epan they
# reach.
#
#   tests/coverage.sh [--quick | --with-fuzz] [--least PERCENT] [--lines FOLDER]
#
# Prints it for each folder of src. --quick: the unit tests and tests/samples.rs alone. --with-fuzz: what fuzz tests as
# well, the first inputs of the fuzzers. --least: fails if it is less in all. --lines: writes every source into FOLDER,
# with the number of times that each line is reached.
#
# The counts are read by LLVM's programs: the toolchain's own (rustup component add llvm-tools), or else those of the
# root that tests/roots.sh --with-rust 4.4 makes. Without either it ends with 75, unless a test fails.
set -euo pipefail
umask 022
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$(dirname "${BASH_SOURCE[0]}")/.."

usage='usage: tests/coverage.sh [--quick | --with-fuzz] [--least PERCENT] [--lines FOLDER]'
least=0 lines='' quick=0 fuzz=0
while (($#)); do
    case $1 in
    --quick) quick=1 ;;
    --with-fuzz) fuzz=1 ;;
    --least) least=${2:?$usage}; shift ;;
    --lines) lines=${2:?$usage}; shift ;;
    *) die "$usage" ;;
    esac
    shift
done

target=${CARGO_TARGET_DIR:-$PWD/target}
[[ $target == /* ]] || target=$PWD/$target
export CARGO_TARGET_DIR=$target CARGO_INCREMENTAL=0
counts=$target/coverage
mkdir -p "$counts"
rm -f "$counts"/*.profraw
# A program overwrites what its last build has left.
export LLVM_PROFILE_FILE=$counts/%m.profraw
# Threads would wait for each other's counters.
export RUST_TEST_THREADS=1

# Only this repository's crates count.
cat >"$counts/instrument" <<'END'
#!/bin/sh
case ${CARGO_MANIFEST_DIR:-} in
"$IMSHARK_INSTRUMENTED"*) exec "$@" -Cinstrument-coverage ;;
esac
exec "$@"
END
chmod 755 "$counts/instrument"
export IMSHARK_INSTRUMENTED=$PWD

tests=(--test=samples)
((quick)) || mapfile -t tests < <(tests_of_library)
# Runs the programs of a manifest, and adds their paths to programs.
programs=()
run() { # ARGUMENTS OF cargo test...
    cargo test --locked "$@" 2>&1 | tee "$counts/log"
    # They are linked to all that they were built from, so each has the counts of the library.
    mapfile -t -O "${#programs[@]}" programs < <(sed -nE 's/^ *Running .*\((.*)\)$/\1/p' "$counts/log")
}
skips=()
for test in "${slow_if_counted[@]}"; do
    skips+=(--skip "$test")
done
# Other crates are those of any other build.
RUSTC_WORKSPACE_WRAPPER=$counts/instrument run --no-default-features --lib "${tests[@]}" -- "${skips[@]}"
if ((fuzz)); then
    # Nothing of libFuzzer is linked. With its old time: cargo would build again what depends on it.
    [[ -e $counts/libFuzzer.a ]] || printf '!<arch>\n' >"$counts/libFuzzer.a"
    # It is another workspace than the library. Inputs near the seeds of each fuzz target.
    CARGO_TARGET_DIR=$counts RUSTC_WRAPPER=$counts/instrument CUSTOM_LIBFUZZER_PATH=$counts/libFuzzer.a \
        PROPTEST_CASES=4 run --manifest-path fuzz/Cargo.toml --lib
fi
((${#programs[@]})) || die 'no program was run'

if [[ -x $(rustc --print target-libdir)/../bin/llvm-cov ]]; then
    llvm() { "$(rustc --print target-libdir)/../bin/llvm-$1" "${@:2}"; }
elif [[ -x $roots/4.4/usr/bin/llvm-cov-19 ]]; then
    llvm() { IMSHARK_KEEP_ROOT=1 tests/in-root 4.4 "llvm-$1-19" "${@:2}"; }
else
    echo 'skipped: the coverage, because there is no llvm-cov: run rustup component add llvm-tools'
    exit 75
fi
llvm profdata merge -sparse "$counts"/*.profraw -o "$counts/all.profdata"
# Not the modules of tests, and not the ring that needs Wireshark.
modules=$(grep -rhA1 --include='*.rs' '^#\[cfg(test)\]' src | sed -nE 's/.*\bmod (\w+);$/\1/p' | sort -u | paste -sd'|')
of=("${programs[0]}" "${programs[@]/#/--object=}" "--instr-profile=$counts/all.profdata"
    "--ignore-filename-regex=^/(usr|rustc)/|/\.cargo/|/(tests|fuzz)/|/src/(epan/|plugin\.rs)|/src/(.*/)?($modules)(\.rs$|/)")
[[ ! $lines ]] || llvm cov show "${of[@]}" --format=text "--output-dir=$lines"
llvm cov export "${of[@]}" --format=lcov >"$counts/lcov"
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
    }' "$counts/lcov"
