@echo off
rem Installs imshark for Wireshark @WIRESHARK@. Double-click it, or run it in a command window:
rem
rem   install.cmd [/all] [/from FOLDER]
rem
rem   /all          for all users of this computer, as administrator; otherwise for you alone
rem   /from FOLDER  the folder of the Wireshark to install it for, such as a portable one
rem
rem Either everything is installed and seen to be loaded, or what was there before stays.
setlocal EnableExtensions DisableDelayedExpansion
set "VERSION=@VERSION@"
set "XY=@WIRESHARK@"
set "HERE=%~dp0"
set "SELF=%~f0"
set "ALL="
set "FROM="
set "DIR="
set "OTHER="
set "LONELY="
set "STATUS=1"
set "PATH=%SystemRoot%\System32;%PATH%"
rem No program that happens to be beside this file is run.
set "NoDefaultCurrentDirectoryInExePath=1"

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
        goto end
    )
    set "FROM=%~f2"
    shift
    shift
    goto arguments
)
echo Unknown option %1.
echo Usage: install.cmd [/all] [/from FOLDER]
goto end

:begin
cd /d "%SystemRoot%\System32"
for %%f in (imshark.dll SHA256SUMS BUILD profile\preferences samples\msn.pcap) do if not exist "%HERE%%%f" (
    echo %%f is missing beside install.cmd: unzip the whole archive into a folder, then run install.cmd in that folder.
    goto end
)
set "SUM="
for /f "usebackq skip=1 delims=" %%s in (`certutil -hashfile "%HERE%imshark.dll" SHA256 2^>nul`) do if not defined SUM set "SUM=%%s"
if not defined SUM goto whole
set "SUM=%SUM: =%"
findstr /i /c:"%SUM%  imshark.dll" "%HERE%SHA256SUMS" >nul
if errorlevel 1 (
    echo imshark.dll is damaged: unzip the archive again, or fetch it again.
    goto end
)
:whole

rem Where Wireshark may be: as told, the registry, the usual folder, PATH.
if defined FROM (
    call :candidate "%FROM%"
    goto candidates
)
for %%k in (
    "HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\Wireshark"
    "HKCU\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\Wireshark"
) do for /f "tokens=2,*" %%a in ('reg query %%k /v InstallLocation /reg:64 2^>nul ^| findstr InstallLocation') do call :candidate "%%b"
for %%k in (
    "HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\Wireshark.exe"
) do for /f "tokens=2,*" %%a in ('reg query %%k /v Path /reg:64 2^>nul ^| findstr Path') do call :candidate "%%b"
call :candidate "%ProgramFiles%\Wireshark"
for %%p in (tshark.exe) do if not "%%~$PATH:p"=="" call :candidate "%%~dp$PATH:p"
:candidates

if defined DIR goto found
if defined OTHER (
    echo This archive is for Wireshark %XY%, but in "%WHERE%" is "%OTHER%".
    echo Take the archive with the first two numbers of that version in its name.
    goto end
)
if defined LONELY (
    echo Wireshark in "%LONELY%" has no tshark.exe: run Wireshark's installer again and choose TShark.
    goto end
)
if defined FROM (
    echo There is no Wireshark in "%FROM%".
) else (
    echo Wireshark is not installed here: install it from https://www.wireshark.org first, or tell where it is with /from FOLDER.
)
goto end

:found
if defined ALL (
    set "PLUGINS=%DIR%\plugins\%XY%\epan"
    set "CONFIGURATION=%DIR%"
) else (
    set "PLUGINS=%APPDATA%\Wireshark\plugins\%XY%\epan"
    set "CONFIGURATION=%APPDATA%\Wireshark"
)
if not defined ALL if not defined APPDATA (
    echo APPDATA is not set, so your own folder of Wireshark is not known.
    goto end
)
set "DLL=%PLUGINS%\imshark.dll"

set "MADE="
if not exist "%PLUGINS%\" (
    set "MADE=1"
    mkdir "%PLUGINS%" 2>nul
)
copy /b /y "%HERE%imshark.dll" "%PLUGINS%\imshark.new" >nul 2>nul
if errorlevel 1 (
    if defined ALL (
        echo "%PLUGINS%" cannot be written to. Open a command window with "Run as administrator" and run there:
        if defined FROM (echo     "%SELF%" /all /from "%FROM%") else echo     "%SELF%" /all
    ) else (
        echo "%PLUGINS%" cannot be written to: look at its permissions, and whether the disk is full.
    )
    goto undo_folder
)
set "EARLIER="
if exist "%DLL%" (
    del "%PLUGINS%\imshark.old" >nul 2>nul
    move /y "%DLL%" "%PLUGINS%\imshark.old" >nul 2>nul
    if exist "%DLL%" (
        echo "%DLL%" cannot be replaced: close Wireshark and run install.cmd again.
        del "%PLUGINS%\imshark.new" >nul 2>nul
        goto end
    )
    set "EARLIER=1"
)
move /y "%PLUGINS%\imshark.new" "%DLL%" >nul 2>nul
if not exist "%DLL%" (
    echo "%DLL%" cannot be written.
    goto undo
)

rem Is it loaded?
"%DIR%\tshark.exe" -G plugins 2>nul | findstr /i /c:"imshark.dll" >"%PLUGINS%\imshark.list"
findstr /c:"%VERSION%" "%PLUGINS%\imshark.list" >nul
if errorlevel 1 (
    findstr /i /c:"imshark.dll" "%PLUGINS%\imshark.list" >nul
    if errorlevel 1 (
        echo Wireshark in "%DIR%" does not load "%DLL%". It says:
        "%DIR%\tshark.exe" -G plugins 2>&1 | findstr /i imshark
        if /i "%PROCESSOR_ARCHITECTURE%"=="ARM64" echo This build is for the x64 Wireshark, not for the one for Arm.
    ) else (
        echo Wireshark in "%DIR%" loads another imshark instead. Remove that one with its uninstall.cmd:
        type "%PLUGINS%\imshark.list"
    )
    goto undo
)
del "%PLUGINS%\imshark.list" "%PLUGINS%\imshark.old" >nul 2>nul
if exist "%PLUGINS%\imshark.old" echo "%PLUGINS%\imshark.old" is still used by a running Wireshark: delete it later.
echo imshark %VERSION% is loaded by Wireshark %FULL% from "%DLL%"
if defined ALL if exist "%APPDATA%\Wireshark\plugins\%XY%\epan\imshark.dll" echo You have one of your own as well, which is one too many: run uninstall.cmd.
if not defined ALL if exist "%DIR%\plugins\%XY%\epan\imshark.dll" echo All users have one as well, which is one too many: run uninstall.cmd /all as administrator.
set "STATUS=0"
call :profile "%CONFIGURATION%\profiles\MSN and QQ"
echo.
echo ^> tshark -r samples\msn.pcap -Y msnms.text
"%DIR%\tshark.exe" -r "%HERE%samples\msn.pcap" -Y msnms.text -c 80 2>nul
echo.
echo Start Wireshark and open a capture. Help, About Wireshark, Plugins shows imshark.
goto end

rem Takes back what was done to the folder.
:undo
del "%DLL%" "%PLUGINS%\imshark.new" "%PLUGINS%\imshark.list" >nul 2>nul
if defined EARLIER move /y "%PLUGINS%\imshark.old" "%DLL%" >nul 2>nul
echo Nothing was installed; that folder is as it was before.
:undo_folder
if defined MADE for %%d in ("%PLUGINS%" "%PLUGINS%\.." "%PLUGINS%\..\..") do rmdir "%%~fd" >nul 2>nul

:end
rem Double-clicked: the window would close.
set "LINE=%CMDCMDLINE%"
if not defined LINE exit /b %STATUS%
set "LINE=%LINE:"=%"
set "REST=%LINE:\install.cmd=%"
if not "%REST%"=="%LINE%" pause
exit /b %STATUS%

rem A folder that may hold Wireshark.
:candidate
if defined DIR exit /b
set "C=%~1"
if "%C:~-1%"=="\" set "C=%C:~0,-1%"
if not exist "%C%\tshark.exe" (
    if exist "%C%\Wireshark.exe" set "LONELY=%C%"
    exit /b
)
set "FULL="
rem "TShark (Wireshark) 4.0.17 (...", with a "v" in some builds.
for /f "tokens=3" %%v in ('^""%C%\tshark.exe" --version 2^>nul^"') do if not defined FULL set "FULL=%%v"
if not defined FULL set "FULL=(tshark.exe does not run)"
if "%FULL:~0,1%"=="v" set "FULL=%FULL:~1%"
for /f "tokens=1,2 delims=." %%a in ("%FULL%") do set "IS=%%a.%%b"
if "%IS%"=="%XY%" set "DIR=%C%"
if not "%IS%"=="%XY%" set "OTHER=%FULL%"
if not "%IS%"=="%XY%" set "WHERE=%C%"
exit /b

rem The configuration profile. Beside it is a copy of each file as we left it: what differs from
rem that is the user's and stays.
:profile
set "TO=%~1"
set "COPY=%~1\.imshark"
if exist "%TO%\" if not exist "%COPY%\" (
    echo The profile "%TO%" is not imshark's and stays as it is.
    exit /b
)
if not exist "%COPY%\" mkdir "%COPY%" 2>nul
if not exist "%COPY%\" (
    echo The profile cannot be written to "%TO%".
    exit /b
)
set "KEPT="
for %%f in (colorfilters dfilter_buttons io_graphs preferences) do call :profile_file %%f
rem That one is Wireshark's from its first use on.
if not exist "%TO%\recent" copy /b /y "%HERE%profile\recent" "%TO%\recent" >nul 2>nul
echo The profile "MSN and QQ" is in "%TO%"
if defined KEPT echo What you have changed in it stays:%KEPT%
exit /b

:profile_file
if not exist "%TO%\%1" if exist "%COPY%\%1" goto profile_kept
if not exist "%TO%\%1" goto profile_new
fc /b "%TO%\%1" "%COPY%\%1" >nul 2>nul
if not errorlevel 1 goto profile_new
fc /b "%TO%\%1" "%HERE%profile\%1" >nul 2>nul
if errorlevel 1 goto profile_kept
:profile_new
copy /b /y "%HERE%profile\%1" "%TO%\%1" >nul 2>nul
if not errorlevel 1 copy /b /y "%HERE%profile\%1" "%COPY%\%1" >nul 2>nul
if errorlevel 1 echo "%TO%\%1" cannot be written.
exit /b
:profile_kept
set "KEPT=%KEPT% %1"
exit /b
