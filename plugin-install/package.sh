#!/usr/bin/env bash
# Pack builds of imshark for people who have no Rust.
#
#   plugin-install/package.sh [--linux] [--windows] [--version X.Y]... [--dist DIR] [--plugin FILE]
#
# --plugin packs this build of one system and version; otherwise they are built. Without options: for both systems and for Wireshark 3.4, 4.0, 4.4 and 4.6. Leaves in DIR (dist)
#
#   imshark-V-wireshark-X.Y-linux-x86_64.tar.gz
#   imshark-V-wireshark-X.Y-windows-x86_64.zip
#   imshark-V.cdx.json                             what is in all that DIR has (an SBOM, CycloneDX)
#   SHA256SUMS
#
# The same commit and compilers give the same bytes. Files in archives have the time of the
# commit, or $SOURCE_DATE_EPOCH. Needs what tests/run.sh needs; for Windows also zip, debootstrap
# and the superuser.
set -euo pipefail
umask 022
export LC_ALL=C TZ=UTC
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=../tests/lib.sh disable=SC1091
source "$here/../tests/lib.sh"
checkout=$(dirname "$here")

usage='usage: package.sh [--linux] [--windows] [--version X.Y]... [--dist DIR] [--plugin FILE]'
systems=() versions=() dist=$checkout/dist plugin=
while (($#)); do
    case $1 in
    --linux | --windows) systems+=("${1#--}") ;;
    --version) versions+=("${2:?--version wants a number}"); shift ;;
    --dist) dist=${2:?--dist wants a folder}; shift ;;
    --plugin) plugin=$(realpath -e "${2:?--plugin wants a file}"); shift ;;
    *) die "$usage" ;;
    esac
    shift
done
((${#systems[@]})) || systems=(linux windows)
((${#versions[@]})) || versions=(3.4 4.0 4.4 4.6)
[[ ! $plugin || ${#systems[@]}${#versions[@]} == 11 ]] || die '--plugin is of one system and one version'
mkdir -p "$dist"
dist=$(cd "$dist" && pwd)
cd "$checkout"
own=$(sed -n '/^\[package\]/,/^\[/s/^version *= *"\(.*\)"/\1/p' Cargo.toml)
commit_time=$(git -c safe.directory="$checkout" log -1 --format=%ct 2>/dev/null) || commit_time=
epoch=${SOURCE_DATE_EPOCH:-$commit_time}
[[ $epoch ]] || die 'this is no git checkout: set SOURCE_DATE_EPOCH to the time that the files shall have'
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Text with the versions in place; for Windows with its ends of lines.
text() { # SYSTEM X.Y FILE
    sed "s/@VERSION@/$own/g; s/@WIRESHARK@/$2/g" "$3" | if [[ $1 == windows ]]; then sed 's/$/\r/'; else cat; fi
}

stage() { # SYSTEM X.Y FOLDER, which has the plugin in it
    local system=$1 version=$2 folder=$3
    cp -r plugin-install/profile "$folder/profile"
    mkdir "$folder/samples"
    cp tests/captures/{msn,qq}.pcap "$folder/samples/"
    text "$system" "$version" LICENSE >"$folder/LICENSE.txt"
    text "$system" "$version" "$work/licences" >"$folder/LICENSES-of-crates.txt"
    text "$system" "$version" "plugin-install/$system/README.txt" >"$folder/README.txt"
    printf '%s\n' "imshark $own" "wireshark $version" "system $system-x86_64" >"$folder/BUILD"
    if [[ $system == windows ]]; then
        plugin-install/parts.sh licences-of-mingw >"$work/mingw"
        text "$system" "$version" "$work/mingw" >"$folder/LICENSES-of-mingw-w64.txt"
        text "$system" "$version" plugin-install/windows/install.cmd >"$folder/install.cmd"
        text "$system" "$version" plugin-install/windows/uninstall.cmd >"$folder/uninstall.cmd"
    else
        cp plugin-install/{install,uninstall,lib,profile,packaged}.sh "$folder/"
    fi
    (cd "$folder" && find . -type f -printf '%P\0' | sort -z | xargs -0 sha256sum) >"$work/sums"
    cp "$work/sums" "$folder/SHA256SUMS"
    chmod -R u=rwX,go=rX "$folder"
    find "$folder" -exec touch -h -d "@$epoch" {} +
}

pack() { # SYSTEM FOLDER
    local folder=${2##*/}
    cd "${2%/*}"
    if [[ $1 == windows ]]; then
        rm -f "$dist/$folder.zip"
        find "$folder" | sort | zip -q -X -9 -@ "$dist/$folder.zip"
    else
        tar --sort=name --format=ustar --owner=0 --group=0 --numeric-owner -cf - "$folder" | gzip -9n >"$dist/$folder.tar.gz"
    fi
}

[[ " ${systems[*]} " != *' windows '* ]] || command -v zip >/dev/null || die 'zip is missing: install the package zip'
plugin-install/parts.sh licences >"$work/licences"
for version in "${versions[@]}"; do
    for system in "${systems[@]}"; do
        folder=$work/imshark-$own-wireshark-$version-$system-x86_64
        mkdir "$folder"
        echo "== Wireshark $version, $system"
        if [[ $plugin ]]; then
            install -m 644 "$plugin" "$folder/"
        else
            "plugin-install/$system/build.sh" "$version" "$folder" >"$work/log" 2>&1 ||
                { cat "$work/log" >&2; die "imshark for Wireshark $version on $system cannot be built"; }
            grep '^imshark' "$work/log" || true
        fi
        stage "$system" "$version" "$folder"
        (pack "$system" "$folder")
    done
done
# Archives of earlier runs are in DIR as well.
packed=()
for system in linux windows; do
    ! compgen -G "$dist/imshark-$own-wireshark-*-$system-x86_64.*" >/dev/null || packed+=("$system")
done
plugin-install/parts.sh sbom "$own" "$epoch" "${packed[@]}" >"$work/sbom"
cp "$work/sbom" "$dist/imshark-$own.cdx.json"
cd "$dist"
find . -maxdepth 1 -name "imshark-$own*" -printf '%P\0' | sort -z | xargs -0 sha256sum >SHA256SUMS
ls -l imshark-"$own"* SHA256SUMS
