#!/usr/bin/env bash
# Whether imshark fits the newest Wireshark that Debian has, and what broke if not.
#
#   tests/next.sh [--headers DIR]
#
# Looks into Debian's testing, unstable and experimental, makes a root of the newest Wireshark
# there as tests/roots.sh does, and tries all of: the probes, the plugin, the tests without
# Wireshark, the plugin in that tshark. --headers DIR tries headers that Debian has not yet, such
# as of Wireshark's own repository: DIR is what "DESTDIR=DIR ninja install install-headers" fills;
# of it no tshark is run.
set -euo pipefail
umask 022
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source-path=SCRIPTDIR source=debian.sh disable=SC1091
source "$(dirname "${BASH_SOURCE[0]}")/debian.sh"
cd "$(dirname "${BASH_SOURCE[0]}")/.."

headers=
case ${1:-} in
'') ;;
--headers) headers=$(realpath -e "${2:?--headers wants a folder}") ;;
*) die 'usage: tests/next.sh [--headers DIR]' ;;
esac
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/target}
export CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=256
unset WIRESHARK_SYSROOT IMSHARK_PLUGIN_DIR IMSHARK_PROBE_DIR IMSHARK_WIRESHARK
work=$(mktemp -d)
chmod 755 "$work"
trap 'rm -rf "$work"' EXIT

broken=()
# Of the probes those in which the newest differs from the one before.
step_lines='^[0-9]+ features|   (0   1|1   0)$'
# Goes on after a step that fails; the lines that tell why come first.
try() { # NAME COMMAND...
    try_step "$@"
    ((step_status)) || return 0
    grep -E -A 6 '^error|: error:| panicked at|^[a-z]+\.sh: ' "$work/log" | head -n 60 || true
    echo '   the end of what it says:'
    tail -n 15 "$work/log"
    echo "   $step_seconds s"
    broken+=("$1")
}

newest() { # the lines "version suite" of tshark in each suite, the newest last
    local mirror suite
    mirror=$(debian_mirror)
    for suite in forky sid experimental; do
        configure_apt "$work/apt" "$mirror" "$suite"
        apt-get -qq -c "$work/apt/apt.conf" update >&2 || continue
        apt-cache -c "$work/apt/apt.conf" --no-all-versions show tshark 2>/dev/null | sed -n "s/^Version: \(.*\)/\1 $suite/p"
        rm -rf "$work/apt"
    done | sort -V
}

plugin() {
    WIRESHARK_SYSROOT=$headers CARGO_TARGET_DIR=$CARGO_TARGET_DIR/next cargo build --release --locked --lib
    install -D -m 755 "$CARGO_TARGET_DIR/next/release/libimshark.so" "$work/plugins/$version/epan/imshark.so"
}

in_tshark() {
    IMSHARK_WIRESHARK=$version IMSHARK_PLUGIN_DIR=$work/plugins \
        cargo test --locked --no-default-features --test wireshark -- --ignored --test-threads=2 load:: samples:: look:: reports::
}

without_wireshark() {
    cargo test --workspace --locked --no-default-features
}

if [[ $headers ]]; then
    version=next
    echo "Headers of Wireshark in $headers"
else
    newest >"$work/newest"
    [[ -s $work/newest ]] || die 'no suite of Debian can be read: see above'
    sed 's/^/Debian has tshark /' "$work/newest"
    version=$(tail -n 1 "$work/newest" | cut -d . -f 1,2)
    headers=$roots/$version
    case $version in
    3.4 | 4.0 | 4.4 | 4.6) echo "Wireshark $version is known already; what follows is of this one" ;;
    esac
    try "root of Wireshark $version" tests/roots.sh "$version"
    if [[ $version == 4.6 ]]; then try 'probes' tests/probes.sh; else try "probes, the last column of $version" tests/probes.sh "$version"; fi
fi
try "plugin for Wireshark $version" plugin
try 'tests without Wireshark' without_wireshark
if [[ ! -e $headers/.imshark-tshark ]]; then
    echo '== skipped: tests in tshark, because with --headers there is none'
elif [[ -e $work/plugins/$version/epan/imshark.so ]]; then
    try "in tshark $version" in_tshark
else
    echo '== skipped: tests in tshark, because there is no plugin'
fi
if ((${#broken[@]})); then
    printf '== broken: %s\n' "${broken[@]}"
    exit 1
fi
echo "== imshark fits Wireshark $version"
