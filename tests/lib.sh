# shellcheck shell=bash
# Sourced by the scripts of this folder, which use what it sets.
# shellcheck disable=SC2034

# A directory below root's home is closed to the user that tests/in-root becomes.
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

# The oldest Rust that Cargo.toml promises.
minimum_rust() {
    sed -n 's/^rust-version *= *"\(.*\)"/\1/p' "${BASH_SOURCE[0]%/*}/../Cargo.toml"
}

# Wireshark's minor version, from `tshark --version` on stdin.
minor_version() {
    sed -nE '1s/^TShark \(Wireshark\) ([0-9]+\.[0-9]+)\..*/\1/p'
}

# Sets root_command to what runs a program of root $1 with nothing but that
# root's libraries. The cache is the host's list of libraries, hence no cache.
root_loader() {
    local loaders=("$1"/usr/lib/*-linux-gnu*/ld-linux*.so.*)
    [[ -e ${loaders[0]} ]] || die "no dynamic loader in $1"
    root_libraries=${loaders[0]%/*}
    root_command=("${loaders[0]}" --inhibit-cache --library-path "$root_libraries:$1/usr/lib")
}

# As root_loader, for Wireshark's tools: they have /usr compiled in, so the
# environment has to lead them to the root's data and away from the host's. They
# would start extcap programs without the root's loader: hence no such folder.
root_wireshark() {
    root_loader "$1"
    export WIRESHARK_DATA_DIR=$1/usr/share/wireshark
    export WIRESHARK_EXTCAP_DIR=$1/no-extcap
    export WIRESHARK_PLUGIN_DIR=${WIRESHARK_PLUGIN_DIR:-$root_libraries/wireshark/plugins}
}

# The full number of a Wireshark, of a root or installed: 4.4.19.
full_version() {
    local full
    full=$(tests/in-root "$1" tshark --version | sed -nE '1s/^[^0-9]*([0-9.]+[0-9]).*/\1/p') || true
    [[ $full ]] || die "tests/in-root $1 tshark does not run"
    echo "$full"
}

# $1 is the version asked for, $2 the number that Wireshark's plugin folder has, $3 the
# tree to lay the plugin in, the rest options for cargo.
build_plugin() {
    local version=$1 minor=$2 tree=$3 target=$CARGO_TARGET_DIR
    shift 3
    if [[ $version == installed ]]; then
        cargo build --release --locked "$@"
    else
        # Apart from target/release, which people install from.
        target+=/other-wireshark
        WIRESHARK_SYSROOT=$roots/$version CARGO_TARGET_DIR=$target cargo build --release --locked "$@"
    fi
    install -D -m 755 "$target/release/libimshark.so" "$tree/$minor/epan/imshark.so"
}
