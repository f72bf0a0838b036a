#!/usr/bin/env bash
# Changes the code at one place after the other, as cargo-mutants does, and asks whether a test fails: what
# changes and no test tells is not tested.
#
#   tests/mutation.sh [--part K/N] [--seed S] [--state | --rest]
#
# --state: the state machines (the state folders and src/pieces) in full. --rest: a tenth, number S of 0 to 9, of
# the other decoders. Without either: both. --part: of that, each Nth from number K on, counted from 0.
#
# What is not told by the quick tests is tried with all that need no Wireshark. Runs add up in the target folder,
# for what was told is not tried again. What nothing tells is no failure if it is a row of tests/mutation.txt,
# which says why no test can tell it, and if that is at most one in twenty. Needs: cargo install cargo-mutants.
set -euo pipefail
umask 022
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$(dirname "${BASH_SOURCE[0]}")/.."

usage='usage: tests/mutation.sh [--part K/N] [--seed S] [--state | --rest]'
part=0/1 seed=0 sets=(state rest)
while (($#)); do
    case $1 in
    --part) part=${2:?$usage}; shift ;;
    --seed) seed=${2:?$usage}; shift ;;
    --state | --rest) sets=("${1#--}") ;;
    *) die "$usage" ;;
    esac
    shift
done
[[ $part =~ ^[0-9]+/[0-9]+$ && $seed =~ ^[0-9]$ ]] || die "$usage"
command -v cargo-mutants >/dev/null || die 'cargo install --locked cargo-mutants'

out=${CARGO_TARGET_DIR:-$PWD/target}/mutation
[[ $out == /* ]] || out=$PWD/$out
unset CARGO_TARGET_DIR
export CARGO_INCREMENTAL=1 CARGO_PROFILE_DEV_DEBUG=0 CARGO_PROFILE_TEST_DEBUG=0
# A copy, in which what was built stays for the next run.
reasons=$PWD/tests/mutation.txt copy=$out/copy
mkdir -p "$copy"
find "$copy" -mindepth 1 -maxdepth 1 ! -name target -exec rm -rf {} +
git -c safe.directory="$PWD" ls-files -z --deduplicate | tar --null -T - -c | tar -xm -C "$copy"
export GIT_CEILING_DIRECTORIES=$out
cd "$copy"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

state=(-f 'src/**/state/**' -f 'src/pieces/**')
# Trees, events and reports are held by what they print.
rest=(-f 'src/**/wire/**' -f 'src/msn/common/**' -f 'src/xml/**' -f 'src/oicq/body/**' -f 'src/oicq/crypto/**'
    -f 'src/oicq/keystore/**')
always=(--no-config --no-shuffle --sharding round-robin -e '**/tests/**' -e '**/tests.rs' --colors never)
quick=(--lib --test qq_recognition --test hand_offs --test recut --test events)
# What reads the sources would tell any change.
mapfile -t all < <(tests_of_library)

# Adds how each of the last mutants ended to the lists of all runs: caught, missed, timeout and unviable.
settle() {
    local ends
    for ends in caught missed timeout unviable; do
        touch "$1/$ends"
        [[ ! -e $1/mutants.out/$ends.txt ]] || sort -u -o "$1/$ends" "$1/$ends" "$1/mutants.out/$ends.txt"
    done
}

# Tries the mutants of standard input: FOLDER SECONDS TESTS OPTION...
try() {
    local folder=$out/$1 seconds=$2 status=0 tests
    read -ra tests <<<"$3"
    shift 3
    cat >"$work/wanted"
    [[ -s $work/wanted ]] || return 0
    # --re would try fields that are left out whatever their names.
    cargo mutants --list "${always[@]}" --shard 0/1 "$@" >"$work/list"
    without "$work/wanted" <"$work/list" >"$folder/mutants.out/previously_caught.txt"
    cargo mutants "${always[@]}" --shard 0/1 --in-place --iterate --timeout "$seconds" --build-timeout 600 \
        --no-default-features --cargo-arg=--locked --output "$folder" "$@" -- "${tests[@]}" || status=$?
    # 2: some are missed, 3: some take too long.
    ((status == 0 || status == 2 || status == 3)) || die "cargo mutants ends with status $status"
    settle "$folder"
}

# Of the lines of standard input, those that are in none of the files.
without() {
    sort -u | comm -13 <(cat "$@" 2>/dev/null | sort -u) -
}

failed=0
for name in "${sets[@]}"; do
    if [[ $name == state ]]; then
        files=("${state[@]}") shard=$part
    else
        files=("${rest[@]}") shard=$((${part%/*} * 10 + seed))/$((${part#*/} * 10))
    fi
    first=$out/$name second=$out/$name-all
    mkdir -p "$first/mutants.out" "$second/mutants.out"
    # Of a run that was ended.
    settle "$first"
    settle "$second"
    cargo mutants --list "${always[@]}" "${files[@]}" --shard "$shard" >"$work/names"
    missed() {
        without "$first"/{caught,timeout,unviable} "$second"/{caught,timeout,unviable} <"$work/names"
    }
    missed | try "$name" 120 "${quick[*]}" "${files[@]}"
    missed | try "$name-all" 900 "--lib ${all[*]}" "${files[@]}"
    missed >"$work/missed"
    untold=$(wc -l <"$work/missed") tried=$(without "$first/unviable" <"$work/names" | wc -l)
    echo "== $name: of $tried changes, tests tell $((tried - untold))"
    # Without line and column, which change.
    sed -E 's/:[0-9]+:[0-9]+: /: /' "$work/missed" | without <(grep -v '^[ #]' "$reasons") >"$work/unknown"
    if [[ -s $work/unknown ]]; then
        cat "$work/unknown"
        failed=1
    fi
    ((untold * 20 <= tried)) || failed=1
done
((!failed)) || die 'tests/mutation.txt has no reason for these, or they are more than one in twenty'
