#!/usr/bin/env bash
# Compare what tshark and tshark.exe of Wireshark X.Y print of every sample, with imshark.
#
#   tests/windows/compare.sh X.Y LINUX-PLUGINS WINDOWS-PLUGINS WORK [VIEW...]     (run by tests/windows.sh)
#
# The plugin folders have X.Y/epan in them. VIEW is one of $views, or all are compared. Prints how
# many outputs of each view are equal, and the first differences of the others.
set -euo pipefail
umask 022
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=../../plugin-install/windows/lib.sh disable=SC1091
source "$here/../../plugin-install/windows/lib.sh"
cd "$here/../.."

usage='usage: compare.sh X.Y LINUX-PLUGINS WINDOWS-PLUGINS WORK [VIEW...]'
version=${1:?$usage} linux=${2:?$usage} other=${3:?$usage} work=${4:?$usage}
shift 4
views=("$@")
((${#views[@]})) || views=(summary tree 'two passes' json reports exact objects)
export TZ=UTC WIRESHARK_CONFIG_DIR=$work/configuration
mkdir -p "$work"/{linux,windows,configuration,ключи-密}

reports=() exact=()
for family in msnms oicq; do
    for name in chat chats accounts contacts files logins commands; do
        for format in '' ,csv ,json ,html; do
            reports+=(-z "$family,$name$format")
        done
        exact+=(-z "$family,$name,csv")
    done
    exact+=(-z "$family,pdus")
    reports+=(-z "$family,tree" -z "$family,srt" -z "endpoints,$family" -z "conv,$family")
done

# Lines "VIEW/NAME", then the arguments, all with tabs between them. OUT is a folder of the job.
jobs() {
    local file name
    for file in "$PWD"/tests/captures/*.pcap "$work"/*.pcap; do
        name=$(basename "$file" .pcap)
        job "summary/$name" -r "$file"
        job "tree/$name" -r "$file" -V
        job "two passes/$name" -r "$file" -2 -V
        job "json/$name" -r "$file" -T json
        job "reports/$name" -r "$file" -q "${reports[@]}"
        job "exact/$name" -r "$file" -q "${exact[@]}"
        job "objects/$name" -r "$file" -q --export-objects "msnms,OUT/msn" --export-objects "oicq,OUT/qq"
    done
    file=$PWD/tests/captures/qq-keys.pcap
    job 'keys/keylog' -r "$file" -V -o "oicq.keylog_file:$work/ключи-密/keys.txt"
    job 'keys/table' -r "$file" -V -o 'uat:oicq_keys:"10003","Session key","77777777777777777777777777777777"' -o oicq.show_keys:TRUE
    job 'loaded/plugins' -G plugins
    job 'loaded/fields' -G fields
}
job() { local IFS=$'\t'; echo "$*"; }

# Cut and damaged captures, made by the tools of Linux.
damaged() {
    tests/in-root "$version" mergecap -a -w "$work/all.pcap" -F pcap tests/captures/m*.pcap tests/captures/q*.pcap
    tests/in-root "$version" editcap -F pcap -s 90 "$work/all.pcap" "$work/cut-90.pcap"
    tests/in-root "$version" editcap -F pcap -s 130 "$work/all.pcap" "$work/cut-130.pcap"
    tests/in-root "$version" editcap -F pcap -E 0.02 --seed 1 -o 54 "$work/all.pcap" "$work/damaged-1.pcap" 2>/dev/null
    tests/in-root "$version" editcap -F pcap -E 0.1 --seed 2 -o 54 "$work/all.pcap" "$work/damaged-2.pcap" 2>/dev/null
    rm "$work/all.pcap"
}

# Outputs without what only tells one system from the other: the plugin's file, fields of other
# protocols, the name of the time zone, ends of lines.
plain() {
    case $1 in
    */exact/*) cat "$1" ;;
    */loaded/plugins) sed -nE 's/^(imshark)\.(so|dll)\s+(\S+)\s+(\S+).*/\1 \3 \4/p' "$1" ;;
    */loaded/fields) grep -P '\t(msnms|msnp2p|msnslp|msnftp|oicq)(\.|\t)' "$1" ;;
    *)
        # Wireshark prints sizes as the system's language does.
        sed -E 's/ (UT|Greenwich Standard Time|Coordinated Universal Time)("?,?)$/ UTC\2/
            / <-> / s/([0-9]),([0-9]{3})/\1\2/g; s/\r$//' "$1"
        ;;
    esac
}

compare() {
    local view name equal total faults=0
    for view in loaded "${views[@]}" keys; do
        equal=0 total=0
        while read -r name; do
            total=$((total + 1))
            if cmp -s <(plain "$work/linux/$name") <(plain "$work/windows/$name") &&
                cmp -s "$work/linux/$name.err" "$work/windows/$name.err" &&
                { [[ $view != objects ]] || diff -rq "$work/linux/$name.d" "$work/windows/$name.d" >/dev/null; }; then
                equal=$((equal + 1))
            else
                faults=$((faults + 1))
                echo "differ: $name"
                { diff <(plain "$work/linux/$name") <(plain "$work/windows/$name")
                    diff "$work/linux/$name.err" "$work/windows/$name.err"; } | head -n 6 || true
            fi
        done < <(cut -f 1 "$work/jobs" | grep "^$view/")
        ((total)) || die "there is no view \"$view\""
        echo "compared $view: $equal of $total equal, $(find "$work/linux/$view" -type f -exec cat {} + | wc -c) bytes"
    done
    return $((faults > 0))
}

chmod 777 "$work"/{linux,windows,configuration}
echo '10002 6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b' >"$work/ключи-密/keys.txt"
chown 65534 "$work/ключи-密/keys.txt"
chmod 600 "$work/ключи-密/keys.txt"
damaged
jobs | grep -E "^(loaded|keys|$(IFS='|'; echo "${views[*]}"))/" >"$work/jobs"
WIRESHARK_PLUGIN_DIR=$linux tests/in-root "$version" tshark -G plugins | grep -q '^imshark\.so' || die 'imshark.so is not loaded'
WIRESHARK_PLUGIN_DIR=$other plugin-install/windows/debian.sh --with-wine -- env IMSHARK_ROOTS="$roots" \
    tests/in-root "windows-$version" tshark -G plugins | grep -q '^imshark\.dll' || die 'imshark.dll is not loaded'
WIRESHARK_PLUGIN_DIR=$linux tests/windows/run-jobs.sh "$version" "$work/linux" <"$work/jobs"
WIRESHARK_PLUGIN_DIR=$other plugin-install/windows/debian.sh --with-wine -- \
    env IMSHARK_ROOTS="$roots" tests/windows/run-jobs.sh "windows-$version" "$work/windows" <"$work/jobs"
for name in keylog table; do
    ! cmp -s "$work/linux/keys/$name" "$work/linux/tree/qq-keys" || die "the keys of the $name decrypt nothing"
done
compare
