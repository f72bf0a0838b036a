# shellcheck shell=bash
# Sourced by the scripts of this folder, which use the variables it sets.
# shellcheck disable=SC2034
# shellcheck source-path=SCRIPTDIR source=../../tests/lib.sh disable=SC1091
source "$(dirname "${BASH_SOURCE[0]}")/../../tests/lib.sh"

# What is made for Windows, beside the roots.
windows=${roots%/*}/windows
# The compiler and its tools, of mingw-w64 for the Universal C Runtime, which Wireshark's own
# builds use as well.
tools=x86_64-w64-mingw32ucrt-
