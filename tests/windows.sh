#!/usr/bin/env bash
# Checks of imshark.dll, on Wine.
#
#   tests/windows.sh [--version X.Y]... [--filter NAME]...
#   tests/windows.sh --short [--linux DIR]
#
# Without options: for Wireshark 3.4, 4.0, 4.4 and 4.6. Builds imshark.dll for each version and
# checks what it imports, how the records of the headers lie in memory, and that it loads.
# Where Debian has the source of that Wireshark, tshark.exe is built from it, and the tests
# in tests/wireshark run with it; --filter takes only those whose names contain a NAME. That takes
# hours. --short, for each run of CI, builds without optimizations, and with tshark.exe compares
# fewer outputs and runs a few tests; --linux names the folder with 4.0/epan/imshark.so to compare
# with, or one is built. Needs the superuser, and 10 GB in /var/cache/imshark.
set -euo pipefail
umask 022
# shellcheck source-path=SCRIPTDIR source=../plugin-install/windows/lib.sh disable=SC1091
source "$(dirname "${BASH_SOURCE[0]}")/../plugin-install/windows/lib.sh"
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# The tests of --short.
few=(load:: hostile::pictures keys::more_is_decrypted robust::a_cut_packet)
versions=() filter=() short=0 linux=''
while (($#)); do
    case $1 in
    --version) versions+=("${2:?--version wants a number}"); shift ;;
    --filter) filter+=("${2:?--filter wants a name}"); shift ;;
    --short) short=1 filter=("${few[@]}") ;;
    --linux) linux=${2:?--linux wants a folder}; shift ;;
    *) die "usage: tests/windows.sh [--version X.Y]... [--filter NAME]... | --short [--linux DIR]" ;;
    esac
    shift
done
((${#versions[@]})) || versions=(3.4 4.0 4.4 4.6)
if ((EUID != 0)) || ! unshare --mount --pid --fork true 2>/dev/null; then
    echo '== skipped: all tests for Windows, because they need a superuser who can mount'
    exit
fi

export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/target}
[[ $CARGO_TARGET_DIR == /* ]] || CARGO_TARGET_DIR=$PWD/$CARGO_TARGET_DIR
unset WIRESHARK_SYSROOT IMSHARK_PLUGIN_DIR IMSHARK_PROBE_DIR IMSHARK_WIRESHARK
built=$CARGO_TARGET_DIR/windows work=$CARGO_TARGET_DIR/windows-tests
# Compiled for a short build time rather than speed, beside the roots: most of it is Rust's own library.
quick=(env CARGO_TARGET_DIR="$windows/quick" CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off
    CARGO_PROFILE_RELEASE_CODEGEN_UNITS=256 IMSHARK_INCREMENTAL=1)
build=() views=()
if ((short)); then
    build=("${quick[@]}") built=$windows/quick/windows views=(tree reports objects)
fi
rm -rf "$work"
mkdir -p "$work"
trap 'rm -rf "$work"' EXIT

# What is printed of a step, see try_step.
# shellcheck disable=SC2034 # for tests/lib.sh
step_lines='^(imports|records|imshark|setjmp|compared)'

in_debian() {
    plugin-install/windows/debian.sh --with-wine -- env IMSHARK_ROOTS="$roots" "$@"
}

# Only a source that Debian has no more is skipped: a mirror that does not answer is a failure.
no_mirror() {
    local status=0
    IMSHARK_ROOTS=$work/no-mirror/roots IMSHARK_DEBIAN_MIRROR=http://127.0.0.1:9/debian tests/windows/sources.sh 4.0 || status=$?
    ((status == 1)) || die "sources.sh ends with $status, not 1, when no mirror answers"
}

build() {
    "${build[@]}" plugin-install/windows/build.sh "$1" "$built/$1"
    install -D -m 644 "$built/$1/imshark.dll" "$work/plugins-$1/$1/epan/imshark.dll"
}

gates() {
    local version=$1 sysroot=$built/sysroot-$1
    in_debian tests/windows/imports.sh "$version" "$built/$version/imshark.dll" "$sysroot"
    in_debian tests/windows/records.sh "$version" "$sysroot"
    in_debian tests/windows/load.sh "$version" "$built/$version/imshark.dll"
}

# Names of tests that do not run here, and why.
left_out=(
    'cost:: memory:: sizes:: no_memory:: a_hundred_files:what is measured is the process that starts Wine'
    'a_keylog_that_others_can_read a_key_table_that_others_can_read only_a_regular_file:Windows has no such files'
    'exports_only_what_wireshark_looks_for this_wireshark_exports:they read imshark.so; imports.sh reads the DLL'
    'corpus:they need captures that are not part of the project'
)

tests_in_wireshark() {
    local version=$1 names reason name skip=() binary
    ((short)) || "${quick[@]}" plugin-install/windows/build.sh "$version" "$work/probe-$version/$version/epan" --features panic-probe
    for reason in "${left_out[@]}"; do
        names=${reason%:*}
        echo "skipped: $names, because ${reason##*:}"
        for name in $names; do skip+=(--skip "$name"); done
    done
    binary=$(cargo test --workspace --locked --no-default-features --test wireshark --no-run 2>&1 | sed -n 's/.*Executable.*(\(.*\))$/\1/p')
    [[ -x $binary ]] || die 'the tests cannot be built'
    in_debian IMSHARK_WIRESHARK="windows-$version" IMSHARK_PLUGIN_DIR="$work/plugins-$version" \
        IMSHARK_PROBE_DIR="$work/probe-$version" IMSHARK_WINDOWS_SYSROOT="$built/sysroot-$version" "$binary" --ignored --test-threads=2 "${skip[@]}" "${filter[@]}"
}

compare() {
    local version=$1 other=$linux
    if [[ ! $other ]]; then
        other=$work/linux-$version
        plugin-install/linux/build.sh "$version" "$other/$version/epan"
    fi
    tests/windows/compare.sh "$version" "$other" "$work/plugins-$version" "$work/compared-$version" "${views[@]}"
}

install_and_uninstall() {
    plugin-install/package.sh --windows --version "$1" --dist "$work/dist" --plugin "$built/$1/imshark.dll"
    in_debian tests/windows/install.sh "$1" "$(echo "$work"/dist/*-wireshark-"$1"-windows-x86_64.zip)"
}

step 'Debian 13 with the compilers and Wine' in_debian tests/windows/wine.sh wineboot
step 'a mirror that does not answer' no_mirror
for version in "${versions[@]}"; do
    step "imshark.dll for Wireshark $version" build "$version"
    step "imports, records and loading, $version" gates "$version"
    step "tshark.exe $version, and all tests with it" tests/windows/tshark.sh "$version"
    # shellcheck disable=SC2154 # step sets it
    ((step_status != 75)) || continue
    step "outputs of tshark.exe and tshark $version" compare "$version"
    step "install.cmd and uninstall.cmd, $version" install_and_uninstall "$version"
    step "tests in tshark.exe $version" tests_in_wireshark "$version"
done
((short)) || echo "== passed in $SECONDS s"
