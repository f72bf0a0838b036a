#!/usr/bin/env bash
# Build tshark.exe and sharkd.exe of Wireshark X.Y from Debian's source of it.
#
#   tests/windows/tshark.sh X.Y
#
# They are made once and kept in windows/tshark/X.Y beside the roots, with their DLLs and data. Takes
# 8 minutes of one core, 2 GB while it builds and 150 MB afterwards. Ends with 75 if Debian's
# mirror has the source no more; IMSHARK_WIRESHARK_SOURCE names a folder with it instead.
set -euo pipefail
umask 022
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=../../plugin-install/windows/lib.sh disable=SC1091
source "$here/../../plugin-install/windows/lib.sh"

version=${1:?usage: tests/windows/tshark.sh X.Y}
folder=$windows/tshark/$version work=$windows/tshark/.work-$version
libraries=$windows/libraries

if [[ ! ${IMSHARK_IN_DEBIAN:-} ]]; then
    [[ ! -e $folder/sharkd.exe ]] || exit 0
    source=${IMSHARK_WIRESHARK_SOURCE:-}
    if [[ ! $source ]]; then
        "$here/sources.sh" "$version" || exit
    fi
    "$here/sources.sh" c-ares || exit
    "$here/../roots.sh" 4.0 "$version" >/dev/null
    mkdir -p "$work"
    [[ ! $source ]] || cp -r "$source" "$work/source"
    exec "$here/../../plugin-install/windows/debian.sh" --with-wine -- env IMSHARK_IN_DEBIAN=1 IMSHARK_ROOTS="$roots" \
        "$here/tshark.sh" "$version"
fi

unpack() {
    [[ ! -e $work/source/CMakeLists.txt ]] || return 0
    rm -rf "$work/source"
    dpkg-source --no-check -x "$windows/sources/$version"/*.dsc "$work/source" >/dev/null
}

# What keeps the source from being built by mingw-w64 on Linux.
adapt() {
    local name
    # Windows does not tell upper case from lower case.
    mkdir -p "$work/include"
    for name in VersionHelpers.h Ws2tcpip.h WS2tcpip.h Winsock2.h WinSock2.h Windows.h; do
        printf '#include <%s>\n' "${name,,}" >"$work/include/$name"
    done
    # The parser generator runs on this machine.
    gcc -O1 -w -o "$work/lemon" "$work/source/tools/lemon/lemon.c"
    cat >"$work/source/tools/lemon/CMakeLists.txt" <<CMAKE
add_executable(lemon IMPORTED GLOBAL)
set_target_properties(lemon PROPERTIES IMPORTED_LOCATION $work/lemon)
CMAKE
    # Without libpcap it misses a header.
    sed -i '0,/^#include/s//#include <wsutil\/feature_list.h>\n&/' "$work/source/capture/capture-wpcap.c"
    # Windows has 32 bits in a long.
    sed -i 's/&(s_in.sin_addr.s_addr)/(ws_in4_addr *)\&s_in.sin_addr/' "$work/source/sharkd_daemon.c"
}

configure() {
    local off=() name
    for name in wireshark rawshark dumpcap text2pcap mergecap reordercap editcap capinfos captype randpkt dftest \
        corbaidl2wrs dcerpcidl2wrs xxx2deb androiddump sshdump ciscodump dpauxmon randpktdump wifidump etwdump \
        udpdump mmdbresolve; do
        off+=("-DBUILD_$name=OFF")
    done
    for name in PCAP LUA GNUTLS LIBXML2 WERROR MINIZIP BROTLI LZ4 SNAPPY ZSTD NGHTTP2 SMI KERBEROS SBC SPANDSP BCG729 \
        ILBC OPUS WINSPARKLE ASAN LTO CCACHE; do
        off+=("-DENABLE_$name=OFF")
    done
    LIBRARIES=$libraries MSYSTEM=MINGW64 PKG_CONFIG_LIBDIR=/nowhere cmake -S "$work/source" -B "$work/build" -G Ninja \
        -DCMAKE_TOOLCHAIN_FILE="$here/toolchain.cmake" -DCMAKE_BUILD_TYPE=Release -DCMAKE_C_FLAGS_RELEASE=-O0 \
        -DCMAKE_C_FLAGS="-w -DCARES_STATICLIB -idirafter $work/include" -DCMAKE_DEPENDS_USE_COMPILER=OFF \
        -DCMAKE_C_STANDARD_LIBRARIES='-lkernel32 -luser32 -lgdi32 -lwinspool -lshell32 -lole32 -loleaut32 -luuid -lcomdlg32 -ladvapi32 -liphlpapi' \
        -DGLIB2_INTERNAL_INCLUDE_DIR="$libraries/lib/glib-2.0/include" -DHAVE_C99_VSNPRINTF_EXITCODE=0 \
        -DBUILD_tshark=ON -DBUILD_sharkd=ON -DENABLE_PLUGINS=ON -DENABLE_ZLIB=ON "${off[@]}"
}

"$here/libraries.sh" >"$work/log" 2>&1 || { tail -n 20 "$work/log"; die "the libraries that tshark.exe needs cannot be made; see $work/log"; }
unpack
adapt
configure >"$work/log" 2>&1 || { tail -n 20 "$work/log"; die "the source of Wireshark $version cannot be configured; see $work/log"; }
nice -n 15 ninja -C "$work/build" tshark sharkd >"$work/log" 2>&1 ||
    { grep -A 15 '^FAILED' "$work/log" | head -n 40; die "tshark.exe and sharkd.exe of Wireshark $version cannot be built; see $work/log"; }

rm -rf "$folder" "$folder.new"
mkdir -p "$folder.new"
cp -r "$roots/$version"/usr/share/wireshark/. "$folder.new/"
cp "$work"/build/run/{tshark.exe,sharkd.exe,libw*.dll} "$libraries"/bin/*.dll "/usr/${tools%-}/lib/libwinpthread-1.dll" "$folder.new/"
"${tools}strip" "$folder.new"/{tshark.exe,sharkd.exe,libw*.dll}
mv "$folder.new" "$folder"
rm -rf "$work"
