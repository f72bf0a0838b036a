#!/usr/bin/env bash
# Make the libraries that tshark.exe needs: GLib and PCRE2 as built by Microsoft's compiler,
# from a package of PyPI; libgcrypt and zlib of mingw-w64; c-ares from its source.
#
#   tests/windows/libraries.sh      (run by tshark.sh, in its Debian)
#
# They are kept in windows/libraries beside the roots.
set -euo pipefail
umask 022
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=../../plugin-install/windows/lib.sh disable=SC1091
source "$here/../../plugin-install/windows/lib.sh"

wheel=gstreamer_libs==1.28.8
export LIBRARIES=$windows/libraries
[[ ! -e $LIBRARIES/complete ]] || exit 0
work=$windows/libraries.work
rm -rf "$LIBRARIES" "$work"
mkdir -p "$LIBRARIES"/{bin,include,lib/glib-2.0/include} "$work"
trap 'rm -rf "$work"' EXIT

dlls() { # DLL:NAME-FOR-THE-LINKER...
    local pair dll name
    python3 -m pip download --quiet --disable-pip-version-check --only-binary :all: --no-deps \
        --platform win_amd64 --python-version 3.12 --dest "$work" "$wheel" >&2
    python3 -m zipfile -e "$work"/*.whl "$work/wheel"
    for pair; do
        dll=${pair%:*}.dll name=${pair#*:}
        find "$work/wheel" -name "$dll" -exec cp {} "$LIBRARIES/bin/" \;
        [[ -e $LIBRARIES/bin/$dll ]] || die "$wheel has no $dll"
        [[ $name ]] || continue
        gendef - "$LIBRARIES/bin/$dll" >"$work/$name.def" 2>/dev/null
        "${tools}dlltool" -d "$work/$name.def" -D "$dll" -l "$LIBRARIES/lib/lib$name.dll.a"
    done
}

headers() {
    local root=$roots/4.0/usr mingw=/usr/x86_64-w64-mingw32
    cp -r "$root/include/glib-2.0" "$root/include/pcre2.h" "$LIBRARIES/include/"
    sed -E -f "$here/../../plugin-install/windows/glibconfig.sed" "$root"/lib/*/glib-2.0/include/glibconfig.h \
        >"$LIBRARIES/lib/glib-2.0/include/glibconfig.h"
    cp $mingw/include/{gcrypt,gpg-error,gpgrt}.h "$LIBRARIES/include/"
    cp $mingw/lib/{libgcrypt,libgpg-error}.dll.a "$LIBRARIES/lib/"
    find $mingw /usr/lib/gcc/x86_64-w64-mingw32* -name 'libgcrypt-*.dll' -exec cp {} "$LIBRARIES/bin/" \;
    find $mingw /usr/lib/gcc/x86_64-w64-mingw32* -name 'libgpg-error*.dll' -exec cp {} "$LIBRARIES/bin/" \;
    cp "/usr/${tools%-}"/include/z{conf,lib}.h "$LIBRARIES/include/"
    cp "/usr/${tools%-}/lib/libz.a" "$LIBRARIES/lib/"
}

c_ares() {
    local source=$work/c-ares
    dpkg-source --no-check -x "$windows"/sources/c-ares/*.dsc "$source" >/dev/null
    # Names that Windows lacks.
    sed -i '1i #ifndef INADDRSZ\n#define INADDRSZ 4\n#define IN6ADDRSZ 16\n#endif' "$source/src/lib/inet_net_pton.c"
    cmake -S "$source" -B "$work/build" -G Ninja -DCMAKE_TOOLCHAIN_FILE="$here/toolchain.cmake" \
        -DCMAKE_BUILD_TYPE=MinSizeRel -DCMAKE_INSTALL_PREFIX="$LIBRARIES" -DCMAKE_INSTALL_LIBDIR=lib \
        -DCARES_STATIC=ON -DCARES_SHARED=OFF -DCARES_BUILD_TOOLS=OFF -DCARES_BUILD_TESTS=OFF >&2
    nice ninja -C "$work/build" install >&2
}

dlls glib-2.0-0:glib-2.0 gmodule-2.0-0:gmodule-2.0 gthread-2.0-0:gthread-2.0 pcre2-8-0:pcre2-8 \
    xml2-16:xml2 intl-8:
headers
c_ares
touch "$LIBRARIES/complete"
