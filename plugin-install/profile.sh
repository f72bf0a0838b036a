# shellcheck shell=sh
# The configuration profile "MSN and QQ", sourced by install.sh and uninstall.sh after lib.sh.
#
# The folder of an installed profile has a list of the files in it that are ours, each with
# its checksum. What differs from that list is the user's: it is not replaced, and then the
# profile is not removed. "recent" is Wireshark's from its first use on.

profile="MSN and QQ"
profile_files="${here:?}/profile"
profile_list=.imshark
profile_recent=recent

checksum() { cksum 2>/dev/null <"$1" || :; }
listed() { # FOLDER NAME: the checksum in its list; empty without one
    sed -n "s/ $2\$//p" "$1/$profile_list" 2>/dev/null || :
}

place_profile() { # CONFIGURATION: Wireshark's folder for it
    to=$1/profiles/$profile
    if [ -e "$to" ] && [ ! -e "$to/$profile_list" ]; then
        warn "the profile $to is not imshark's and stays as it is; ours is in $profile_files"
        return
    fi
    if ! mkdir -p "$to" 2>/dev/null || ! true 2>/dev/null >"$to/.new-list"; then
        warn "the profile cannot be written to $to; check its permissions."
        return
    fi
    kept=
    [ -e "$to/$profile_list" ] || cp "$profile_files/$profile_recent" "$to/"
    for file in "$profile_files"/*; do
        name=${file##*/}
        [ "$name" != "$profile_recent" ] || continue
        old=$(listed "$to" "$name")
        sum=$(checksum "$file")
        if [ -n "$old" ] || [ -e "$to/$name" ]; then
            case $(checksum "$to/$name") in
                "$sum" | "${old:-none}") ;;
                *)
                    kept="$kept $name"
                    [ -z "$old" ] || echo "$old $name" >>"$to/.new-list"
                    continue
                    ;;
            esac
        fi
        if cp "$file" "$to/.new" && chmod 644 "$to/.new" && mv -f "$to/.new" "$to/$name"; then
            echo "$sum $name" >>"$to/.new-list"
        else
            rm -f "$to/.new"
        fi
    done
    mv -f "$to/.new-list" "$to/$profile_list"
    echo "The profile \"$profile\" is in $to"
    [ -z "$kept" ] || warn "what you have changed in it stays:$kept; what is new is in $profile_files"
}

is_our_profile() { # FOLDER: whether there is nothing of the user's in it
    for file in "$1"/* "$1"/.[!.]*; do
        name=${file##*/}
        case $name in
            "$profile_list" | "$profile_recent") ;;
            *) [ ! -e "$file" ] || [ "$(checksum "$file")" = "$(listed "$1" "$name")" ] || return 1 ;;
        esac
    done
}

remove_profile() { # CONFIGURATION
    dir=$1/profiles/$profile
    [ -e "$dir/$profile_list" ] || return 0
    if ! is_our_profile "$dir"; then
        warn "the profile $dir stays, because you have changed it; delete it yourself if you want."
        return 0
    fi
    if ! rm -f "$dir"/* "$dir/$profile_list" 2>/dev/null || ! rmdir "$dir" 2>/dev/null; then
        warn "$dir cannot be removed by you; run: sudo \"$here/uninstall.sh\""
        return 1
    fi
    echo "Removed $dir"
    printf '%s\n' "$1/profiles" "$1" | remove_empty
}
