#!/usr/bin/env bash
# What is linked into the plugin, for package.sh.
#
#   plugin-install/parts.sh sbom VERSION EPOCH SYSTEM...   a list in the format CycloneDX 1.5
#   plugin-install/parts.sh licences                       the texts of the crates' licences
#   plugin-install/parts.sh licences-of-mingw              that of what else is in imshark.dll
set -euo pipefail
export LC_ALL=C
# shellcheck source-path=SCRIPTDIR source=windows/lib.sh disable=SC1091
source "$(dirname "${BASH_SOURCE[0]}")/windows/lib.sh"
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Lines "name version licence"; build dependencies are not in the plugin.
crates() {
    cargo tree --locked --edges normal,no-proc-macro --no-dedupe --prefix none --format '{p} {l}' |
        sed -nE 's/^([^ ]+) v([^ ]+) (.*)/\1 \2 \3/p' | grep -v '^imshark ' | sort -u
}

sum_of() { # NAME VERSION
    awk -v name="\"$1\"" -v version="\"$2\"" '/^name =/ {n = $3} /^version =/ {v = $3}
        /^checksum =/ && n == name && v == version {gsub(/"/, "", $3); print $3}' Cargo.lock
}

# Lines "name version purl licence" of what the compilers add on a system.
runtimes() { # SYSTEM
    local package version
    case $1 in
    linux)
        version=$(rustc --version | cut -d ' ' -f 2)
        echo "std $version pkg:generic/rust-std@$version MIT OR Apache-2.0"
        ;;
    windows)
        # The packages of the Debian that builds it, with the names of what they bring.
        for package in rust-src:std:'MIT OR Apache-2.0' mingw-w64-ucrt64-dev:mingw-w64:ZPL-2.1 \
            gcc-mingw-w64-ucrt64-runtime:libgcc:'GPL-3.0-or-later WITH GCC-exception-3.1'; do
            version=$(dpkg-query --admindir="$windows/debian/var/lib/dpkg" -W -f '${Version}' "${package%%:*}")
            name=${package#*:}
            echo "${name%%:*} $version pkg:deb/debian/${package%%:*}@${version//+/%2B} ${name#*:}"
        done
        ;;
    esac
}

component() { # NAME VERSION PURL LICENCE SUM
    printf '%s    {"type": "library", "bom-ref": "%s", "name": "%s", "version": "%s", "purl": "%s", "licenses": [{"expression": "%s"}]%s}' \
        "$comma" "$3" "$1" "$2" "$3" "$4" "${5:+, \"hashes\": [{\"alg\": \"SHA-256\", \"content\": \"$5\"\}]}"
    comma=$',\n'
}

sbom() { # VERSION EPOCH SYSTEM...
    local name version licence purl comma=
    cat <<JSON
{
  "bomFormat": "CycloneDX",
  "specVersion": "1.5",
  "version": 1,
  "metadata": {
    "timestamp": "$(date -u -d "@$2" +%Y-%m-%dT%H:%M:%SZ)",
    "component": {"type": "library", "bom-ref": "imshark", "name": "imshark", "version": "$1", "licenses": [{"expression": "GPL-2.0-or-later"}]}
  },
  "components": [
JSON
    while read -r name version licence; do
        component "$name" "$version" "pkg:cargo/$name@$version" "${licence//\// OR }" "$(sum_of "$name" "$version")"
    done < <(crates)
    shift 2
    while read -r name version purl licence; do
        component "$name" "$version" "$purl" "$licence" ''
    done < <(for system; do runtimes "$system"; done)
    printf '\n  ]\n}\n'
}

licences() {
    local name version licence folder file
    echo 'imshark is under the GNU General Public License, version 2 or later (LICENSE.txt). Linked into it are'
    echo "these crates and the standard library of Rust (MIT OR Apache-2.0); their licences' texts follow."
    echo
    crates | while read -r name version licence; do echo "$name $version: $licence"; done
    crates | while read -r name version licence; do
        folder=$(find "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*/ -maxdepth 1 -name "$name-$version" | sort | head -n 1)
        [[ $folder ]] || { echo "the source of $name $version is not there: run cargo fetch" >&2; exit 1; }
        find "$folder" -maxdepth 1 -type f \( -iname 'licen[sc]e*' -o -iname 'copying*' -o -iname 'copyright*' \) | sort |
            while read -r file; do
                printf '%s\t%s\n' "$(sha256sum <"$file" | cut -d ' ' -f 1)" "$file"
            done
    done | awk -F '\t' '!seen[$1]++ {print $2}' | while read -r file; do
        printf '\n---- %s ----\n\n' "$(basename "$(dirname "$file")"): ${file##*/}"
        tr -d '\r' <"$file"
    done
}

case ${1:-} in
sbom) sbom "${2:?a version}" "${3:?a time}" "${@:4}" ;;
licences) licences ;;
licences-of-mingw) cat "$windows/debian/usr/share/doc/mingw-w64-ucrt64-dev/copyright" ;;
*) echo 'usage: parts.sh sbom VERSION EPOCH SYSTEM... | licences | licences-of-mingw' >&2; exit 2 ;;
esac
