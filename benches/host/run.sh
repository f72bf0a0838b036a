#!/usr/bin/env bash
# The tables of BENCHMARKS.md: instructions and memory of every frame, with imshark and without.
#
#   benches/host/run.sh [--version X.Y]... [--plugins DIR] [ROW...]
#   benches/host/run.sh --captures DIR [ROW...]
#
# Without --version: the installed Wireshark. --plugins takes imshark from a folder with
# X.Y/epan/imshark.so instead of building it. ROW is the name of a row, or its beginning.
# --captures writes the captures to DIR, and measures nothing.
set -euo pipefail
umask 022
# shellcheck source-path=SCRIPTDIR source=../../tests/lib.sh disable=SC1091
source "$(dirname "${BASH_SOURCE[0]}")/../../tests/lib.sh"
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

versions=() rows=() plugins='' captures=''
while (($#)); do
    case $1 in
    --version) versions+=("${2:?--version wants a number}"); shift ;;
    --plugins) plugins=$(cd "${2:?--plugins wants a folder}" && pwd); shift ;;
    --captures) captures=$(cd "${2:?--captures wants a folder}" && pwd); shift ;;
    -*) die "usage: benches/host/run.sh [--version X.Y]... [--plugins DIR | --captures DIR] [ROW...]" ;;
    *) rows+=("$1") ;;
    esac
    shift
done
((${#versions[@]})) || versions=(installed)

# The generator needs no speed, and whoever runs the tests has this profile already.
bench() {
    cargo bench --locked -p imshark-benches --profile test --bench host -- "${rows[@]}"
}

if [[ $captures ]]; then
    IMSHARK_CAPTURES=$captures bench
    exit
fi
command -v valgrind >/dev/null || die "install valgrind"

export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/target}
work=$(mktemp -d)
chmod 755 "$work"
trap 'rm -rf "$work"' EXIT

for version in "${versions[@]}"; do
    full=$(full_version "$version")
    [[ $plugins ]] || build_plugin "$version" "${full%.*}" "$work/imshark"
    build_peer empty "$version" "${full%.*}" "$work/peers"
    IMSHARK_WIRESHARK=$version IMSHARK_PLUGIN_DIR=${plugins:-$work/imshark} IMSHARK_PEERS_DIR=$work/peers \
        bench
done
