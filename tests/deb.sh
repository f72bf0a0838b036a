#!/usr/bin/env bash
# Whether the package of plugin-install/deb.sh does what it should: dpkg installs it, this machine's
# tshark loads it, and nothing is left when it is removed.
#
#   tests/deb.sh [--deb FILE | --plugin FILE]
#
# --plugin packs this build, or one is built. Nothing of this machine changes: dpkg writes to
# overlays of /usr and /var. Needs the superuser, and what plugin-install/deb.sh needs.
set -euo pipefail
umask 022
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# As a user who has only what the package brings.
as_user() {
    setpriv --reuid=65534 --regid=65534 --clear-groups env -i HOME="$home" PATH=/usr/bin:/bin LC_ALL=C.UTF-8 "$@"
}
loaded() { as_user tshark -G plugins | grep '^imshark'; }
left() { find "$space/changed" \( -iname '*imshark*' -o -path '*/MSN and QQ*' \) ! -type c; }

# Inside tests/in-overlay.
install_and_remove() { # FILE SPACE
    local deb=$1 space=$2 home=$2/home folder
    install -d -o 65534 -g 65534 "$home"
    cp tests/captures/qq.pcap "$home/"
    cd "$home"
    folder=$(pkg-config --variable=plugindir wireshark)/epan
    # What this machine has already.
    dpkg --purge imshark >/dev/null 2>&1 || true
    rm -f "$folder/imshark.so"
    ! loaded || die 'another imshark is loaded'

    dpkg --install "$deb"
    loaded | grep -F "$folder/imshark.so" || die 'tshark does not load it'
    loaded | grep -qF "$(dpkg-query -W -f '${Version}' imshark)" || die 'it has another version than the package'
    as_user tshark -r qq.pcap -Y 'oicq.command.name contains "message"' | tee printed
    grep -q '12345678 → server: Send message (0x00cd)' printed || die 'tshark does not print the sample'
    [[ -e '/usr/share/wireshark/profiles/MSN and QQ/preferences' ]] || die 'the profile is not there'

    dpkg --remove imshark
    ! loaded || die 'tshark still loads it'
    [[ ! $(left) ]] || die "it leaves $(left)"
    echo 'The Debian package is installed, loaded and removed'
}

deb='' given=()
case ${1:-} in
'') ;;
--inside) install_and_remove "$2" "$3"; exit ;;
--deb) deb=$(realpath -e "${2:?--deb wants a file}") ;;
--plugin) given=(--plugin "${2:?--plugin wants a file}") ;;
*) die 'usage: tests/deb.sh [--deb FILE | --plugin FILE]' ;;
esac
if ! pkg-config --exists wireshark || ! command -v dpkg-shlibdeps >/dev/null || ! command -v tshark >/dev/null; then
    echo '== skipped: the Debian package, because this machine lacks tshark, dpkg-dev or the headers of Wireshark'
    exit
fi
work=$(mktemp -d)
chmod 755 "$work"
trap 'rm -rf "$work"' EXIT
if [[ ! $deb ]]; then
    plugin-install/deb.sh --dist "$work" "${given[@]}"
    deb=$(echo "$work"/*.deb)
fi
if command -v lintian >/dev/null; then
    found=$(lintian --allow-root "$deb") || [[ $found ]] || die 'lintian fails'
    [[ ! $found ]] || die "lintian says:"$'\n'"$found"
    echo 'lintian finds nothing'
else
    echo '== skipped: lintian, because it is not installed'
fi
mkdir "$work/space"
status=0
tests/in-overlay "$work/space" /usr /var -- tests/deb.sh --inside "$deb" "$work/space" || status=$?
((status != 75)) || { echo '== skipped: dpkg --install, because it needs a superuser who can mount overlays'; exit; }
exit "$status"
