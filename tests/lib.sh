# shellcheck shell=bash
# Sourced by the scripts of this folder, which use the variables it sets, and set some that it uses.
# shellcheck disable=SC2034,SC2154

# A folder below root's home is closed to the user that tests/in-root becomes.
if [[ -n ${IMSHARK_ROOTS:-} ]]; then
    roots=$IMSHARK_ROOTS
elif ((EUID == 0)); then
    roots=/var/cache/imshark/roots
else
    roots=${XDG_CACHE_HOME:-$HOME/.cache}/imshark/roots
fi
[[ $roots == /* ]] || roots=$PWD/$roots
export IMSHARK_ROOTS=$roots

die() {
    echo "${0##*/}: $*" >&2
    exit 1
}

# The minimum Rust version of Cargo.toml.
minimum_rust() {
    sed -n 's/^rust-version *= *"\(.*\)"/\1/p' "${BASH_SOURCE[0]%/*}/../Cargo.toml"
}

# Runs cargo of the root for 4.4, which has exactly the minimum Rust. Only rustc and cargo are the root's: the
# linker and libclang are this machine's, so nothing has to be mounted and no root is needed. $1 is the target folder.
minimum_cargo() {
    local target=$1 rustc=$1/rustc here=${BASH_SOURCE[0]%/*}
    shift
    local -x IMSHARK_KEEP_ROOT=1
    [[ $("$here/in-root" 4.4 rustc --version) == "rustc $(minimum_rust)."* ]] ||
        die "$("$here/in-root" 4.4 rustc --version) is not the rust-version of Cargo.toml, $(minimum_rust)"
    mkdir -p "$target"
    printf '#!/bin/sh\nexec %q 4.4 rustc "$@"\n' "$(cd "$here" && pwd)/in-root" >"$rustc"
    chmod 755 "$rustc"
    RUSTC=$rustc CARGO_TARGET_DIR=$target WIRESHARK_SYSROOT=$roots/4.4 "$here/in-root" 4.4 cargo "$@"
}

# For each file of tests that uses the library and needs no Wireshark, the option of cargo for it. What reads the
# sources does not use it; tests/wireshark is a folder.
tests_of_library() {
    grep -lE '\b(imshark|test_support)::' tests/*.rs | sed -E 's,^.*/(.*)\.rs$,--test=\1,'
}

# Tests of tests/samples.rs that take minutes where lines are counted, and reach the lines that others reach.
slow_if_counted=(every_prefix_of_every_packet_is_survived)

# Wireshark's minor version, from `tshark --version` on stdin.
minor_version() {
    sed -nE '1s/^TShark \(Wireshark\) ([0-9]+\.[0-9]+)\..*/\1/p'
}

# Sets root_command to a command that runs a program of root $1 with that root's libraries
# only. The loader's cache lists the host's libraries, hence --inhibit-cache.
root_loader() {
    local loaders=("$1"/usr/lib/*-linux-gnu*/ld-linux*.so.*)
    [[ -e ${loaders[0]} ]] || die "no dynamic loader in $1"
    root_libraries=${loaders[0]%/*}
    root_command=("${loaders[0]}" --inhibit-cache --library-path "$root_libraries:$1/usr/lib")
}

# As root_loader, for Wireshark's tools: /usr is compiled into them, so the environment
# has to point them to the root's data instead of the host's. They would start extcap
# programs without the root's loader, hence a folder that does not exist.
root_wireshark() {
    root_loader "$1"
    export WIRESHARK_DATA_DIR=$1/usr/share/wireshark
    export WIRESHARK_EXTCAP_DIR=$1/no-extcap
    export WIRESHARK_PLUGIN_DIR=${WIRESHARK_PLUGIN_DIR:-$root_libraries/wireshark/plugins}
}

# After root_wireshark, for the GUI of the same root. Some of its libraries are in folders
# that their users name with an absolute path.
root_gui() {
    local folders
    folders=$(find "$root_libraries" -mindepth 2 -name 'lib*.so*' -printf '%h\n' | sort -u | paste -sd:)
    root_command[3]+=:$folders
    export QT_PLUGIN_PATH=$root_libraries/qt6/plugins:$root_libraries/qt5/plugins QT_QPA_PLATFORM=xcb
    export XKB_CONFIG_ROOT=$1/usr/share/X11/xkb FONTCONFIG_SYSROOT=$1
}

# The full version of a Wireshark, of a root or installed: 4.4.19.
full_version() {
    local full
    full=$(tests/in-root "$1" tshark --version | sed -nE '1s/^[^0-9]*([0-9.]+[0-9]).*/\1/p') || true
    [[ $full ]] || die "tests/in-root $1 tshark does not run"
    echo "$full"
}

# $1 is the version requested, $2 the version in the name of Wireshark's plugin folder, $3
# the tree to put the plugin in; the rest are options for cargo.
build_plugin() {
    local version=$1 minor=$2 tree=$3 target=$CARGO_TARGET_DIR
    shift 3
    if [[ $version == installed ]]; then
        cargo build --release --locked "$@"
    else
        # Not in target/release, from which people install.
        target+=/other-wireshark
        WIRESHARK_SYSROOT=$roots/$version CARGO_TARGET_DIR=$target cargo build --release --locked "$@"
    fi
    install -D -m 755 "$target/release/libimshark.so" "$tree/$minor/epan/imshark.so"
}

# Compiles benches/peers/$1.c for version $2, whose minor version is $3, into the tree $4.
build_peer() {
    local name=$1 root=$roots/$2 minor=$3 tree=$4 flags=() folder
    if [[ $2 == installed ]]; then
        read -ra flags <<<"$(pkg-config --cflags wireshark glib-2.0)"
    else
        for folder in "$root/usr/include/wireshark" "$root/usr/include/glib-2.0" "$root"/usr/lib/*/glib-2.0/include; do
            flags+=(-isystem "$folder")
        done
    fi
    mkdir -p "$tree/$minor/epan"
    "${CC:-cc}" -O2 -Wall -Wextra -shared -fPIC -DMAJOR="${minor%.*}" -DMINOR="${minor#*.}" "${flags[@]}" \
        -o "$tree/$minor/epan/$name.so" "benches/peers/$name.c"
}

# Sets reports to the options for every report that imshark of $2 has in tshark of version $1.
reports_of() {
    local name
    reports=()
    while read -r name; do
        case $name in
        follow,*) reports+=(-z "$name,ascii,0") ;;
        *) reports+=(-z "$name") ;;
        esac
    done < <(WIRESHARK_PLUGIN_DIR=$2 tests/in-root "$1" tshark -z help 2>&1 | grep -oE '\S*(msnms|oicq)\S*')
    ((${#reports[@]} > 10)) || die "tshark of Wireshark $1 lists only ${#reports[@]} words of reports: is imshark in $2?"
}

# Options with keys of the accounts in tests/captures.
sample_keys=(-o oicq.show_keys:TRUE)
for row in '12345678","Password","password' '12345678","Session key","30313233343536373839616263646566' \
    '12345678","Share key","44444444444444444444444444444444' '10003","Session key","77777777777777777777777777777777'; do
    sample_keys+=(-o "uat:oicq_keys:\"$row\"")
done
unset row

# Runs a command in a subshell with set -e, which `if ! COMMAND` would disable. What it says is in $work/log; of
# that it prints the lines that match the regular expression $step_lines, if it is set, what was skipped, and how
# many tests passed. Sets step_status to what the command ends with, step_seconds to how long it took.
try_step() { # NAME COMMAND...
    local start=$SECONDS tests
    echo "== $1"
    shift
    set +e
    (set -e; "$@") >"$work/log" 2>&1
    step_status=$?
    set -e
    step_seconds=$((SECONDS - start))
    ((step_status != 75)) || return 0
    [[ ! ${step_lines:-} ]] || grep -E "$step_lines" "$work/log" | sed 's/^/   /' || true
    grep -o 'skipped: .*' "$work/log" | sed 's/^/   /' || true
    tests=$(sed -nE 's/^test result: ok\. ([0-9]+) passed;.* ([0-9]+) ignored;.*/\1 \2/p' "$work/log" |
        awk '{p += $1; i += $2} END {if (NR) printf ", %d tests passed, %d ignored", p, i}')
    ((step_status)) || echo "   $step_seconds s$tests"
}

# As try_step, and ends the script if the command fails. A command that ends with 75 is skipped, for the
# reason in its last line.
step() { # NAME COMMAND...
    try_step "$@"
    if ((step_status == 75)); then
        tail -n 1 "$work/log"
        echo "== skipped: $1"
    elif ((step_status)); then
        cat "$work/log"
        echo "== failed: $1, after $step_seconds s" >&2
        exit 1
    fi
}
