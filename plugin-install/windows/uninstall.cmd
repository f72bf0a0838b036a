@echo off
rem Removes what install.cmd installed, for every version of Wireshark: imshark.dll, the profile
rem "MSN and QQ" unless you have changed it, and folders that are empty then.
rem
rem   uninstall.cmd [/all [/from FOLDER]]
rem
rem   /all          what was installed for all users, as administrator; otherwise for you alone
rem   /from FOLDER  with /all: the folder of that Wireshark, if it is not found by itself
setlocal EnableExtensions DisableDelayedExpansion
set "ALL="
set "FROM="
set "SEEN="
set "STATUS=0"
set "SELF=%~f0"
set "PATH=%SystemRoot%\System32;%PATH%"
rem No program that happens to be beside this file is run.
set "NoDefaultCurrentDirectoryInExePath=1"
rem The files of the profile.
set "OURS=colorfilters dfilter_buttons io_graphs preferences recent"

:arguments
if "%~1"=="" goto begin
if /i "%~1"=="/all" (
    set "ALL=1"
    shift
    goto arguments
)
if /i "%~1"=="/from" (
    if "%~2"=="" (
        echo /from wants a folder.
        set "STATUS=1"
        goto end
    )
    set "FROM=%~f2"
    shift
    shift
    goto arguments
)
echo Unknown option %1.
echo Usage: uninstall.cmd [/all [/from FOLDER]]
set "STATUS=1"
goto end

:begin
cd /d "%SystemRoot%\System32"
if not defined ALL (
    if defined FROM (
        echo /from wants /all: what you alone have is not in that folder, and is removed by uninstall.cmd without /from.
        set "STATUS=1"
        goto end
    )
    call :remove "%APPDATA%\Wireshark"
    goto done
)
if defined FROM (
    call :remove "%FROM%"
    goto done
)
call :everywhere :remove
:done
if defined SEEN goto end
echo imshark is not installed here; nothing to remove.
if not defined ALL call :everywhere :tell
:end
rem Double-clicked: the window would close.
set "LINE=%CMDCMDLINE%"
if not defined LINE exit /b %STATUS%
set "LINE=%LINE:"=%"
set "REST=%LINE:\uninstall.cmd=%"
if not "%REST%"=="%LINE%" pause
exit /b %STATUS%

rem Where install.cmd looks for Wireshark.
:everywhere
for %%k in (
    "HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\Wireshark"
    "HKCU\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\Wireshark"
) do for /f "tokens=2,*" %%a in ('reg query %%k /v InstallLocation /reg:64 2^>nul ^| findstr InstallLocation') do call %1 "%%b"
for %%k in (
    "HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\Wireshark.exe"
) do for /f "tokens=2,*" %%a in ('reg query %%k /v Path /reg:64 2^>nul ^| findstr Path') do call %1 "%%b"
call %1 "%ProgramFiles%\Wireshark"
for %%p in (tshark.exe) do if not "%%~$PATH:p"=="" call %1 "%%~dp$PATH:p"
exit /b

:tell
if defined SEEN exit /b
set "BASE=%~1"
if "%BASE:~-1%"=="\" set "BASE=%BASE:~0,-1%"
for /f "delims=" %%v in ('dir /b /ad "%BASE%\plugins" 2^>nul') do if exist "%BASE%\plugins\%%v\epan\imshark.dll" set "SEEN=1"
if defined SEEN echo All users have it: run uninstall.cmd /all as administrator.
exit /b

rem A folder with plugins and profiles in it.
:remove
set "BASE=%~1"
if "%BASE:~-1%"=="\" set "BASE=%BASE:~0,-1%"
for /f "delims=" %%v in ('dir /b /ad "%BASE%\plugins" 2^>nul') do if exist "%BASE%\plugins\%%v\epan\imshark.dll" call :remove_plugin "%BASE%\plugins\%%v"
rmdir "%BASE%\plugins" >nul 2>nul
if exist "%BASE%\profiles\MSN and QQ\.imshark\" call :remove_profile "%BASE%\profiles\MSN and QQ"
exit /b

:remove_plugin
set "SEEN=1"
del "%~1\epan\imshark.dll" "%~1\epan\imshark.old" >nul 2>nul
if exist "%~1\epan\imshark.dll" (
    if defined ALL (
        echo "%~1\epan\imshark.dll" cannot be removed. Close Wireshark, open a command window with "Run as administrator" and run there:
        if defined FROM (echo     "%SELF%" /all /from "%FROM%") else echo     "%SELF%" /all
    ) else (
        echo "%~1\epan\imshark.dll" cannot be removed: close Wireshark and run uninstall.cmd again.
    )
    set "STATUS=1"
    exit /b
)
echo Removed "%~1\epan\imshark.dll"
rmdir "%~1\epan" >nul 2>nul
rmdir "%~1" >nul 2>nul
exit /b

rem All must be as we left it, "recent" aside, which is Wireshark's from its first use on.
:remove_profile
set "SEEN=1"
set "CHANGED="
for /f "eol=: delims=" %%f in ('dir /b /a "%~1" 2^>nul') do set "FILE=%%f"& call :compare "%~1"
for /f "eol=: delims=" %%f in ('dir /b /a "%~1\.imshark" 2^>nul') do set "FILE=%%f"& call :is_ours
if defined CHANGED goto profile_stays
for %%f in (%OURS%) do del "%~1\%%f" "%~1\.imshark\%%f" >nul 2>nul
rmdir "%~1\.imshark" >nul 2>nul
rmdir "%~1" >nul 2>nul
if exist "%~1\" (
    echo The profile "%~1" cannot be removed.
    set "STATUS=1"
    exit /b
)
echo Removed "%~1"
rmdir "%~1\.." >nul 2>nul
exit /b

rem Names of files may have ")" and "&" in them.
:profile_stays
set "PROFILE=%~1"
setlocal EnableDelayedExpansion
echo The profile "!PROFILE!" stays, because you have changed it:!CHANGED!. Delete it yourself if you want.
endlocal
exit /b

:compare
if /i "%FILE%"==".imshark" exit /b
if exist "%~1\%FILE%\" goto is_changed
if /i "%FILE%"=="recent" exit /b
fc /b "%~1\%FILE%" "%~1\.imshark\%FILE%" >nul 2>nul
if errorlevel 1 goto is_changed
exit /b
:is_changed
set "CHANGED=%CHANGED% %FILE%"
exit /b

:is_ours
for %%o in (%OURS%) do if /i "%FILE%"=="%%o" exit /b
set "CHANGED=%CHANGED% .imshark\%FILE%"
exit /b
