#!/usr/bin/env bash
# The crates that are linked into the plugin, for package.sh.
#
#   plugin-install/parts.sh sbom VERSION EPOCH     a list in the format CycloneDX 1.5
#   plugin-install/parts.sh licences               the texts of their licences
set -euo pipefail
export LC_ALL=C
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

sbom() { # VERSION EPOCH
    local name version licence comma=
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
        printf '%s    {"type": "library", "bom-ref": "%s", "name": "%s", "version": "%s", "purl": "%s", "licenses": [{"expression": "%s"}], "hashes": [{"alg": "SHA-256", "content": "%s"}]}' \
            "$comma" "pkg:cargo/$name@$version" "$name" "$version" "pkg:cargo/$name@$version" "${licence//\// OR }" "$(sum_of "$name" "$version")"
        comma=$',\n'
    done < <(crates)
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
sbom) sbom "${2:?a version}" "${3:?a time}" ;;
licences) licences ;;
*) echo 'usage: parts.sh sbom VERSION EPOCH | licences' >&2; exit 2 ;;
esac
