#!/usr/bin/env bash
# Every check of this project, against one Wireshark or many.
#
#   tests/run.sh [--all-versions | --version X.Y]... [--quick]
#
# Without options: the installed Wireshark. --all-versions: 3.4, 4.0, 4.4 and 4.6
# from Debian (see tests/roots.sh), the minimum Rust, and in short tests/windows.sh. --version
# takes one of these numbers or the word installed. --quick leaves out the lints, the
# documentation, the minimum Rust, the archives, imshark.dll and batch/.
#
# IMSHARK_CORPUS=DIR: a folder of further captures for the tests that need one.
set -euo pipefail
umask 022
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$(dirname "${BASH_SOURCE[0]}")/.."

packages=(tshark libwireshark-dev libwiretap-dev libwsutil-dev libglib2.0-dev
    libclang-dev pkg-config gcc libc6-dev valgrind)
versions=() all=0 quick=0
while (($#)); do
    case $1 in
    --all-versions) all=1 versions=(3.4 4.0 4.4 4.6) ;;
    --version) versions+=("${2:?--version wants a number}"); shift ;;
    --quick) quick=1 ;;
    *) die "usage: tests/run.sh [--all-versions | --version X.Y]... [--quick]" ;;
    esac
    shift
done
((${#versions[@]})) || versions=(installed)
from_roots=()
for version in "${versions[@]}"; do
    [[ $version == installed ]] || from_roots+=("$version")
done
((${#from_roots[@]} == 0)) || packages+=(debian-archive-keyring)
# For tests/batch.sh, tests/windows.sh and tests/deb.sh.
((!all)) || packages+=(parallel python3-venv openssh-server debootstrap zip dpkg-dev lintian)

export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/target}
[[ $CARGO_TARGET_DIR == /* ]] || CARGO_TARGET_DIR=$PWD/$CARGO_TARGET_DIR
unset WIRESHARK_SYSROOT IMSHARK_PLUGIN_DIR IMSHARK_PROBE_DIR IMSHARK_WIRESHARK
work=$(mktemp -d)
chmod 755 "$work"
preparing=
trap '[[ -z $preparing ]] || kill -- "-$preparing" 2>/dev/null || true; rm -rf "$work"' EXIT

set_up() {
    local missing=() package sudo=()
    for package in "${packages[@]}"; do
        [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || missing+=("$package")
    done
    ((${#missing[@]})) || return 0
    ((EUID == 0)) || sudo=(sudo -n)
    if ! command -v apt-get >/dev/null || ! "${sudo[@]}" true 2>/dev/null; then
        # Other systems have other package names: check for the programs instead.
        if ! command -v dpkg-query >/dev/null && pkg-config --exists wireshark && command -v tshark && command -v cc; then
            return 0
        fi
        die "install what Debian calls ${missing[*]}, then run this again"
    fi
    # A repository that cannot be reached may not matter.
    "${sudo[@]}" apt-get -q update || true
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends "${missing[@]}"
}

make_roots() {
    if ((all && !quick)); then
        tests/roots.sh --with-rust 4.4
    fi
    tests/roots.sh "${from_roots[@]}"
}

# Every shell script of the repository, whatever its name.
scripts() {
    git -c safe.directory="$PWD" ls-files -z |
        xargs -0 awk 'FNR == 1 && /^#!.*sh$|^# shellcheck shell=/ {print FILENAME} {nextfile}'
}

lint() {
    cargo fmt --all --check
    cargo fmt --check --manifest-path fuzz/Cargo.toml
    cargo clippy --workspace --all-targets --locked -- -D warnings
    # Only the library depends on features.
    cargo clippy --lib --locked --no-default-features -- -D warnings
    cargo clippy --lib --locked --features panic-probe -- -D warnings
    # The fuzz targets are checked with stable Rust, not linked: any archive does for libFuzzer.
    printf '!<arch>\n' >"$work/libFuzzer.a"
    CUSTOM_LIBFUZZER_PATH=$work/libFuzzer.a cargo clippy --manifest-path fuzz/Cargo.toml --all-targets --locked -- -D warnings
    RUSTDOCFLAGS=-Dwarnings cargo doc --workspace --no-deps --locked
    if command -v shellcheck >/dev/null; then
        scripts | xargs -d '\n' shellcheck -x
    else
        echo 'skipped: the shell scripts, because shellcheck is not installed'
    fi
}

pure_tests() {
    local others status=0
    if ((quick)); then
        cargo test --workspace --locked --no-default-features
    else
        # Unit tests and samples, with the lines counted that they reach.
        tests/coverage.sh --quick --least 90 || status=$?
        ((status == 0 || status == 75)) || return "$status"
        mapfile -t others < <(basename -a -s .rs tests/*.rs | grep -vx samples)
        cargo test --workspace --locked --no-default-features --test wireshark "${others[@]/#/--test=}"
        cargo test --workspace --locked --no-default-features --test samples -- "${slow_if_counted[@]}"
        cargo test --workspace --locked --no-default-features --doc
    fi
    # What the fuzzers run, over their first inputs. Nothing of libFuzzer is linked.
    printf '!<arch>\n' >"$work/libFuzzer.a"
    CUSTOM_LIBFUZZER_PATH=$work/libFuzzer.a cargo test --manifest-path fuzz/Cargo.toml --locked --lib
    # The published frames of the protocol reference, if it is beside the further captures.
    [[ ! -e ${IMSHARK_CORPUS:-/nowhere}/../reference/oicq.md ]] ||
        cargo test --workspace --locked --no-default-features --test qq_decryption -- --ignored
}

# The probe, which panics on demand, is built for a short build time rather than speed,
# and not where people install from. Little of it differs from version to version.
build_plugins() {
    CARGO_TARGET_DIR=$CARGO_TARGET_DIR/probe CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_INCREMENTAL=1 \
        CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=256 \
        build_plugin "$1" "$2" "$work/probe-$1" --features panic-probe
    build_plugin "$1" "$2" "$work/plugins-$1"
    build_peer slow "$1" "$2" "$work/slow-$1"
}

plugin_tests() {
    # A person runs those of sizes: tests/hostile.sh.
    local without=(--skip sizes::)
    [[ ${IMSHARK_CORPUS:-} ]] || without+=(--skip corpus)
    IMSHARK_WIRESHARK=$1 IMSHARK_PLUGIN_DIR=$work/plugins-$1 IMSHARK_PROBE_DIR=$work/probe-$1 \
        IMSHARK_SLOW_DIR=$work/slow-$1 \
        cargo test --workspace --locked --no-default-features --test wireshark -- --ignored --test-threads=2 "${without[@]}"
    # The commands and output in README.
    IMSHARK_WIRESHARK=$1 IMSHARK_PLUGIN_DIR=$work/plugins-$1 \
        cargo test --workspace --locked --no-default-features --test readme -- --ignored
}

# Prepares Wireshark versions and plugins while other steps run: cargo and apt leave a
# core idle for much of their time.
prepare() {
    local version full
    ((${#from_roots[@]} == 0)) || make_roots
    for version in "${versions[@]}"; do
        full=$(full_version "$version")
        build_plugins "$version" "${full%.*}"
        : >"$work/built-$version"
    done
    ((!all || quick)) || CARGO_PROFILE_DEV_DEBUG=0 minimum_cargo "$CARGO_TARGET_DIR/minimum-rust" build --locked
    : >"$work/built-all"
    if ((all && !quick)); then
        # Wine leaves a core idle for most of its time, too.
        tests/windows.sh --short --linux "$work/plugins-4.0" >"$work/windows.log"
        : >"$work/built-windows"
        archives
        : >"$work/built-archives"
        # One version is enough: what differs between versions is compared by other tests. The check of -T ek needs 4.6.
        tests/batch.sh 4.6 "$work/plugins-4.6"
        : >"$work/built-batch"
    fi
    mutated >"$work/mutated.log"
    : >"$work/built-mutated"
}

# Other captures with each version, so that all together are every sample.
mutated() {
    local version seed=1
    for version in "${versions[@]}"; do
        tests/mutated.sh --version "$version" --plugins "$work/plugins-$version" --runs 50 --seed "$seed"
        seed=$((seed + 50))
    done
}

# With the plugins that are there, rather than some that are linked with Debian 11's C library.
archives() {
    local version minor short
    for version in "${versions[@]}"; do
        short=(--by-hand)
        [[ $version != 4.0 ]] || short=()
        tests/package.sh --version "$version" --plugin "$work/plugins-$version/$version/epan/imshark.so" "${short[@]}"
    done
    minor=$(tshark --version 2>/dev/null | minor_version)
    if [[ -e $work/plugins-$minor/$minor/epan/imshark.so ]]; then
        tests/deb.sh --plugin "$work/plugins-$minor/$minor/epan/imshark.so"
    else
        echo "== skipped: the Debian package, because this machine's Wireshark ${minor:-of no version} is none of ${versions[*]}"
    fi
}

# Waits until the plugin for $1 is built, or everything is.
await() {
    local name=$1 built=$work/built-$2 start=$SECONDS
    echo "== $name"
    until [[ -e $built ]]; do
        kill -0 "$preparing" 2>/dev/null || [[ -e $built ]] || break
        sleep 1
    done
    if [[ ! -e $built ]]; then
        cat "$work/windows.log" "$work/prepared.log" "$work/mutated.log"
        echo "== failed: $name, after $((SECONDS - start)) s" >&2
        exit 1
    fi
    echo "   $((SECONDS - start)) s more"
}

[[ ${IMSHARK_CORPUS:-} ]] || echo '== IMSHARK_CORPUS is not set: tests of further captures are left out'
step 'set-up' set_up
: >"$work/windows.log"
: >"$work/mutated.log"
set -m # A process group of its own, for the trap.
(set -e; prepare) >"$work/prepared.log" 2>&1 </dev/null &
preparing=$!
set +m
((quick)) || step 'lints and documentation' lint
step 'tests without Wireshark' pure_tests

tested=()
for version in "${versions[@]}"; do
    await "plugin for Wireshark $version" "$version"
    full=$(full_version "$version")
    name="Wireshark $full"
    [[ $version != installed ]] || name+=', installed'
    step "tests in $name" plugin_tests "$version"
    tested+=("$full")
done
name='plugins'
((!all || quick)) || name="build with Rust $(minimum_rust)"
await "$name" all
if ((all && !quick)); then
    await 'checks of imshark.dll' windows
    cat "$work/windows.log"
    await 'archives and the Debian package' archives
    await 'batch, with Wireshark 4.6' batch
    grep 'skipped: ' "$work/prepared.log" || true
fi
await 'mutated captures' mutated
grep -E 'of Wireshark itself|skipped: ' "$work/mutated.log" | sed 's/^/   /' || true
preparing=

echo "== passed in $SECONDS s with Wireshark ${tested[*]}"
