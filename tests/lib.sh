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
