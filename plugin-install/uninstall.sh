#!/bin/sh
# Takes away what install.sh installed.
set -eu
unset CDPATH
here=$(cd -- "$(dirname -- "$0")" && pwd)
# shellcheck source=lib.sh
. "$here/lib.sh"
# shellcheck source=profile.sh
. "$here/profile.sh"

usage() {
    cat <<'END'
Usage: uninstall.sh [--dest DIR]

Removes imshark from the plugin folders of this machine's tshark (yours and,
as root, the global one), for every Wireshark version, the profile "MSN and QQ"
unless you have changed it, and the folders that install.sh made, if they are
empty now.

  --dest DIR  remove it from DIR/X.Y/epan and DIR/profiles only
  --help      this text
END
}

made_by_us() {
    if [ -z "$package" ] && [ -r "$notes/folders" ]; then grep -Fxq -- "$1" "$notes/folders"; return; fi
    case $1 in */epan | */[0-9]*) ;; *) return 1 ;; esac # target/ was cleaned
}

remove_from() { # FOLDER with a folder per version in it
    for file in "$1"/[0-9]*/epan/"$plugin"; do
        [ -e "$file" ] || [ -L "$file" ] || continue
        case $seen in *"|$file|"*) continue ;; esac
        seen="$seen|$file|"
        dir=$(cd -- "${file%/*}" && pwd -P)
        if ! rm -f "$file" 2>/dev/null; then
            warn "$file cannot be removed by you; run: sudo \"$here/uninstall.sh\""
            failed=1
            continue
        fi
        echo "Removed $file"
        while made_by_us "$dir" && rmdir "$dir" 2>/dev/null; do
            echo "Removed the empty folder $dir"
            dir=$(dirname "$dir")
        done
    done
}

while [ $# -gt 0 ]; do
    case $1 in
        --dest) set_dest "${2:-}"; shift ;;
        --dest=*) set_dest "${1#*=}" ;;
        -h | --help) usage; exit ;;
        *) warn "unknown option: $1"; usage >&2; exit 2 ;;
    esac
    shift
done

seen=
failed=0
if [ -n "$dest" ]; then
    remove_profile "$dest" || failed=1
    remove_from "$dest"
else
    personal=
    global=
    own=
    shared=
    if has_tshark && (find_tshark 2>/dev/null); then
        find_tshark
        own=$(folder_of "Personal configuration")
        shared=$(folder_of "Global configuration")
    fi
    # The usual places as well: tshark may be gone or another one by now.
    for base in "$own" "$shared" "$(user_home)/.config/wireshark" \
        /usr/share/wireshark /usr/local/share/wireshark; do
        remove_profile "$base" || failed=1
    done
    for base in "${personal%/*}" "${global%/*}" "$(user_home)/.local/lib/wireshark/plugins" \
        /usr/lib/*/wireshark/plugins /usr/lib*/wireshark/plugins /usr/local/lib*/wireshark/plugins; do
        remove_from "$base"
    done
fi
if [ -z "$seen" ]; then
    echo "imshark is not installed; nothing to remove."
elif [ -z "$package" ] && [ -r "$notes/packages" ]; then
    echo "These packages, installed for the build, stay:" "$(tr ' ' '\n' <"$notes/packages" | sort -u | tr '\n' ' ')"
fi
exit $failed
