#!/usr/bin/env bash
# Runs the fuzz targets with stable Rust: fuzz/run.sh [TARGET...] --executions N | --seconds N
# [--jobs N] [--minimise]
#
# --executions N: until each target has N in fuzz/executions, where runs add up; --seconds N: so
# long each. --jobs N: so many at once. --minimise: first drops inputs that reach nothing of
# their own. Inputs that fail are kept in fuzz/artifacts/TARGET.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

# One turn of a target, so that all of them come on alike.
slice_executions=2000000
slice_seconds=60

usage() {
    echo "usage: fuzz/run.sh [TARGET...] --executions N | --seconds N [--jobs N] [--minimise]" >&2
    exit 2
}

targets=() executions=0 seconds=0 jobs=1 minimise=no
while (($#)); do
    case $1 in
    --executions) executions=${2:-} && shift ;;
    --seconds) seconds=${2:-} && shift ;;
    --jobs) jobs=${2:-} && shift ;;
    --minimise) minimise=yes ;;
    -*) usage ;;
    *) targets+=("$1") ;;
    esac
    shift || usage
done
[[ $executions$seconds$jobs =~ ^[0-9]+$ ]] || usage
((executions > 0 || seconds > 0)) || usage

# The coverage that libFuzzer needs, without cargo-fuzz. No sanitizer: the targets are safe Rust.
# With --target, build scripts and macros do without.
host=$(rustc -vV | sed -n 's/^host: //p')
build() {
    local flags=(-Cpasses=sancov-module --cfg fuzzing -Ccodegen-units=1)
    local option
    for option in sanitizer-coverage-level=4 sanitizer-coverage-inline-8bit-counters \
        sanitizer-coverage-pc-table sanitizer-coverage-trace-compares \
        simplifycfg-branch-fold-threshold=0; do
        flags+=("-Cllvm-args=-$option")
    done
    RUSTFLAGS="${flags[*]}" cargo build --release --locked --target "$host" --bins
}

build
cargo run --quiet --release --locked --example seeds -- corpus
if ((${#targets[@]} == 0)); then
    mapfile -t targets < <(cut -d' ' -f1 corpus/targets)
fi
for target in "${targets[@]}"; do
    grep -q "^$target " corpus/targets || { echo "no target $target" >&2; exit 2; }
    mkdir -p "corpus/$target" "artifacts/$target"
done

# Executions of a target so far.
count() {
    local found
    found=$(sed -n "s/^$1 //p" executions 2>/dev/null)
    echo "${found:-0}"
}

# Adds executions of a target.
add() {
    (
        flock 9
        local sum=$(($(count "$1") + $2))
        {
            grep -v "^$1 " executions 2>/dev/null || true
            echo "$1 $sum"
        } | sort >executions.new
        mv executions.new executions
    ) 9>corpus/lock
}

# Runs a target with these options of libFuzzer.
fuzz() {
    local target=$1 longest words
    shift
    read -r _ longest words < <(grep "^$target " corpus/targets)
    "target/$host/release/$target" -max_len="$longest" -dict="corpus/$words.dict" -timeout=20 \
        -rss_limit_mb=2048 -artifact_prefix="artifacts/$target/" "$@"
}

# One turn of a target: of at most so many executions and seconds.
turn() {
    local target=$1 log ended=0 ran
    log=$(mktemp)
    fuzz "$target" -runs="$2" -max_total_time="$3" -print_final_stats=1 \
        "corpus/$target" "corpus/seeds/$target" >"$log" 2>&1 || ended=$?
    ran=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    add "$target" "${ran:-0}"
    if ((ended)); then
        cp "$log" "artifacts/$target/log"
        echo "$target: failed, see fuzz/artifacts/$target"
        touch "artifacts/$target/failed"
    else
        echo "$target: $(count "$target") executions, $(grep -o 'cov: [0-9]*' "$log" | tail -1)"
    fi
    rm "$log"
}

minimised() {
    local target=$1 fresh=corpus/$1.minimised
    rm -rf "$fresh" && mkdir "$fresh"
    fuzz "$target" -merge=1 "$fresh" "corpus/$target" "corpus/seeds/$target" 2>/dev/null
    rm -rf "corpus/$target" && mv "$fresh" "corpus/$target"
}

export -f count add fuzz turn minimised
export host
each() { xargs -r -P "$jobs" -L 1 bash -euo pipefail -c "$1"' "$@"' _; }

rm -f artifacts/*/failed
if [[ $minimise == yes ]]; then
    printf '%s\n' "${targets[@]}" | each minimised
fi
if ((seconds > 0)); then
    printf "%s -1 $seconds\n" "${targets[@]}" | each turn
fi
while ((executions > 0)); do
    turns=()
    for target in "${targets[@]}"; do
        left=$((executions - $(count "$target")))
        if ((left > 0)) && [[ ! -e artifacts/$target/failed ]]; then
            turns+=("$target $((left < slice_executions ? left : slice_executions)) $slice_seconds")
        fi
    done
    ((${#turns[@]} > 0)) || break
    printf '%s\n' "${turns[@]}" | each turn
done
! ls artifacts/*/failed >/dev/null 2>&1
