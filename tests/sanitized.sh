#!/usr/bin/env bash
# The sample captures, and mutations of them, in tshark with imshark and its C shim under AddressSanitizer and
# UndefinedBehaviorSanitizer.
#
#   tests/sanitized.sh [--version X.Y] [--runs N] [--seed S]
#
# Without --version: the installed Wireshark. The sanitizers are those of this machine's gcc, so a root of
# tests/roots.sh only works if its C library is this machine's. First all samples are shown twice: with the whole tree
# in two passes, and with all reports and keys; then N mutations, 100 without --runs, whose seeds are S, S + 1 and so
# on, 1 without --seed. All blocks of Wireshark are malloc's, so that one byte beyond them is found.
# First, faults planted by benches/peers/faulty.c have to be found.
set -euo pipefail
umask 022
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$(dirname "${BASH_SOURCE[0]}")/.."

usage='usage: tests/sanitized.sh [--version X.Y] [--runs N] [--seed S]'
version=installed runs=100 first=1
while (($#)); do
    case $1 in
    --version) version=${2:?--version wants a number}; shift ;;
    --runs) runs=${2:?--runs wants a number}; shift ;;
    --seed) first=${2:?--seed wants a number}; shift ;;
    *) die "$usage" ;;
    esac
    shift
done

export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/target}
[[ $CARGO_TARGET_DIR == /* ]] || CARGO_TARGET_DIR=$PWD/$CARGO_TARGET_DIR
unset WIRESHARK_SYSROOT XDG_CONFIG_HOME WIRESHARK_CONFIG_DIR
work=$(mktemp -d)
mkdir -m 777 "$work/home"
mkdir "$work/none"
chmod 755 "$work"
trap 'rm -rf "$work"' EXIT

libraries=()
for name in libasan libubsan; do
    library=$(gcc -print-file-name="$name.so")
    [[ $library == /* ]] || die "gcc has no $name"
    libraries+=("$(realpath "$library")")
done
under=$(printf 'env\nLD_PRELOAD=%s' "${libraries[*]}")
sanitize='-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer -g'

# With a target, so that what runs while it is built is not sanitized. Only Rust's own developers may sanitize, and
# the library of its sanitizer would be a second one beside gcc's.
build() { # MINOR
    local triple sysroot=()
    triple=$(rustc -vV | sed -n 's/^host: //p')
    [[ $version == installed ]] || sysroot=(WIRESHARK_SYSROOT="$roots/$version")
    env "${sysroot[@]}" RUSTC_BOOTSTRAP=1 CC=gcc CFLAGS="$sanitize" RUSTFLAGS='-Zsanitizer=address -Zexternal-clangrt' \
        CARGO_TARGET_DIR="$CARGO_TARGET_DIR/sanitized" CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_LTO=off \
        CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_DEBUG=line-tables-only \
        CARGO_PROFILE_RELEASE_OVERFLOW_CHECKS=true CARGO_PROFILE_RELEASE_DEBUG_ASSERTIONS=true \
        cargo build --release --locked --lib --target "$triple"
    install -D -m 755 "$CARGO_TARGET_DIR/sanitized/$triple/release/libimshark.so" "$work/plugins/$1/epan/imshark.so"
}

# Runs tshark over a file. Sets ended to what was found, which is nothing if all is well.
try() { # PLUGINS FILE OPTION...
    local status=0 loaded=$1 file=$2
    shift 2
    { (
        export HOME=$work/home WIRESHARK_PLUGIN_DIR=$loaded IMSHARK_UNDER=$under G_SLICE=always-malloc \
            WIRESHARK_DEBUG_WMEM_OVERRIDE=simple WIRESHARK_ABORT_ON_DISSECTOR_BUG=1 \
            ASAN_OPTIONS=detect_leaks=0:abort_on_error=1:detect_stack_use_after_return=1 \
            UBSAN_OPTIONS=print_stacktrace=1:abort_on_error=1
        ulimit -c 0
        exec timeout -s KILL 300 tests/in-root "$version" tshark "$@" -r "$file" >"$work/out" 2>"$work/err" </dev/null
    ) || status=$?; } 2>/dev/null
    ended=$(
        ((status == 0)) || echo "status $status"
        head -n 40 "$work/err"
        grep -aoE 'Dissector bug, protocol.*|panicked at .*' "$work/out" || true
    )
}

check() { # NAME FILE OPTION...
    local name=$1
    shift
    try "$work/plugins" "$@"
    [[ $ended ]] || return 0
    printf '   %s: %s\n   options: %s\n' "$name" "$ended" "${*:2}"
    failed=$((failed + 1))
}

[[ $version == installed ]] || tests/roots.sh "$version" >"$work/log" 2>&1 || { cat "$work/log"; die 'the root could not be made'; }
full=$(full_version "$version")
build "${full%.*}" >"$work/log" 2>&1 || { cat "$work/log"; die 'the plugin could not be built'; }
printf '#!/bin/sh\nexec gcc %s "$@"\n' "$sanitize" >"$work/cc"
chmod 755 "$work/cc"
CC=$work/cc build_peer faulty "$version" "${full%.*}" "$work/faulty"

for fault in none heap block undefined; do
    case $fault in
    none) wanted='^$' ;;
    heap | block) wanted='AddressSanitizer: heap-buffer-overflow' ;;
    undefined) wanted='runtime error: signed integer overflow' ;;
    esac
    IMSHARK_FAULT=$fault try "$work/faulty" tests/captures/qq.pcap -2 -nVx
    [[ $ended =~ $wanted ]] || die "with the planted fault $fault tshark ended with '$ended'"
done
# Rust's code is sanitized too: the shim alone has a few thousand of these calls.
calls=$(objdump -d "$work/plugins/${full%.*}/epan/imshark.so" | grep -c 'call.*<__asan_report') || true
((calls > 20000)) || die "imshark calls the sanitizer in only $calls places"

failed=0 start=$SECONDS
HOME=$work/home IMSHARK_UNDER=$under ASAN_OPTIONS=detect_leaks=0 reports_of "$version" "$work/plugins"
for capture in tests/captures/*.pcap; do
    check "${capture##*/}, tree" "$capture" -2 -nVx
    check "${capture##*/}, reports and keys" "$capture" -nVx "${reports[@]}" "${sample_keys[@]}"
done
captures=(tests/captures/*.pcap)
for ((seed = first; seed < first + runs; seed++)); do
    capture=${captures[seed % ${#captures[@]}]}
    WIRESHARK_PLUGIN_DIR=$work/none HOME=$work/home tests/in-root "$version" editcap --seed "$seed" -E 0.01 -o 42 -F pcap \
        "$capture" "$work/mutated.pcap" >"$work/log" 2>&1 || { cat "$work/log"; die "editcap fails with $capture"; }
    check "${capture##*/}, seed $seed" "$work/mutated.pcap" -2 -nVx "${reports[@]}" "${sample_keys[@]}"
done
echo "== Wireshark $full: ${#captures[@]} samples and $runs mutations, $failed failed, $((SECONDS - start)) s"
((!failed)) || die 'the sanitizers found something'
