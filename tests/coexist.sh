#!/usr/bin/env bash
# Checks that other traffic is shown exactly as without imshark. tests/run.sh compares a
# part of this; all of it takes about half an hour for each Wireshark on two cores.
#
#   IMSHARK_CORPUS=DIR tests/coexist.sh [--all-versions | --version X.Y]... [--seed N] [--variant WORDS]
#
# DIR/foreign holds captures of other protocols. Each is compared as it is, with the first
# 1, 2, 3, 5 and 9 bytes of every TCP segment in a segment of their own, and with all
# segments in pieces of 1 to 20 bytes; and each of these with 5 % of its frames lost,
# repeated and reordered, without the first three frames of every connection, and with one
# direction of every connection. For each variant and each view of it (summary lines,
# columns and protocols, PDML without frame.*; in one pass and in two), the numbers of
# frames compared and of frames that differ are printed. The default seed is 1; --variant
# takes only the variants whose name contains these words. If there is a DIR/truth.tsv,
# the QQ frames that it counts must be found, too.
set -euo pipefail
umask 022
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$(dirname "${BASH_SOURCE[0]}")/.."

versions=()
while (($#)); do
    case $1 in
    --all-versions) versions=(3.4 4.0 4.4 4.6) ;;
    --version) versions+=("${2:?--version wants a number}"); shift ;;
    --seed) export IMSHARK_SEED=${2:?--seed wants a number}; shift ;;
    --variant) export IMSHARK_VARIANT=${2:?--variant wants words}; shift ;;
    *) die "usage: IMSHARK_CORPUS=DIR tests/coexist.sh [--all-versions | --version X.Y]... [--seed N] [--variant WORDS]" ;;
    esac
    shift
done
((${#versions[@]})) || versions=(installed)
[[ -d ${IMSHARK_CORPUS:?names a folder of captures}/foreign ]] || die "$IMSHARK_CORPUS has no folder foreign"

export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/target}
[[ $CARGO_TARGET_DIR == /* ]] || CARGO_TARGET_DIR=$PWD/$CARGO_TARGET_DIR
unset WIRESHARK_SYSROOT IMSHARK_PLUGIN_DIR IMSHARK_PROBE_DIR IMSHARK_WIRESHARK
work=$(mktemp -d)
chmod 755 "$work"
trap 'rm -rf "$work"' EXIT

from_roots=()
for version in "${versions[@]}"; do
    [[ $version == installed ]] || from_roots+=("$version")
done
((${#from_roots[@]} == 0)) || tests/roots.sh "${from_roots[@]}" >"$work/log" 2>&1 || { cat "$work/log"; die 'the roots could not be made'; }

tests=(foreign::)
[[ ! -e $IMSHARK_CORPUS/truth.tsv ]] || tests+=(qq_equals_the_truth)
failed=0
for version in "${versions[@]}"; do
    full=$(full_version "$version")
    echo "== Wireshark $full"
    start=$SECONDS
    build_plugin "$version" "${full%.*}" "$work/plugins-$version" >"$work/log" 2>&1 || { cat "$work/log"; die 'the plugin could not be built'; }
    if ! IMSHARK_COEXIST=whole IMSHARK_WIRESHARK=$version IMSHARK_PLUGIN_DIR=$work/plugins-$version \
        cargo test --locked --no-default-features --test wireshark -- --ignored --test-threads=1 --nocapture "${tests[@]}" 2>"$work/log" |
        { grep -E 'frames compared|^test .* (ok|FAILED)$' || true; }; then
        failed=1
        grep -vE '^ *(Compiling|Finished|Running)' "$work/log" >&2 || true
    fi
    echo "   $((SECONDS - start)) s"
done
((!failed)) || die 'other traffic is not as it is without imshark'
