#!/usr/bin/env bash
# Make a Debian package of imshark for the Wireshark of this machine.
#
#   plugin-install/deb.sh [--dist DIR] [--plugin FILE]
#
# --plugin packs this build; otherwise it is built. Leaves DIR/imshark_V_ARCH.deb (dist). It depends on
# exactly that minor version of Wireshark's library. Needs what building needs, and dpkg-dev. The
# maintainer is $DEBFULLNAME <$DEBEMAIL>, or the author of the latest commit.
set -euo pipefail
umask 022
export LC_ALL=C
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=../tests/lib.sh disable=SC1091
source "$here/../tests/lib.sh"
cd "$here/.."

dist=$PWD/dist plugin=
while (($#)); do
    case $1 in
    --dist) dist=${2:?--dist wants a folder} ;;
    --plugin) plugin=$(realpath -e "${2:?--plugin wants a file}") ;;
    *) die 'usage: deb.sh [--dist DIR] [--plugin FILE]' ;;
    esac
    shift 2
done
command -v dpkg-shlibdeps >/dev/null || die 'dpkg-shlibdeps is missing: install the package dpkg-dev'
mkdir -p "$dist"

own=$(sed -n '/^\[package\]/,/^\[/s/^version *= *"\(.*\)"/\1/p' Cargo.toml)
full=$(pkg-config --modversion wireshark) || die "Wireshark's headers are missing: run plugin-install/install.sh first"
minor=$(cut -d . -f 1,2 <<<"$full")
next=${minor%.*}.$((${minor#*.} + 1))
library=$(dpkg-query -S "$(pkg-config --variable=libdir wireshark)/libwireshark.so.*" | sed -n 's/[:,].*//p' | sort -u | head -n 1)
[[ $library ]] || die 'the library of Wireshark is of no package'
arch=$(dpkg --print-architecture)
folder=$(pkg-config --variable=plugindir wireshark)/epan
maintainer="${DEBFULLNAME:-$(git log -1 --format=%an)} <${DEBEMAIL:-$(git log -1 --format=%ae)}>"
epoch=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH=$epoch

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/imshark
if [[ ! $plugin ]]; then
    plugin=${CARGO_TARGET_DIR:-target}/packages/release/libimshark.so
    RUSTFLAGS="--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=cargo --remap-path-prefix=$PWD=imshark" \
        cargo build --locked --release --lib --target-dir "${CARGO_TARGET_DIR:-target}/packages"
fi
install -D -m 644 "$plugin" "$root$folder/imshark.so"
strip --strip-unneeded --remove-section=.comment "$root$folder/imshark.so"
install -d "$root/usr/share/wireshark/profiles/MSN and QQ" "$root/usr/share/doc/imshark/samples" "$root/DEBIAN"
install -m 644 plugin-install/profile/* "$root/usr/share/wireshark/profiles/MSN and QQ/"
install -m 644 tests/captures/{msn,qq}.pcap "$root/usr/share/doc/imshark/samples/"

install -d "$root/usr/share/man/man7"
gzip -9n <docs/imshark.7 >"$root/usr/share/man/man7/imshark.7.gz"

doc=$root/usr/share/doc/imshark
gzip -9n <CHANGELOG.md >"$doc/CHANGELOG.md.gz"
gzip -9n >"$doc/changelog.gz" <<CHANGES
imshark ($own) unstable; urgency=medium

  * For Wireshark $minor.

 -- $maintainer  $(date -u -R -d "@$epoch")
CHANGES
cat >"$doc/copyright" <<COPYRIGHT
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: imshark
Comment: The crates that are linked into the plugin have licences of their own,
 listed in licences.gz.

Files: *
Copyright: $(date -u -d "@$epoch" +%Y) the authors of imshark
License: GPL-2+
 On Debian systems the text of the GNU General Public License, version 2, is in
 /usr/share/common-licenses/GPL-2. You may use any later version instead.
COPYRIGHT
plugin-install/parts.sh licences | gzip -9n >"$doc/licences.gz"

# dpkg-shlibdeps wants a source package.
mkdir -p "$work/source/debian"
printf 'Source: imshark\n\nPackage: imshark\nArchitecture: any\n' >"$work/source/debian/control"
depends=$(cd "$work/source" && dpkg-shlibdeps --ignore-missing-info -O -e"$root$folder/imshark.so" 2>"$work/log" | sed -n 's/^shlibs:Depends=//p')
cat >"$root/DEBIAN/control" <<CONTROL
Package: imshark
Version: $own
Architecture: $arch
Maintainer: $maintainer
Installed-Size: $(du -sk --exclude=DEBIAN "$root" | cut -f 1)
Depends: ${depends:+$depends, }$library (>= $minor~), $library (<< $next~)
Enhances: tshark, wireshark
Section: net
Priority: optional
Description: MSN Messenger and Tencent QQ for Wireshark $minor
 Decodes the protocols of MSN Messenger (msnms, msnp2p, msnslp, msnftp) and
 Tencent QQ (oicq) in Wireshark and tshark: fields to filter by, names for
 commands and errors, reassembled messages, transcripts and reports.
 .
 It adds the configuration profile "MSN and QQ".
CONTROL
(cd "$root" && find . -path ./DEBIAN -prune -o -type f -printf '%P\0' | sort -z | xargs -0 md5sum >DEBIAN/md5sums)
chmod 644 "$root/DEBIAN"/*
dpkg-deb --root-owner-group --build "$root" "$dist/imshark_${own}_$arch.deb"
