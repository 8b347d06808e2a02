@echo off
rem Starts Frontline ${version}. The first start installs it from the folder "wheels" alone, without internet.
setlocal
cd /d "%~dp0"
set INSTALLED=
if exist environment\installed set /p INSTALLED=<environment\installed
if "%INSTALLED%"=="${version}" goto run
py -${python} -c "" >nul 2>nul
if errorlevel 1 (
    echo Please install Python ${python} first. See README.txt.
    start "" notepad README.txt
    pause
    exit /b 1
)
echo Installing, about a minute ...
if exist environment rmdir /s /q environment
py -${python} -m venv environment || goto failed
environment\Scripts\python -m pip install -q --no-compile --disable-pip-version-check --no-index --find-links wheels frontline==${version} || goto failed
>environment\installed echo ${version}
:run
environment\Scripts\frontline app %*
exit /b %errorlevel%
:failed
echo Frontline could not be installed; the lines above say why.
pause
exit /b 1
