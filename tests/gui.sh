#!/usr/bin/env bash
# What only a window does, again and again: scripts are loaded anew, the profile is changed, the file is read
# again. Wireshark has to go on, show MSN as before, and need no more memory for it than without imshark. It takes
# five minutes.
#
#   tests/gui.sh [--version X.Y] [--plugins DIR] [--rounds N]
#
# Without --version: the installed Wireshark; else the GUI of tests/gui-root.sh. --plugins takes imshark from a
# folder with X.Y/epan/imshark.so instead of building it. Needs Xvfb and xdotool.
set -euo pipefail
umask 022
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$(dirname "${BASH_SOURCE[0]}")/.."

version=installed plugins='' rounds=10
while (($#)); do
    case $1 in
    --version) version=${2:?--version wants a number}; shift ;;
    --plugins) plugins=$(cd "${2:?--plugins wants a folder}" && pwd); shift ;;
    --rounds) rounds=${2:?--rounds wants a number}; shift ;;
    *) die 'usage: tests/gui.sh [--version X.Y] [--plugins DIR] [--rounds N]' ;;
    esac
    shift
done
for tool in Xvfb xdotool; do
    command -v "$tool" >/dev/null || die "install $tool"
done

work=$(mktemp -d)
chmod 755 "$work"
screen='' window='' main=''
end() {
    [[ ! $window ]] || kill "$window" 2>/dev/null || true
    [[ ! $screen ]] || kill "$screen" 2>/dev/null || true
    rm -rf "$work"
}
trap end EXIT
if [[ ! $plugins ]]; then
    plugins=$work/plugins
    full=$(full_version "$version")
    build_plugin "$version" "${full%.*}" "$plugins"
fi
gui=(tests/in-root installed wireshark)
if [[ $version != installed ]]; then
    tests/gui-root.sh "$version"
    gui=(tests/gui-root.sh "$version")
fi

home=$work/home said=$work/said
mkdir -p "$home/.config/wireshark/profiles/Other" "$home/.local/lib/wireshark/plugins" "$work/none"
echo 'tcp.check_checksum: TRUE' >"$home/.config/wireshark/profiles/Other/preferences"
# Says when it is loaded, and what a frame of a message is whenever it is dissected, and whether its checksum is
# verified (0 or 1) or not (2), which is the profile's choice: 3.4 does not tell Lua preferences.
cat >"$home/.local/lib/wireshark/plugins/lookout.lua" <<'LUA'
local function say(text)
    local file = io.open(os.getenv("IMSHARK_SAID"), "a")
    file:write(text, "\n")
    file:close()
end
local protocols = Field.new("frame.protocols")
local checksum = Field.new("tcp.checksum.status")
local lookout = Proto("lookout", "Lookout")
function lookout.dissector(tvb, pinfo, tree)
    if pinfo.number == 4 then
        say(tostring(protocols()) .. " " .. checksum().value)
    end
end
register_postdissector(lookout)
say("loaded")
LUA
chmod -R a+rwX "$home"

# Presses keys, and waits until what is said then, ends with such a line.
press() { # LINE KEY...
    local line=$1 before key try
    shift
    before=$(wc -l <"$said")
    # Without a window manager, a dialog that closes leaves none.
    xdotool windowfocus "$main"
    for key in "$@"; do
        xdotool key "$key"
        # A dialog opens.
        sleep 2
    done
    for ((try = 0; try < 60; try++)); do
        kill -0 "$window" 2>/dev/null || { cat "$work/err"; die "Wireshark ends after $*"; }
        ! tail -n "+$((before + 1))" "$said" | grep -qE "$line" || return 0
        sleep 0.5
    done
    tail -n "+$((before + 1))" "$said"
    die "after $*, nothing says $line"
}

memory() {
    awk '/^RssAnon:/ {print $2}' "/proc/$window/status"
}

scripts() {
    press '^loaded$' ctrl+shift+l
}

profiles() {
    press ':msnms.* [01]$' ctrl+shift+a Down Return
    press ':msnms.* 2$' ctrl+shift+a Up Return
}

files() {
    press ':msnms.* 2$' ctrl+r
}

# Sets growth, in kilobytes, from the third round to the one of the last three after which there is least: Qt has
# up to 10 MB more now and then.
play() { # ACTION PLUGINS
    local round settled=0 now
    growth=
    : >"$said"
    chmod 666 "$said"
    HOME=$home IMSHARK_SAID=$said WIRESHARK_PLUGIN_DIR=$2 LANG=C.UTF-8 MALLOC_ARENA_MAX=1 \
        WIRESHARK_ABORT_ON_DISSECTOR_BUG=1 "${gui[@]}" -r tests/captures/msn.pcap >"$work/err" 2>&1 &
    window=$!
    until grep -q 'msnms' "$said"; do
        kill -0 "$window" 2>/dev/null || { cat "$work/err"; die 'Wireshark does not start'; }
        sleep 1
    done
    sleep 5
    main=$(xdotool search --onlyvisible --name '\.pcap$' | tail -n 1)
    for ((round = 1; round <= rounds; round++)); do
        "$1"
        now=$(memory)
        ((round != 3)) || settled=$now
        ((round <= rounds - 3)) || growth=$((growth && growth < now - settled ? growth : now - settled))
    done
    kill "$window"
    wait "$window" 2>/dev/null || true
    window=
}

for ((number = 90; number < 120; number++)); do
    Xvfb ":$number" -screen 0 1300x900x24 -nolisten tcp >/dev/null 2>&1 &
    screen=$!
    sleep 2
    kill -0 "$screen" 2>/dev/null && break
done
export DISPLAY=:$number
failed=0
for action in scripts profiles files; do
    play "$action" "$plugins"
    with=$growth
    play "$action" "$work/none"
    echo "== Wireshark $(full_version "$version"), $action: in $rounds rounds memory grows by $with KB, without imshark by $growth KB"
    ((with <= growth + growth / 50 + 4096)) || failed=1
done
((!failed)) || die 'what is read again stays in memory'
