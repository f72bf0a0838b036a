#!/usr/bin/env bash
# Puts back, one at a time, bugs that this project once had, and breaks each invariant of the
# fuzz targets: a test or a target has to find each within a minute.
#
#   tests/mutants.sh [--version X.Y] [--only NAME]...
#
# tests/mutants/NAME.patch begins with what is broken, and then says what finds it:
#
#   test: ARGUMENTS         cargo test --no-default-features ARGUMENTS
#   fuzz: TARGET [TARGET]   these targets over their seeds
#   wireshark: TEST         this test of tests/wireshark, with the plugin made of the copy
#   says: TEXT              what the failure says, if only this counts
#   invariant: NAME         an invariant of docs/fuzzing.md that this patch breaks
#
# Everything happens in a copy, which stays in the target folder for the next run. --version chooses the root whose
# Wireshark runs the plugin, see tests/roots.sh; without it, that is the installed one. If there is none, the mutants
# that need it are skipped.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$(dirname "${BASH_SOURCE[0]}")/.."

limit=60
names=() version=
while (($#)); do
    case $1 in
    --version) version=${2:?--version wants a number}; shift ;;
    --only) names+=("${2:?--only wants a name}"); shift ;;
    *) die "usage: tests/mutants.sh [--version X.Y] [--only NAME]..." ;;
    esac
    shift
done
patches=$PWD/tests/mutants
if ((${#names[@]} == 0)); then
    for patch in "$patches"/*.patch; do
        names+=("$(basename "$patch" .patch)")
    done
fi

work=${CARGO_TARGET_DIR:-$PWD/target}/mutants
[[ $work == /* ]] || work=$PWD/$work
copy=$work/copy
rm -rf "$copy"
mkdir -p "$copy"
# With new times: cargo builds again what an earlier run has left patched.
git -c safe.directory="$PWD" ls-files -z --deduplicate | tar --null -T - -c | tar -xm -C "$copy"
# Nothing of libFuzzer is linked: any archive does.
printf '!<arch>\n' >"$work/libFuzzer.a"
export CARGO_TARGET_DIR=$work/target CUSTOM_LIBFUZZER_PATH=$work/libFuzzer.a CARGO_INCREMENTAL=1
export CARGO_PROFILE_DEV_OPT_LEVEL=0 CARGO_PROFILE_DEV_DEBUG=0
export CARGO_PROFILE_TEST_OPT_LEVEL=0 CARGO_PROFILE_TEST_DEBUG=0
unset WIRESHARK_SYSROOT
export IMSHARK_WIRESHARK=${version:-installed} IMSHARK_PLUGIN_DIR=$work/plugins
# The copy is no repository, and is not to be taken for a part of this one.
export GIT_CEILING_DIRECTORIES=$work
cd "$copy"

# The value of the header $2 of the patch $1.
header() {
    sed -n "/^diff /q; s/^$2: //p" "$patches/$1.patch"
}

# Sets command to what finds the mutant $1, and options to what the test gets.
set_command() {
    local targets arguments
    targets=$(header "$1" fuzz)
    test=$(header "$1" wireshark)
    options=()
    unset IMSHARK_FUZZ_TARGETS
    if [[ $targets ]]; then
        export IMSHARK_FUZZ_TARGETS=$targets
        command=(cargo test --locked --manifest-path fuzz/Cargo.toml --lib targets_survive)
    elif [[ $test ]]; then
        command=(cargo test --locked --no-default-features --test wireshark)
        options=(-- --ignored --exact "$test")
    else
        read -ra arguments <<<"$(header "$1" test)"
        ((${#arguments[@]})) || die "$1.patch does not say what finds it"
        command=(cargo test --locked --no-default-features "${arguments[@]}")
    fi
}

# The plugin is built for a short build time rather than speed.
build_imshark() {
    local sysroot=()
    [[ $IMSHARK_WIRESHARK == installed ]] || sysroot=(WIRESHARK_SYSROOT="$roots/$version")
    env "${sysroot[@]}" CARGO_TARGET_DIR="$work/plugin" cargo build --locked --lib &&
        install -D -m 755 "$work/plugin/debug/libimshark.so" "$IMSHARK_PLUGIN_DIR/$minor/epan/imshark.so"
}

build() {
    { [[ ! $test ]] || build_imshark; } >"$work/build.log" 2>&1 && "${command[@]}" --no-run >>"$work/build.log" 2>&1
}

run() {
    timeout --kill-after 5 "$limit" "${command[@]}" "${options[@]}" >"$work/run.log" 2>&1
}

# Sets names to those that can be tried.
without_wireshark() {
    local name kept=()
    for name in "${names[@]}"; do
        if [[ -e $patches/$name.patch && $(header "$name" wireshark) ]]; then
            echo "skipped: $name, because no Wireshark is installed"
            skipped=$((skipped + 1))
        else
            kept+=("$name")
        fi
    done
    names=("${kept[@]}")
}

skipped=0
minor=$(tests/in-root "$IMSHARK_WIRESHARK" tshark --version 2>"$work/run.log" | minor_version) || minor=
if [[ ! $minor ]]; then
    [[ ! $version ]] || { cat "$work/run.log"; die "tests/in-root $version tshark does not run"; }
    without_wireshark
    ((${#names[@]})) || die 'nothing is left to try'
fi

# That every command passes without a patch shows that the patch makes it fail.
declare -A passed=()
for name in "${names[@]}"; do
    [[ -e $patches/$name.patch ]] || die "there is no tests/mutants/$name.patch"
    set_command "$name"
    key="${IMSHARK_FUZZ_TARGETS:-} ${command[*]} ${options[*]}"
    [[ ! ${passed[$key]:-} ]] || continue
    build || { cat "$work/build.log"; die "$name: ${command[*]} does not build without a patch"; }
    run || { tail -n 40 "$work/run.log"; die "$name: ${command[*]} fails without a patch"; }
    grep -q '^test result: ok. [1-9]' "$work/run.log" || die "$name: ${command[*]} runs no test"
    passed[$key]=yes
done
echo "== ${#passed[@]} commands pass without a patch"

failures=0
# Applies the patch of the mutant $1, and sets outcome, and how many seconds it took to find.
try() {
    local status=0 says start
    seconds='' applied=''
    git apply "$patches/$1.patch" 2>"$work/apply.log" || { outcome='DOES NOT APPLY'; return; }
    applied=yes
    build || { outcome='DOES NOT BUILD'; return; }
    says=$(header "$1" says)
    start=${EPOCHREALTIME/[.,]/}
    run || status=$?
    seconds=$(((${EPOCHREALTIME/[.,]/} - start) / 100000))
    seconds=${seconds%?}.${seconds: -1}
    seconds=${seconds/#./0.}
    if ((status == 0)); then
        outcome='SURVIVES'
    elif ((status == 124 || status == 137)); then
        outcome="NOT FOUND IN $limit s"
    elif [[ $says ]] && ! grep -qF -- "$says" "$work/run.log"; then
        outcome="FOUND BY SOMETHING ELSE"
    else
        outcome=found
    fi
}

printf '%-44s %-50s %7s\n' mutant 'found by' seconds
for name in "${names[@]}"; do
    set_command "$name"
    try "$name"
    # With a new time, or else cargo would keep what it has built of the patch.
    [[ ! $applied ]] || git apply -R "$patches/$name.patch"
    by=$(header "$name" test)$(header "$name" fuzz)$test
    if [[ $outcome != found ]]; then
        by="$outcome: $by"
        failures=$((failures + 1))
    fi
    printf '%-44s %-50s %7s\n' "$name" "$by" "$seconds"
done
((failures == 0)) || die "$failures of ${#names[@]} mutants are not found"
echo "== ${#names[@]} mutants found, $skipped skipped"
