#!/usr/bin/env bash
# Whether the plugin builds with the least versions of its dependencies that Cargo.toml allows, and with the
# minimum Rust. Both are those of the root that tests/roots.sh --with-rust 4.4 makes.
#
#   tests/minimal.sh
set -euo pipefail
umask 022
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$(dirname "${BASH_SOURCE[0]}")/.."

target=${CARGO_TARGET_DIR:-$PWD/target}/minimal
[[ $target == /* ]] || target=$PWD/$target
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git -c safe.directory="$PWD" ls-files -z | xargs -0 cp --parents -t "$work"

# cargo of the minimum Rust has this option only for its own developers.
RUSTC_BOOTSTRAP=1 minimum_cargo "$target" update -Zdirect-minimal-versions --manifest-path "$work/Cargo.toml"
for features in '' --no-default-features; do
    # shellcheck disable=SC2086 # none or one
    minimum_cargo "$target" check --locked --lib $features --manifest-path "$work/Cargo.toml"
done
echo '== the least versions of all dependencies build'
