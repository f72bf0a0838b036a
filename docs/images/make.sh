#!/usr/bin/env bash
# Makes the pictures of the lab: the installed Wireshark under Xvfb, with the project's own captures.
#
#   docs/images/make.sh PLUGINS
#
# PLUGINS is the folder that WIRESHARK_PLUGIN_DIR is to name, with PLUGINS/X.Y/epan/imshark.so. Needs xvfb-run, xdotool,
# import of ImageMagick and a Chinese font (Debian: xvfb xauth xdotool imagemagick fonts-wqy-zenhei).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$here/../..
WIRESHARK_PLUGIN_DIR=$(cd "${1:?usage: docs/images/make.sh PLUGINS}" && pwd)
export WIRESHARK_PLUGIN_DIR

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 777 "$folder"
export HOME=$folder WIRESHARK_CONFIG_DIR=$folder/wireshark
mkdir -p "$WIRESHARK_CONFIG_DIR/profiles"
cp -r "$root/plugin-install/profile" "$WIRESHARK_CONFIG_DIR/profiles/MSN and QQ"

printf 'language: zh_CN\n' >"$WIRESHARK_CONFIG_DIR/language"
cat >"$WIRESHARK_CONFIG_DIR/recent_common" <<'END'
gui.geometry_main_x: 0
gui.geometry_main_y: 0
gui.geometry_main_width: 1280
gui.geometry_main_height: 800
gui.geometry_main_maximized: FALSE
END
chmod -R a+rwX "$folder"

# shoot NAME FRAME [OPTIONS of wireshark...]: a picture of the frame, with its tree.
shoot() {
    local name=$1 frame=$2
    shift 2
    # shellcheck disable=SC2016 # for the inner shell
    xvfb-run -a -s '-screen 0 1280x800x24 -ac' bash -c '
        "$0" installed wireshark -C "MSN and QQ" -g "$1" "${@:3}" >/dev/null 2>&1 &
        for ((i = 0; i < 60; i++)); do
            sleep 1
            window=$(xdotool search --name "\.pcap" | tail -n 1) && break
        done
        sleep "${IMSHARK_WAIT:-5}"
        # The last item of the tree is our protocol: opens it, and goes to its end.
        xdotool mousemove 200 700 click 1 key End shift+Right
        sleep 1
        xdotool key End
        sleep 1
        import -window root "$2"
        mogrify +dither -colors 48 -strip "$2"
        kill %1 2>/dev/null
    ' "$root/tests/in-root" "$frame" "$here/$name" "$@"
}

capture=$root/tests/captures/qq-bodies-2013.pcap
key='uat:oicq_keys:"12345678","Session key","30313233343536373839616263646566"'
shoot lab-list.png 27 -r "$capture" -o oicq.chinese_names:TRUE
shoot lab-nat.png 4 -r "$capture" -o oicq.chinese_names:TRUE
shoot lab-message.png 30 -r "$capture" -o oicq.chinese_names:TRUE -o "$key" -Y 'oicq.message.text'
