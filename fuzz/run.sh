#!/usr/bin/env bash
# Runs the fuzz targets with stable Rust: fuzz/run.sh [TARGET...] --executions N | --seconds N
# [--jobs N] [--minimise]
#
# --executions N: until each target has N in fuzz/executions, where runs add up; --seconds N: so
# long each. --jobs N: so many at once. --minimise: first drops inputs that reach nothing of
# their own. Inputs that fail are kept in fuzz/artifacts/TARGET, and the log of the last turn.
set -euo pipefail
export LC_ALL=C
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
for number in "$executions" "$seconds" "$jobs"; do
    [[ $number =~ ^(0|[1-9][0-9]{0,14})$ ]] || usage
done
((jobs > 0 && (executions > 0) + (seconds > 0) == 1)) || usage

# With --target, flags are not for build scripts and macros. With -Cmetadata, cargo builds again
# when rustc.sh has changed.
host=$(rustc -vV | sed -n 's/^host: //p')
build() {
    local flags=(--cfg fuzzing -Ccodegen-units=1 "-Cmetadata=$(cksum <rustc.sh | cut -d' ' -f1)")
    RUSTC_WRAPPER=$PWD/rustc.sh RUSTFLAGS="${flags[*]}" \
        cargo build --release --locked --target-dir target --target "$host" --bins
}

build
cargo run --quiet --release --locked --target-dir target --example seeds -- corpus
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
    local target=$1 longest words entropic=1
    shift
    # Weighing the thousands of edges of each capture takes a quarter of the time, for less found.
    [[ $target != whole ]] || entropic=0
    read -r _ longest words < <(grep "^$target " corpus/targets)
    "target/$host/release/$target" -max_len="$longest" -dict="corpus/$words.dict" -timeout=20 \
        -rss_limit_mb=2048 -entropic="$entropic" -artifact_prefix="artifacts/$target/" "$@"
}

# What libFuzzer has executed by this log, without the inputs that every turn begins with.
executed() {
    local first all
    first=$(sed -n 's/^#\([0-9]*\)[[:space:]]*INITED.*/\1/p' "$1" | tail -n 1)
    all=$(sed -n 's/^stat::number_of_executed_units: *//p' "$1")
    # A turn that was killed has no such line.
    all=${all:-$(sed -n 's/^#\([0-9]*\)[[:space:]].*/\1/p' "$1" | tail -n 1)}
    echo $((${first:-0} > 0 ? ${all:-0} - first : 0))
}

# Counts the executions of a turn that has ended. Its log is `turn` until then, so that those of
# a run that was killed are counted by the next.
settle() {
    local log=artifacts/$1/turn ran
    [[ -e $log ]] || return 0
    ran=$(executed "$log")
    ((ran == 0)) || add "$1" "$ran"
    mv "$log" "artifacts/$1/log"
}

# One turn of a target: of at most so many executions and seconds.
turn() {
    local target=$1 runs=$2 folder=artifacts/$1 ended=0 inputs found says
    if ((runs > 0)); then
        # libFuzzer counts the inputs that it begins with, too.
        inputs=$(find "corpus/$target" "corpus/seeds/$target" -type f | wc -l)
        runs=$((runs + inputs + 2))
    fi
    touch "$folder/begun"
    fuzz "$target" -runs="$runs" -max_total_time="$3" -print_final_stats=1 \
        "corpus/$target" "corpus/seeds/$target" >"$folder/turn" 2>&1 || ended=$?
    found=$(find "$folder" -newer "$folder/begun" \
        \( -name 'crash-*' -o -name 'timeout-*' -o -name 'oom-*' \))
    settle "$target"
    says="$(count "$target") executions, $(grep -ao 'cov: [0-9]*' "$folder/log" | tail -n 1 || true)"
    if [[ $found ]]; then
        says="failed, see fuzz/$folder"
    else
        case $ended in
        0) ;;
        # By libFuzzer itself, and by the signals 2, 9 and 15.
        72 | 130 | 137 | 143) says="interrupted, $says" ;;
        *) says="ended with $ended, see fuzz/$folder/log" && found=none ;;
        esac
    fi
    [[ ! $found ]] || touch "$folder/left-out"
    echo "$target: $says"
}

minimised() {
    local target=$1 fresh=corpus/$1.minimised
    rm -rf "$fresh" && mkdir "$fresh"
    fuzz "$target" -merge=1 "$fresh" "corpus/$target" "corpus/seeds/$target" 2>/dev/null
    rm -rf "corpus/$target" && mv "$fresh" "corpus/$target"
}

export -f count add executed settle fuzz turn minimised
export host
each() { xargs -r -P "$jobs" -L 1 bash -euo pipefail -c "$1"' "$@"' _; }

for target in "${targets[@]}"; do
    rm -f "artifacts/$target/left-out"
    settle "$target"
done
if [[ $minimise == yes ]]; then
    printf '%s\n' "${targets[@]}" | each minimised
fi

# Turns of all targets, until there is nothing left to do.
declare -A before=()
passed=0
while ((executions > 0 || passed < seconds)); do
    slice=$slice_seconds
    ((executions > 0 || slice <= seconds - passed)) || slice=$((seconds - passed))
    passed=$((passed + slice))
    turns=()
    for target in "${targets[@]}"; do
        runs=-1
        if ((executions > 0)); then
            had=$(count "$target") runs=$((executions - had))
            ((runs > 0)) || continue
            if [[ ${before[$target]:-} == "$had" && ! -e artifacts/$target/left-out ]]; then
                echo "$target: left at $had executions, its first inputs take a turn: try --minimise"
                touch "artifacts/$target/left-out"
            fi
            before[$target]=$had
        fi
        [[ ! -e artifacts/$target/left-out ]] || continue
        turns+=("$target $((runs < slice_executions ? runs : slice_executions)) $slice")
    done
    ((${#turns[@]} > 0)) || break
    printf '%s\n' "${turns[@]}" | each turn
done
for target in "${targets[@]}"; do
    [[ ! -e artifacts/$target/left-out ]] || exit 1
done
