#!/usr/bin/env bash
# The sample captures, mutated as by Wireshark's own tools/fuzz-test.sh, in tshark with imshark.
#
#   tests/mutated.sh [--all-versions | --version X.Y]... [--runs N] [--seed S] [--plugins DIR] [--corpus]
#
# Without --version: the installed Wireshark. The runs, 1,000 of them without --runs, have the seeds S, S + 1 and so
# on, from 1 without --seed; a seed alone decides which capture is mutated, how, and with which options tshark is
# started. --plugins takes imshark from a folder with X.Y/epan/imshark.so instead of building it. --corpus mutates
# the captures below $IMSHARK_CORPUS instead, those of up to 200 KB.
#
# Dissector bugs and oversized trees are fatal, wmem and malloc check their blocks, time and memory are limited, and
# nothing may be printed to standard error. Where tshark ends in the same way without the plugin, the fault is
# Wireshark's own: it is printed and counted, but no failure. Captures that fail are kept in target/mutated.
# First, faults planted by benches/peers/faulty.c have to be found.
set -euo pipefail
umask 022
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$(dirname "${BASH_SOURCE[0]}")/.."

versions=() runs=1000 first=1 plugins='' corpus=()
while (($#)); do
    case $1 in
    --all-versions) versions=(3.4 4.0 4.4 4.6) ;;
    --version) versions+=("${2:?--version wants a number}"); shift ;;
    --runs) runs=${2:?--runs wants a number}; shift ;;
    --seed) first=${2:?--seed wants a number}; shift ;;
    --plugins) plugins=$(cd "${2:?--plugins wants a folder}" && pwd); shift ;;
    --corpus) corpus=(--corpus) ;;
    *) die "usage: tests/mutated.sh [--all-versions | --version X.Y]... [--runs N] [--seed S] [--plugins DIR] [--corpus]" ;;
    esac
    shift
done
((${#versions[@]})) || versions=(installed)

export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/target}
[[ $CARGO_TARGET_DIR == /* ]] || CARGO_TARGET_DIR=$PWD/$CARGO_TARGET_DIR
unset WIRESHARK_SYSROOT
kept=$CARGO_TARGET_DIR/mutated
work=$(mktemp -d)
mkdir -p "$work/home" "$work/none" "$kept"
chmod 755 "$work"
chmod 777 "$work/home"
trap 'rm -rf "$work"' EXIT

files=(tests/captures/*.pcap)
if ((${#corpus[@]})); then
    mapfile -d '' files < <(find "${IMSHARK_CORPUS:?--corpus wants IMSHARK_CORPUS}" -name '*.pcap*' -size -200k -print0 | sort -z)
    ((${#files[@]})) || die "no captures below $IMSHARK_CORPUS"
fi

# What runs tshark with malloc's checks. Since glibc 2.34 they are in a library of their own; it has to be that of
# tshark's C library, so the programs before tshark must not load it.
checks_of() { # VERSION
    local root='' library
    [[ $1 == installed ]] || root=$roots/$1
    checks=''
    for library in "$root"/usr/lib/*-linux-gnu*/libc_malloc_debug.so.0; do
        [[ ! -e $library ]] || checks=$(printf 'env\nLD_PRELOAD=%s' "$library")
    done
}

# Runs tshark over a file. Sets ended to how it ended, which is nothing if all is well.
try() { # VERSION PLUGINS SECONDS FILE OPTION...
    local status=0 version=$1 loaded=$2 seconds=$3 file=$4
    shift 4
    # The braces take what bash says of a signal.
    { (
        # 3 GB; the largest sample takes a fifth.
        ulimit -c 0 -v 3000000
        export HOME=$work/home WIRESHARK_PLUGIN_DIR=$loaded IMSHARK_UNDER=$checks G_SLICE=debug-blocks \
            MALLOC_CHECK_=3 MALLOC_PERTURB_=165 WIRESHARK_DEBUG_WMEM_OVERRIDE=strict \
            WIRESHARK_ABORT_ON_DISSECTOR_BUG=1 WIRESHARK_ABORT_ON_TOO_MANY_ITEMS=1
        unset XDG_CONFIG_HOME WIRESHARK_CONFIG_DIR
        exec timeout -s KILL "$seconds" tests/in-root "$version" tshark "$@" -r "$file" >"$work/out" 2>"$work/err" </dev/null
    ) || status=$?; } 2>/dev/null
    ended=$(
        ((status == 0)) || echo "status $status"
        # Without process, time and address, so that two runs compare.
        sed -E 's/\((process|tshark):[0-9]+\)//; s/[0-9]+:[0-9]+:[0-9.]+//; s/0x[0-9a-f]{6,}/0x/g; s/^ *\*\* *//' "$work/err"
        grep -aoE 'Dissector bug, protocol.*|panicked at .*|\[Too many .*items.*' "$work/out" || true
    )
}

# Whatever is planted has to be found, and nothing else: otherwise a pass means nothing.
self_check() { # VERSION
    local fault seconds wanted
    for fault in none bug items block heap words recursion loop memory; do
        seconds=20
        [[ $fault != loop ]] || seconds=1
        IMSHARK_FAULT=$fault try "$1" "$work/faulty-$1" "$seconds" tests/captures/qq-bodies-odd.pcap -2 -nVx
        case $fault in
        none) wanted='^$' ;;
        bug) wanted=$'^status 134\na planted bug' ;;
        items) wanted='status 13[34].*Adding fault would put more than' ;;
        block) wanted='status 134.*wmem_strict_block_check_canaries' ;;
        heap) wanted='status 134.*(free|malloc|invalid pointer)' ;;
        words) wanted='^planted words' ;;
        recursion) wanted='^status 139$' ;;
        loop) wanted='^status 137$' ;;
        memory) wanted='status 13[34].*failed to allocate' ;;
        esac
        [[ $ended =~ $wanted ]] || die "with the planted fault $fault tshark ended with '$ended'"
    done
}

# Sets file and options, and writes what is mutated to $work/mutated.pcap.
mutate() { # VERSION SEED
    local rate=0.02 headers=0
    file=${files[$2 % ${#files[@]}]}
    options=(-2 -nVx)
    case $(($2 % 5)) in
    0) ;; # As fuzz-test.sh does.
    1) headers=54 options+=("${reports[@]}") ;;
    2) headers=42 rate=0.002 options+=("${sample_keys[@]}") ;;
    3) headers=54 options=(-nVx -o tcp.desegment_tcp_streams:FALSE) ;;
    4) headers=42 rate=0.005 options+=(-o oicq.chinese_names:TRUE "${reports[@]}" "${sample_keys[@]}") ;;
    esac
    WIRESHARK_PLUGIN_DIR=$work/none HOME=$work/home tests/in-root "$1" editcap --seed "$2" -E "$rate" -o "$headers" -F pcap \
        "$file" "$work/mutated.pcap" >"$work/log" 2>&1 || { cat "$work/log"; die "editcap fails with $file"; }
}

failed=0
for version in "${versions[@]}"; do
    [[ $version == installed ]] || tests/roots.sh "$version" >"$work/log" 2>&1 || { cat "$work/log"; die 'the root could not be made'; }
    full=$(full_version "$version")
    tree=$plugins
    if [[ ! $tree ]]; then
        tree=$work/plugins
        build_plugin "$version" "${full%.*}" "$tree" >"$work/log" 2>&1 || { cat "$work/log"; die 'the plugin could not be built'; }
    fi
    [[ -e $tree/${full%.*}/epan/imshark.so ]] || die "no plugin for Wireshark $full in $tree"
    build_peer faulty "$version" "${full%.*}" "$work/faulty-$version"
    checks_of "$version"
    self_check "$version"
    HOME=$work/home reports_of "$version" "$tree"
    own=0 ours=0 start=$SECONDS
    for ((seed = first; seed < first + runs; seed++)); do
        mutate "$version" "$seed"
        try "$version" "$tree" 60 "$work/mutated.pcap" "${options[@]}"
        [[ $ended ]] || continue
        with=$ended
        # Options of imshark do not exist without it.
        bare=(-nVx)
        [[ ${options[0]} != -2 ]] || bare+=(-2)
        [[ " ${options[*]} " != *:FALSE\ * ]] || bare+=(-o tcp.desegment_tcp_streams:FALSE)
        try "$version" "$work/none" 60 "$work/mutated.pcap" "${bare[@]}"
        if [[ $ended == "$with" ]]; then
            echo "   of Wireshark itself: seed $seed, ${with//$'\n'/; }"
            own=$((own + 1))
            continue
        fi
        ours=$((ours + 1))
        cp "$work/mutated.pcap" "$kept/$version-$seed.pcap"
        echo "   seed $seed, ${file##*/}: $(head -n 5 <<<"$with")"
        echo "   again: tests/mutated.sh --version $version ${corpus[*]} --runs 1 --seed $seed"
        printf '   kept: %s; options:' "$kept/$version-$seed.pcap"
        printf ' %q' "${options[@]}"
        echo
    done
    echo "== Wireshark $full: $runs mutated captures from seed $first, $ours failed, $own of Wireshark itself, $((SECONDS - start)) s"
    ((!ours)) || failed=1
done
((!failed)) || die 'mutated captures end tshark otherwise than without imshark'
