#!/usr/bin/env bash
# The sample captures in tshark with imshark under valgrind's memcheck.
#
#   tests/valgrind.sh [--version X.Y]... [--plugins DIR] [--each] [CAPTURE...]
#
# Without --version: the installed Wireshark. valgrind needs the symbols of that version's dynamic loader, so a root
# of tests/roots.sh only works if its C library is this machine's and libc6-dbg is installed. Without CAPTURE: all of
# tests/captures. They are appended to one another and shown twice: with the whole tree, and with all reports and the
# samples' keys too. --each shows every capture in a run of its own.
#
# A record with a frame in imshark.so is a failure, unless an empty capture has it as well: then it is of the start.
# What optimised code reads of a value before it knows its variant counts as unset, without harm, so the plugin is
# built without optimisation; --plugins takes it from a folder with X.Y/epan/imshark.so instead.
# First, what benches/peers/faulty.c reads unset and loses has to be found.
set -euo pipefail
umask 022
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

versions=() plugins='' each=0 captures=()
while (($#)); do
    case $1 in
    --version) versions+=("${2:?--version wants a number}"); shift ;;
    --plugins) plugins=$(cd "${2:?--plugins wants a folder}" && pwd); shift ;;
    --each) each=1 ;;
    -*) die "usage: tests/valgrind.sh [--version X.Y]... [--plugins DIR] [--each] [CAPTURE...]" ;;
    *) captures+=("$(realpath "$1")") ;;
    esac
    shift
done
cd "$(dirname "${BASH_SOURCE[0]}")/.."
((${#versions[@]})) || versions=(installed)
((${#captures[@]})) || captures=(tests/captures/*.pcap)
command -v valgrind >/dev/null || die 'install valgrind'

export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/target}
[[ $CARGO_TARGET_DIR == /* ]] || CARGO_TARGET_DIR=$PWD/$CARGO_TARGET_DIR
unset WIRESHARK_SYSROOT XDG_CONFIG_HOME WIRESHARK_CONFIG_DIR
work=$(mktemp -d)
chmod 755 "$work"
trap 'rm -rf "$work"' EXIT
# Written to by valgrind, which may be another user.
mkdir -m 777 "$work/home"
export HOME=$work/home

# Prints the records of a log that have a frame in $1.so, each a line: its title, and the functions from the
# innermost one.
records() { # NAME LOG
    sed -E 's/^==[0-9]+== ?//' "$2" | awk -v name="$1.so" '
        function end() {
            if (frames && ours) print title ":" frames
            title = frames = ""; ours = 0
        }
        NF == 0 { end(); next }
        /^ +(at|by) 0x/ {
            ours = ours || index($0, name)
            sub(/^ +(at|by) 0x[0-9A-F]+: /, ""); sub(/ \(.*/, "")
            frames = frames " <- " $0
            next
        }
        !frames { gsub(/[0-9,]+ (\([^)]*\) )?bytes in [0-9,]+ blocks/, "blocks"); sub(/ in loss record.*/, ""); title = $0 }
        END { end() }' | sort -u
}

# Runs tshark over a file; valgrind's log is $work/home/log.
memcheck() { # VERSION PLUGINS FILE OPTION...
    local version=$1 loaded=$2 file=$3 under
    shift 3
    under=(valgrind --tool=memcheck --leak-check=full --keep-debuginfo=yes --num-callers=60 "--log-file=$HOME/log")
    # GLib and Wireshark must take each block from malloc.
    WIRESHARK_PLUGIN_DIR=$loaded G_SLICE=always-malloc WIRESHARK_DEBUG_WMEM_OVERRIDE=simple \
        IMSHARK_UNDER=$(printf '%s\n' "${under[@]}") tests/in-root "$version" tshark "$@" -r "$file" >/dev/null 2>"$work/err" ||
        { cat "$work/err" "$HOME/log"; die "tshark of Wireshark $version fails under valgrind: see above"; }
    grep -q '^==[0-9]*== ERROR SUMMARY' "$HOME/log" || { cat "$HOME/log"; die 'valgrind did not come to its end'; }
}

# The plugin as the compiler reads it, with the names of all functions.
build_plain() { # VERSION MINOR
    CARGO_TARGET_DIR=$CARGO_TARGET_DIR/plain CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off \
        CARGO_PROFILE_RELEASE_CODEGEN_UNITS=256 CARGO_INCREMENTAL=1 build_plugin "$1" "$2" "$work/plugins"
}

# Shows a file, and prints and counts what is beyond the start.
check() { # NAME FILE OPTION...
    local name=$1 beyond
    shift
    memcheck "$version" "$tree" "$@"
    records imshark "$HOME/log" >"$work/records"
    beyond=$(comm -23 "$work/records" "$work/start" | tee "$work/beyond" | wc -l)
    sed "s/^/   /" "$work/beyond"
    found=$((found + beyond)) runs=$((runs + 1))
    echo "   $name: $beyond records of imshark beyond its start; $(sed -n 's/.*\(ERROR SUMMARY: [0-9]* errors from [0-9]* contexts\).*/\1/p' "$HOME/log")"
}

failed=0
for version in "${versions[@]}"; do
    [[ $version == installed ]] || tests/roots.sh "$version" >"$work/log" 2>&1 || { cat "$work/log"; die 'the root could not be made'; }
    full=$(full_version "$version")
    tree=$plugins
    if [[ ! $tree ]]; then
        tree=$work/plugins
        build_plain "$version" "${full%.*}" >"$work/log" 2>&1 || { cat "$work/log"; die 'the plugin could not be built'; }
    fi
    reports_of "$version" "$tree"
    # tshark frees no tree and no table of statistics, whoever fills it.
    mapfile -t reports < <(printf '%s %s\n' "${reports[@]}" | grep -vE ',(tree|table)$' | tr ' ' '\n')
    head -c 24 tests/captures/msn.pcap >"$work/empty.pcap"

    build_peer faulty "$version" "${full%.*}" "$work/faulty"
    IMSHARK_FAULT=memcheck memcheck "$version" "$work/faulty" tests/captures/qq-bodies-odd.pcap -nVx
    records faulty "$HOME/log" >"$work/records"
    for title in 'Conditional jump' 'blocks are definitely lost'; do
        grep -q "^ *$title.*dissect_faulty" "$work/records" ||
            { cat "$work/records"; die "valgrind does not find what is planted: $title"; }
    done

    memcheck "$version" "$tree" "$work/empty.pcap" -2 -nVx
    records imshark "$HOME/log" >"$work/start"
    echo "   the start: $(wc -l <"$work/start") records of imshark"
    found=0 runs=0 start=$SECONDS
    if ((each)); then
        for capture in "${captures[@]}"; do
            check "${capture##*/}" "$capture" -2 -nVx "${reports[@]}" "${sample_keys[@]}"
        done
    else
        WIRESHARK_PLUGIN_DIR=$work tests/in-root "$version" mergecap -a -F pcap -w "$HOME/all.pcap" "${captures[@]}"
        check 'whole trees' "$HOME/all.pcap" -2 -nVx
        check 'reports and keys' "$HOME/all.pcap" -2 -nVx "${reports[@]}" "${sample_keys[@]}"
    fi
    echo "== Wireshark $full: ${#captures[@]} captures in $runs runs, $found records of imshark beyond its start, $((SECONDS - start)) s"
    ((!found)) || failed=1
done
((!failed)) || die 'valgrind finds errors or leaks of imshark'
