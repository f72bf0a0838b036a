# shellcheck shell=sh disable=SC2034,SC2154  # values of and for the scripts
# Installing a build that package.sh has packed, sourced by install.sh after lib.sh. Its folder
# has SHA256SUMS of its files, and BUILD: the lines "imshark V", "wireshark X.Y", "system S".

unpacked= # the folder that --archive is unpacked to

sha256() { # of standard input
    if has_command sha256sum; then sha256sum; else shasum -a 256; fi | cut -d ' ' -f 1
}

build_of() { sed -n "s/^$1 //p" "$package/BUILD" 2>/dev/null; }

unpack() { # ARCHIVE: sets $package
    archive=$1
    [ -r "$archive" ] || die "there is no file $archive that you can read."
    case $archive in
        *.zip) die "$archive is for Windows; take the .tar.gz for this system." ;;
        */*) sums=${archive%/*}/SHA256SUMS ;;
        *) sums=SHA256SUMS ;;
    esac
    listed=$(sed -n "s/^\([0-9a-f]\{64\}\)[ *]*${archive##*/}\$/\1/p" "$sums" 2>/dev/null) || :
    if [ -z "$listed" ]; then
        warn "there is no $sums with the sum of ${archive##*/}, so only the files in it are checked."
    elif [ "$(sha256 <"$archive")" != "$listed" ]; then
        die "$archive is damaged: its SHA-256 is not the one in $sums; fetch it again."
    fi
    unpacked=$(mktemp -d) || die "no folder for temporary files can be made; check the free space of /tmp."
    gzip -dc "$archive" 2>/dev/null | tar -xf - -C "$unpacked" 2>/dev/null ||
        die "$archive cannot be unpacked; is it a .tar.gz of imshark, and complete?"
    package=$(dirname "$(echo "$unpacked"/*/BUILD)")
    [ -r "$package/BUILD" ] || die "$archive is not an archive of imshark: it has no file BUILD."
}

check_package() { # before anything is installed
    [ -r "$package/SHA256SUMS" ] || die "SHA256SUMS is missing in $package; unpack the archive again."
    while read -r sum name; do
        [ -r "$package/$name" ] || die "$name is missing in $package; unpack the archive again."
        [ "$(sha256 <"$package/$name")" = "$sum" ] ||
            die "$package/$name is damaged or was changed; unpack the archive again."
    done <"$package/SHA256SUMS"
    system=$(uname -s -m | tr 'A-Z ' 'a-z-')
    [ "$system" = "$(build_of system)" ] ||
        die "this archive is for $(build_of system), and this system is $system; here imshark must be built: run plugin-install/install.sh in a checkout."
    has_tshark || die "tshark is missing; $(remedy tshark)"
    find_tshark
    [ "$(major_minor "$tshark_version")" = "$(build_of wireshark)" ] ||
        die "this archive is for Wireshark $(build_of wireshark), but $tshark is $tshark_version;" \
            "take the archive with wireshark-$(major_minor "$tshark_version") in its name."
    built=$package/$plugin
}
