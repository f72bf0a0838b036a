#!/usr/bin/env bash
# The unit tests in Miri, an interpreter that finds undefined behaviour and reads of what is not set.
#
#   tests/miri.sh [REGEX]
#
# REGEX: only the modules whose names match. As many modules at once as there are cores; what passes is not run again
# until a source changes. Tests that would take minutes each are ignored in Miri, and say so. Needs:
# rustup toolchain install nightly --component miri,rust-src
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$(dirname "${BASH_SOURCE[0]}")/.."
(($# <= 1)) || die 'usage: tests/miri.sh [REGEX]'
cargo +nightly miri --version >/dev/null || die 'rustup toolchain install nightly --component miri,rust-src'

target=${CARGO_TARGET_DIR:-$PWD/target}/miri
[[ $target == /* ]] || target=$PWD/$target
sources=$(find src tests/support Cargo.toml Cargo.lock -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16)
# Clocks and files of the project are used, and tests leak tables on purpose.
export CARGO_TARGET_DIR=$target MIRIFLAGS='-Zmiri-disable-isolation -Zmiri-ignore-leaks'
export miri_logs=$target/logs-$sources
mkdir -p "$miri_logs"
export work
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cargo +nightly miri test --locked --no-default-features --lib -- --list --format=terse >"$work/tests"
sed -nE 's/^(.*)::[^:]+: test$/\1/p' "$work/tests" | sort -u | grep -E -- "${1:-}" >"$work/modules"

run_module() {
    local log=$miri_logs/$1.log tests
    [[ ! -e $log.passed ]] || return 0
    mapfile -t tests < <(sed -nE "s/^($1::[^:]+): test$/\1/p" "$work/tests")
    # None would be all.
    ((${#tests[@]})) || { echo "FAILED: $1 has no tests"; return 1; }
    if cargo +nightly miri test --locked --no-default-features --lib -- --exact --test-threads=1 "${tests[@]}" >"$log" 2>&1; then
        : >"$log.passed"
        echo "passed: $1"
    else
        echo "FAILED: $1, see $log"
        return 1
    fi
}
export -f run_module
failed=0
# shellcheck disable=SC2016
xargs -d '\n' -P "$(nproc)" -I{} bash -c 'run_module "$1"' module {} <"$work/modules" || failed=1
passed=0 ignored=0
while read -r module; do
    [[ -e $miri_logs/$module.log.passed ]] || continue
    read -r now without < <(sed -nE 's/^test result: ok\. ([0-9]+) passed;.* ([0-9]+) ignored;.*/\1 \2/p' "$miri_logs/$module.log")
    passed=$((passed + now)) ignored=$((ignored + without))
done <"$work/modules"
echo "== Miri: $passed tests passed, $ignored ignored there, of $(wc -l <"$work/modules") modules"
((passed && !failed)) || die 'a module failed'
