#!/usr/bin/env bash
# What is hostile, in full: every media type that Wireshark has a dissector for, with every
# form of nesting, 300,000 levels deep or as deep as a message has room for, by every way
# in; a million of each thing that imshark remembers; two hundred allocations that fail, one
# at a time. tests/run.sh tries one type of each protocol, and ten allocations.
#
#   tests/hostile.sh [--all-versions | --version X.Y]...
#
# Without options: the installed Wireshark. Every capture is dissected in one pass and in two,
# with dissector bugs and oversized trees made fatal, and must end as without the plugin. It
# takes gigabytes of memory, and about ten minutes for each Wireshark on two cores.
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
    *) die "usage: tests/hostile.sh [--all-versions | --version X.Y]..." ;;
    esac
    shift
done
((${#versions[@]})) || versions=(installed)

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

failed=0
for version in "${versions[@]}"; do
    full=$(full_version "$version")
    echo "== Wireshark $full"
    start=$SECONDS
    build_plugin "$version" "${full%.*}" "$work/plugins-$version" >"$work/log" 2>&1 || { cat "$work/log"; die 'the plugin could not be built'; }
    if ! IMSHARK_HOSTILE=all IMSHARK_WIRESHARK=$version IMSHARK_PLUGIN_DIR=$work/plugins-$version \
        cargo test --locked --no-default-features --test wireshark -- --ignored --test-threads=1 --nocapture \
        media_type sizes:: no_memory:: 2>"$work/log" |
        { grep -E 'bodies in|Each|allocations|^test .* (ok|FAILED)$|^(ok|FAILED)$' || true; }; then
        failed=1
        grep -vE '^ *(Compiling|Finished|Running)' "$work/log" >&2 || true
    fi
    echo "   $((SECONDS - start)) s"
done
((!failed)) || die 'a body ends Wireshark, or was not read'
