#!/usr/bin/env bash
# Build imshark.so for one Wireshark, as it goes into an archive.
#
#   plugin-install/linux/build.sh X.Y OUT [CARGO-OPTIONS...]
#
# Leaves OUT/imshark.so. The headers are those of the root that tests/roots.sh makes for X.Y; the
# C library is that of the root for 3.4, the oldest. A plugin that is linked with a newer one does
# not load where it is missing, and newer Wiresharks are packaged for old systems, too. The same
# sources, Rust and GCC give the same bytes, wherever the checkout is.
set -euo pipefail
umask 022
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=../../tests/lib.sh disable=SC1091
source "$here/../../tests/lib.sh"

usage='usage: build.sh X.Y OUT [CARGO-OPTIONS...]'
version=${1:?$usage} out=${2:?$usage}
shift 2
checkout=$(cd "$here/../.." && pwd)
target=${CARGO_TARGET_DIR:-$checkout/target}/packages
sysroot=$target/sysroot-$version
cargo_home=${CARGO_HOME:-$HOME/.cargo}

# Wireshark and GLib of one root, all else of the other.
mix_roots() {
    local newer=$roots/$version/usr older=$roots/3.4/usr lib
    lib=$(basename "$older"/lib/*-linux-gnu)
    rm -rf "$sysroot"
    mkdir -p "$sysroot"/usr/{include,"lib/$lib",lib64}
    ln -s usr/lib usr/lib64 "$sysroot/"
    ln -s "$older"/include/* "$sysroot/usr/include/"
    ln -sfn "$newer"/include/{wireshark,glib-2.0} "$sysroot/usr/include/"
    ln -s "$older/lib/$lib"/* "$sysroot/usr/lib/$lib/"
    rm "$sysroot/usr/lib/$lib/glib-2.0"
    ln -s "$newer/lib/$lib/glib-2.0" "$sysroot/usr/lib64/"
    cp -P "$older"/lib64/* "$sysroot/usr/lib64/" 2>/dev/null || true
}

# The symbol versions that the plugin requires of the C library.
required() {
    objdump -T "$1" | sed -nE 's/.*\(?GLIBC_([0-9.]+)\)?.*/\1/p' | sort -uV
}

"$checkout/tests/roots.sh" 3.4 "$version" >/dev/null
mix_roots
cd "$checkout"
remap="--remap-path-prefix=$cargo_home=cargo --remap-path-prefix=$checkout=imshark --remap-path-prefix=$target=target"
WIRESHARK_SYSROOT=$sysroot CARGO_TARGET_DIR=$target CARGO_INCREMENTAL=0 RUSTFLAGS="$remap -C strip=symbols" \
    CFLAGS="--sysroot=$sysroot -ffile-prefix-map=$checkout=imshark -ffile-prefix-map=$sysroot=sysroot" \
    cargo build --locked --release --lib "$@"
oldest=$(echo "$roots"/3.4/usr/lib/*/libc-[0-9]*.so)
oldest=${oldest##*/libc-} oldest=${oldest%.so}
newest=$(required "$target/release/libimshark.so" | tail -n 1)
[[ $newest && $(printf '%s\n' "$oldest" "$newest" | sort -V | tail -n 1) == "$oldest" ]] ||
    die "imshark.so requires glibc ${newest:-of no version}, newer than $oldest"
install -D -m 644 "$target/release/libimshark.so" "$out/imshark.so"
echo "imshark.so for Wireshark $version requires glibc $newest or newer"
