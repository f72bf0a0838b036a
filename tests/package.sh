#!/usr/bin/env bash
# Checks of the archives for Linux: that a system with Wireshark and nothing else loads what is in
# them, what install.sh makes of them, and that the same sources give the same bytes.
#
#   tests/package.sh [--version X.Y] [--dist DIR | --plugin FILE] [--by-hand | --again]
#
# The default is 4.0. --dist takes the archive in DIR, --plugin packs this imshark.so, or one is
# built. --by-hand only copies what is in it by hand. --again makes the archives for both systems and the
# Debian package a second time, in a copy of the checkout, with a target folder of its own, and compares: whole
# builds.
set -euo pipefail
umask 022
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$(dirname "${BASH_SOURCE[0]}")/.."

version=4.0 dist='' given=() by_hand=0 again=0
while (($#)); do
    case $1 in
    --version) version=${2:?--version wants a number}; shift ;;
    --dist) dist=${2:?--dist wants a folder}; shift ;;
    --plugin) given=(--plugin "${2:?--plugin wants a file}"); shift ;;
    --by-hand) by_hand=1 ;;
    --again) again=1 ;;
    *) die 'usage: tests/package.sh [--version X.Y] [--dist DIR | --plugin FILE] [--by-hand | --again]' ;;
    esac
    shift
done
work=$(mktemp -d)
chmod 755 "$work"
trap 'rm -rf "$work"' EXIT

if [[ $dist ]]; then
    mkdir "$work/dist"
    cp "$dist"/*-wireshark-"$version"-linux-x86_64.tar.gz "$work/dist/"
    (cd "$work/dist" && sha256sum -- * >SHA256SUMS)
else
    plugin-install/package.sh --linux --version "$version" --dist "$work/dist" "${given[@]}"
fi
archive=$(echo "$work"/dist/*-wireshark-"$version"-linux-x86_64.tar.gz)

# Unpacked and copied by hand, as README.txt says, in the root itself without Rust.
# shellcheck disable=SC2016 # for the inner shell
copied_by_hand='
    set -euo pipefail
    root=$1 archive=$2 version=$3 home=$1/home/anna
    rm -rf "$root"/usr/bin/{rustc,cargo} "$root/usr/lib/rustlib"
    install -d -o 65534 -g 65534 "$home" "$root/tmp"
    tar -xzf "$archive" -C "$home"
    install -D -m 644 "$home"/imshark-*/imshark.so "$home/.local/lib/wireshark/plugins/$version/epan/imshark.so"
    cd "$home"/imshark-*
    anna() { env -i HOME=/home/anna LC_ALL=C.UTF-8 "$(type -P chroot)" --userspec=65534:65534 "$root" /usr/bin/tshark "$@"; }
    anna -G plugins | grep "^imshark\.so.*/home/anna/"
    anna -r "${PWD#"$root"}/samples/msn.pcap" -Y msnms.text -T fields -e msnms.text | head -n 2 | tee printed
    [[ $(<printed) == *Hello* ]]
'
mkdir "$work/space"
status=0
tests/in-overlay "$work/space" "$roots/$version" -- bash -c "$copied_by_hand" by-hand "$roots/$version" "$archive" "$version" || status=$?
case $status in
0) echo "Wireshark $version: the archive is loaded in a system without Rust" ;;
75) echo '== skipped: the archive in a system without Rust, because that needs a superuser who can mount overlays' ;;
*) die 'what is in the archive is not loaded where it is copied by hand, or does not print the sample' ;;
esac
((!by_hand)) || exit 0

# The tshark of a root, found in PATH by a user who is not root and has no Rust.
mkdir -p "$work/bin" "$work/home"
printf '#!/bin/sh\nexec env IMSHARK_ROOTS=%q %q %q tshark "$@"\n' "$roots" "$PWD/tests/in-root" "$version" >"$work/bin/tshark"
chmod 755 "$work/bin/tshark"
user=()
if ((EUID == 0)); then
    user=(setpriv --reuid=65534 --regid=65534 --clear-groups)
    chown -R 65534:65534 "$work/home" "$work/dist"
    # As in tests/in-root: a checkout may be closed to other users.
    "${user[@]}" test -x "$PWD/tests/in-root" || user+=(--inh-caps=+dac_override --ambient-caps=+dac_override)
    "${user[@]}" test -x "$PWD/tests/in-root" || die "$PWD is closed to other users, as whom this test runs"
fi
as_user() {
    "${user[@]}" env -i HOME="$work/home" PATH="$work/bin:/usr/bin:/bin" TMPDIR="$work/home" "$@"
}

count=0
# Runs a command as that user; $1 is the status that it must end with, $2 what it must print.
expect() {
    local status=$1 words=$2 printed got=0
    shift 2
    printed=$(as_user "$@" 2>&1) || got=$?
    [[ $got == "$status" && $printed == *"$words"* ]] || die "$* ends with $got and prints: $printed"
    count=$((count + 1))
}
nothing_installed() {
    [[ ! $(find "$work/home" -name 'imshark.so') ]] || die "$1: something is installed"
    count=$((count + 1))
}
damage() { # FILE: changes a byte in the middle
    printf '\x55\xaa' | dd of="$1" bs=1 seek=$(($(stat -c %s "$1") / 2)) conv=notrunc status=none
}

install=plugin-install/install.sh
own=$work/home/.local/lib/wireshark/plugins/$version/epan/imshark.so
# The command that it shows works afterwards, too.
expect 0 "\$ tshark -r \"$PWD/tests/captures/msn.pcap\"" sh "$install" --archive "$archive"
[[ -e $own ]] || die "$own is not there"
expect 0 'Removed' sh plugin-install/uninstall.sh
nothing_installed 'uninstall.sh'

expect 1 'there is no file' sh "$install" --archive "$work/none.tar.gz"
touch "$work/dist/other.zip"
expect 1 'is for Windows' sh "$install" --archive "$work/dist/other.zip"
cp "$archive" "$work/dist/good"
damage "$archive"
expect 1 'its SHA-256 is not the one in' sh "$install" --archive "$archive"
mv "$work/dist/SHA256SUMS" "$work/dist/sums"
expect 1 '' sh "$install" --archive "$archive"
mv "$work/dist/good" "$archive"
expect 0 'so only the files in it are checked' sh "$install" --archive "$archive"
expect 0 'Removed' sh plugin-install/uninstall.sh
tar -czf "$work/dist/empty.tar.gz" -C "$work" bin
expect 1 'is not an archive of imshark' sh "$install" --archive "$work/dist/empty.tar.gz"
echo no >"$work/dist/text.tar.gz"
expect 1 'cannot be unpacked' sh "$install" --archive "$work/dist/text.tar.gz"
nothing_installed 'refused archives'

# The unpacked archive by itself.
tar -xzf "$archive" -C "$work"
folder=$(echo "$work"/imshark-*)
expect 0 'alice@example.com' sh "$folder/install.sh"
grep -q 'colorfilters' "$work/home/.config/wireshark/profiles/MSN and QQ/.imshark" || die 'the profile is not there'
expect 0 'Removed' sh "$folder/uninstall.sh"
nothing_installed 'uninstall.sh of the archive'
cp "$folder/imshark.so" "$work/imshark.so"
damage "$folder/imshark.so"
expect 1 'imshark.so is damaged' sh "$folder/install.sh"
# What tshark does not load is taken away, and what a killed run left is not brought back.
echo 'not a plugin' >"$folder/imshark.so"
(cd "$folder" && sed -i "s/.*  imshark.so$/$(sha256sum imshark.so)/" SHA256SUMS)
as_user mkdir -p "${own%/*}"
as_user touch "${own%/*}/.imshark.old"
expect 1 'that folder is as it was before' sh "$folder/install.sh"
nothing_installed 'a plugin that is not loaded'
cp "$work/imshark.so" "$folder/"
(cd "$folder" && sed -i "s/.*  imshark.so$/$(sha256sum imshark.so)/" SHA256SUMS)
rm "$folder/samples/qq.pcap"
expect 1 'samples/qq.pcap is missing' sh "$folder/install.sh"
cp tests/captures/qq.pcap "$folder/samples/"

# For all users, by sudo: what the user who called it has as well is one too many, and is removed
# with it. All users' folders of this tshark are in $work.
if ((EUID == 0)); then
    mkdir "$work/sudo" "$work/all" "$work/root"
    cat >"$work/sudo/tshark" <<TSHARK
#!/bin/sh
WIRESHARK_PLUGIN_DIR=$work/all "$work/bin/tshark" "\$@" | sed 's|^\(Global configuration:[[:space:]]*\).*|\1$work/all|'
TSHARK
    cat >"$work/sudo/sudo" <<SUDO
#!/bin/sh
[ "\$1 \$2 \$3" = "-H -u anna" ] && shift 3 && HOME=$work/home exec "\$@"
SUDO
    chmod 755 "$work/sudo"/*
    by_sudo=(env SUDO_USER=anna HOME="$work/root" PATH="$work/sudo:/usr/bin:/bin")
    ordinary=("${user[@]}")
    expect 0 'is loaded by tshark' sh "$folder/install.sh"
    user=()
    expect 0 "$own is now one too many" "${by_sudo[@]}" sh "$folder/install.sh"
    expect 0 "Removed $own" "${by_sudo[@]}" sh "$folder/uninstall.sh"
    [[ ! $(find "$work/all" "$work/root" -name 'imshark.so') ]] || die 'uninstall.sh leaves what all users had'
    user=("${ordinary[@]}")
fi
sed -i 's/^wireshark .*/wireshark 9.9/' "$folder/BUILD"
(cd "$folder" && sed -i "s/.*  BUILD$/$(sha256sum BUILD)/" SHA256SUMS)
expect 1 'this archive is for Wireshark 9.9' sh "$folder/install.sh"
sed -i 's/^system .*/system plan9-mips/' "$folder/BUILD"
(cd "$folder" && sed -i "s/.*  BUILD$/$(sha256sum BUILD)/" SHA256SUMS)
expect 1 'this archive is for plan9-mips' sh "$folder/install.sh"
nothing_installed 'a damaged archive'
echo "Wireshark $version: $count checks of install.sh and uninstall.sh with an archive"

# The same bytes, made in another folder.
if ((again)); then
    mkdir "$work/copy" "$work/first" "$work/second"
    git -c safe.directory="$PWD" ls-files -z | xargs -0 cp --parents -t "$work/copy"
    SOURCE_DATE_EPOCH=$(git -c safe.directory="$PWD" log -1 --format=%ct)
    DEBFULLNAME=$(git -c safe.directory="$PWD" log -1 --format=%an) DEBEMAIL=$(git -c safe.directory="$PWD" log -1 --format=%ae)
    export SOURCE_DATE_EPOCH DEBFULLNAME DEBEMAIL
    make_all() { # CHECKOUT DIST
        "$1/plugin-install/package.sh" --version "$version" --dist "$2"
        if pkg-config --exists wireshark && command -v dpkg-shlibdeps >/dev/null; then
            "$1/plugin-install/deb.sh" --dist "$2"
        else
            echo '== skipped: the Debian package, because this machine lacks dpkg-dev or the headers of Wireshark'
        fi
    }
    make_all "$PWD" "$work/first"
    CARGO_TARGET_DIR=$work/target make_all "$work/copy" "$work/second"
    diff -r "$work/first" "$work/second" || die 'a second build in another folder gives other bytes'
    echo "a second build in another folder gives the same bytes: $(cd "$work/first" && echo *)"
fi
