#!/usr/bin/env bash
# Whether install.cmd and uninstall.cmd of an archive do what they say, on Wine.
#
#   tests/windows/install.sh X.Y ZIP     (run by tests/windows.sh, in its Debian)
#
# X.Y is a version that has a tshark.exe. All is done in a Wine of its own.
set -euo pipefail
umask 022
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=../../plugin-install/windows/lib.sh disable=SC1091
source "$here/../../plugin-install/windows/lib.sh"

version=${1:?usage: install.sh X.Y ZIP} zip=${2:?usage: install.sh X.Y ZIP}
work=$(mktemp -d)
trap 'wineserver -k; wineserver -w; rm -rf "$work"' EXIT
export WINEPREFIX=$work/wine WINEDLLOVERRIDES='mscoree,mshtml,winemenubuilder.exe=;fc.exe,certutil.exe=n'
wine=$here/wine.sh
"$wine" wineboot >/dev/null 2>&1
c=$work/wine/drive_c
for tool in fc certutil; do
    "${tools}gcc" -O1 -municode -o "$c/windows/system32/$tool.exe" "$here/tools.c" -lbcrypt
done
# Programs that nobody asked for, where somebody unzips the archive.
printf '#include <stdio.h>\nint main(void) {fclose(fopen("Z:%s/ran", "w")); puts("TShark (Wireshark) %s.0"); return 0;}\n' \
    "$work" "$version" >"$work/intruder.c"
"${tools}gcc" -O1 -o "$work/intruder.exe" "$work/intruder.c"
# What Explorer does when somebody double-clicks a script.
cat >"$work/double-click.c" <<'C'
#include <stdlib.h>
#include <wchar.h>
int wmain(int count, wchar_t **arguments)
{
    wchar_t line[1024];
    swprintf(line, 1024, L"CMDCMDLINE=C:\\Windows\\system32\\cmd.exe /c \"\"%ls\" \"", arguments[count - 1]);
    _wputenv(line); /* Wine's cmd.exe does not tell it. */
    return _wsystem(wcschr(line, L'"'));
}
C
"${tools}gcc" -O1 -municode -o "$work/double-click.exe" "$work/double-click.c"
program="$c/Program Files/Wireshark"
personal=$(echo "$c"/users/*/AppData/Roaming)
own=$personal/Wireshark/plugins/$version/epan/imshark.dll
profile="$personal/Wireshark/profiles/MSN and QQ"
python3 -m zipfile -e "$zip" "$work/archive"
archive=$(echo "$work"/archive/*)

count=0
# Runs a script of the archive, and leaves in $printed what it prints; $1 is the status that it must end with, $2 what it must print.
expect() {
    local status=$1 words=$2 got=0
    shift 2
    printed=$(cd "$archive" && "$wine" cmd /c "$@" 2>&1 </dev/null | tr -d '\r') || got=$?
    [[ $got == "$status" || $status == any ]] || die "$* ends with $got, not $status: $printed"
    [[ $printed == *"$words"* ]] || die "$* does not say \"$words\" but: $printed"
    [[ $printed != *'Invalid'* && $printed != *'not recognized'* ]] || die "$*: $printed"
    count=$((count + 1))
}
holds() { # NAME COMMAND...
    local name=$1
    shift
    "$@" || die "$name"
    count=$((count + 1))
}
double_click() { expect "$1" "$2" "Z:${work//\//\\}\\double-click.exe" "Z:${archive//\//\\}\\$3"; }
nothing_installed() { ! find "$personal/Wireshark" "$program/plugins" -name 'imshark.*' 2>/dev/null | grep -q .; }

for tool in tshark findstr find reg certutil fc; do cp "$work/intruder.exe" "$archive/$tool.exe"; done
expect 1 'Wireshark is not installed here' install.cmd
expect 0 'imshark is not installed here' uninstall.cmd
holds 'a program beside install.cmd is run' test ! -e "$work/ran"
mkdir -p "$program"
touch "$program/Wireshark.exe"
expect 1 'has no tshark.exe: run Wireshark' install.cmd
ln -s "$windows/tshark/$version"/* "$program/"

expect 1 'Unknown option /x' install.cmd /x
mv "$archive/imshark.dll" "$work/"
expect 1 'imshark.dll is missing beside install.cmd: unzip the whole archive' install.cmd
{ cat "$work/imshark.dll"; echo; } >"$archive/imshark.dll"
expect 1 'imshark.dll is damaged' install.cmd
mv "$work/imshark.dll" "$archive/"
holds 'a refused installation leaves something' nothing_installed

# A plugin that Wireshark does not load: the sum fits, the contents do not.
cp "$archive/imshark.dll" "$archive/SHA256SUMS" "$work/"
echo 'not a plugin' >"$archive/imshark.dll"
(cd "$archive" && sha256sum imshark.dll >SHA256SUMS)
expect 1 'Nothing was installed; that folder is as it was before' install.cmd
holds 'a failed installation leaves something' nothing_installed
holds 'a failed installation leaves folders' test ! -e "$personal/Wireshark/plugins"
cp "$work/imshark.dll" "$work/SHA256SUMS" "$archive/"

expect 0 'is loaded by Wireshark' install.cmd
holds 'imshark.dll is not where it should be' cmp -s "$own" "$archive/imshark.dll"
holds 'the profile is not there' cmp -s "$profile/colorfilters" "$archive/profile/colorfilters"
holds 'imshark.old stays' test ! -e "${own%.dll}.old"

# Again, over what is there; what the user has changed stays.
echo '# mine' >>"$profile/preferences"
expect 0 'What you have changed in it stays: preferences' install.cmd
holds 'the change is lost' grep -q '^# mine' "$profile/preferences"

# A failed upgrade brings back the old one.
echo 'not a plugin' >"$archive/imshark.dll"
(cd "$archive" && sha256sum imshark.dll >SHA256SUMS)
expect 1 'as it was before' install.cmd
holds 'the earlier plugin is lost' cmp -s "$own" "$work/imshark.dll"
cp "$work/imshark.dll" "$work/SHA256SUMS" "$archive/"

expect 0 'because you have changed it: preferences' uninstall.cmd
holds 'imshark.dll stays' nothing_installed
holds 'files of a changed profile are removed' test -e "$profile/colorfilters"
sed -i '/^# mine/d' "$profile/preferences"
# What the user has put into the folder: a file, a folder, something among the copies.
# Their names are no commands.
for name in notes.txt notes/today.txt .imshark/notes.txt 'notes (1) & more.txt' '.imshark/notes (1)&calc.txt'; do
    expect 0 'is loaded by Wireshark' install.cmd
    mkdir -p "$(dirname "$profile/$name")"
    echo mine >"$profile/$name"
    shown=${name%/today.txt}
    expect 0 "stays, because you have changed it: ${shown//\//\\}. Delete" uninstall.cmd
    holds "the user's $name is lost" grep -q mine "$profile/$name"
    rm "$profile/$name"
    rmdir "$profile/notes" 2>/dev/null || true
done
expect 0 'is loaded by Wireshark' install.cmd
expect 0 'Removed' uninstall.cmd
holds 'folders stay' test ! -e "$profile"

# A file of the profile that is the user's own, as if this version were the first to have it.
expect 0 'is loaded by Wireshark' install.cmd
rm -f "$profile"/.imshark/{io_graphs,recent}
echo '# mine' | tee "$profile/io_graphs" >"$profile/recent"
expect 0 'What you have changed in it stays: io_graphs' install.cmd
for name in io_graphs recent; do holds "the user's $name is lost" grep -q '^# mine' "$profile/$name"; done
expect 0 'because you have changed it: io_graphs' uninstall.cmd
rm "$profile/io_graphs"
expect 0 'is loaded by Wireshark' install.cmd
holds 'a file is missing in the profile' cmp -s "$profile/io_graphs" "$archive/profile/io_graphs"
expect 0 'Removed' uninstall.cmd
holds 'the profile stays' test ! -e "$profile"

# What an earlier run left when it was interrupted is not what was there before.
mkdir -p "${own%/*}"
echo 'left' >"${own%.dll}.old"
chmod 444 "${own%.dll}.old"
echo 'not a plugin' >"$archive/imshark.dll"
(cd "$archive" && sha256sum imshark.dll >SHA256SUMS)
expect 1 'as it was before' install.cmd
holds 'a file that an earlier run left is taken for the plugin' test ! -e "$own"
cp "$work/imshark.dll" "$work/SHA256SUMS" "$archive/"
rm -rf "$personal/Wireshark/plugins"
expect 0 'imshark is not installed here' uninstall.cmd

# For all users: what it says if it may not write there can be copied. Nobody may write into a file.
touch "$program/plugins"
expect 1 "run there:"$'\n'"    \"Z:${archive//\//\\}\\install.cmd\" /all" install.cmd /all
rm "$program/plugins"
# And then for one as well.
expect 0 'is loaded by Wireshark' install.cmd /all
holds 'imshark.dll is not in the folder of all' cmp -s "$program/plugins/$version/epan/imshark.dll" "$archive/imshark.dll"
expect 0 'All users have one as well' install.cmd
expect 0 'Removed' uninstall.cmd
expect 0 'run uninstall.cmd /all' uninstall.cmd
expect 0 'Removed' uninstall.cmd /all
holds 'something of all users stays' nothing_installed

# Found by the registry or PATH alone, in another folder; by hand; another version.
mv "$program" "$c/Other folder"
expect 1 'Wireshark is not installed here' install.cmd
expect 0 'is loaded by Wireshark' install.cmd /from 'C:\Other folder'
expect 1 '/from wants /all' uninstall.cmd /from 'C:\Other folder'
holds 'uninstall.cmd /from without /all removes something' cmp -s "$own" "$archive/imshark.dll"
expect 0 'Removed' uninstall.cmd
there="$c/Other folder/plugins/$version/epan/imshark.dll"
# What all users have is found wherever install.cmd finds Wireshark.
found_in_other_folder() {
    expect 0 "is loaded by Wireshark" install.cmd /all
    holds "$1: it is not in the folder of all" test -e "$there"
    expect 0 'All users have it' uninstall.cmd
    expect 0 'Removed' uninstall.cmd /all
    holds "$1: uninstall.cmd /all leaves it" test ! -e "$there"
}
expect 0 'is loaded by Wireshark' install.cmd /all /from 'C:\Other folder'
expect 0 'not installed here' uninstall.cmd /all
expect 0 'Removed' uninstall.cmd /all /from 'C:\Other folder'
holds 'uninstall.cmd /all /from leaves it' test ! -e "$there"
key='SOFTWARE\Microsoft\Windows\CurrentVersion'
for where in "HKCU\\$key\\Uninstall\\Wireshark/InstallLocation" "HKLM\\$key\\App Paths\\Wireshark.exe/Path"; do
    "$wine" reg add "${where%/*}" /v "${where#*/}" /d 'C:\Other folder' /f >/dev/null 2>&1
    found_in_other_folder "$where"
    "$wine" reg delete "${where%/*}" /f >/dev/null 2>&1
done
export WINEPATH='C:\Other folder'
found_in_other_folder PATH
unset WINEPATH
"$wine" reg add 'HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\Wireshark' /v InstallLocation /d 'C:\Other folder' /f >/dev/null 2>&1
expect 0 'from "C:\users' install.cmd
expect 0 'Removed' uninstall.cmd

# In a folder with a name that cmd.exe could take for something else; the window stays open.
mv "$archive" "$work/a & b (1) ж!"
archive="$work/a & b (1) ж!"
expect 0 'is loaded by Wireshark' install.cmd
holds 'imshark.dll is not where it should be' cmp -s "$own" "$archive/imshark.dll"
holds 'the samples are not found' grep -q 'Hello Bob' <<<"$printed"
CMDCMDLINE='cmd.exe /c uninstall.cmd' expect 0 'Removed' uninstall.cmd
holds 'it waits in a window that was open' test "${printed/Press any key/}" == "$printed"
double_click 0 'Press any key' install.cmd
holds 'a double click does not install' cmp -s "$own" "$archive/imshark.dll"
double_click 0 'Press any key' uninstall.cmd
holds 'a double click does not uninstall' nothing_installed

sed -i 's/^set "XY=.*"/set "XY=9.9"/' "$archive/install.cmd"
expect 1 'This archive is for Wireshark 9.9, but in "C:\Other folder" is' install.cmd
holds 'another version is installed' nothing_installed
echo "imshark for Wireshark $version: $count checks of install.cmd and uninstall.cmd"
