@echo off
rem Kirchhoff's launcher for Windows: runs a release, whose jars stand in lib beside this file. It builds nothing.
rem A checkout is built and run by the POSIX script, in WSL.
setlocal DisableDelayedExpansion
set "KIRCHHOFF_HOME=%~dp0"
if "%KIRCHHOFF_HOME:~-1%"=="\" set "KIRCHHOFF_HOME=%KIRCHHOFF_HOME:~0,-1%"
if not exist "%KIRCHHOFF_HOME%\lib\" (
  echo kirchhoff: there is no folder lib beside kirchhoff.cmd; it runs releases alone 1>&2
  exit /b 3
)

set "java=java.exe"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "java=%JAVA_HOME%\bin\java.exe"
"%java%" -version >nul 2>&1
if errorlevel 1 (
  echo kirchhoff: needs Java 17 or newer; there is no java on the path 1>&2
  exit /b 3
)

rem Flags by command; the POSIX script has the same and says why.
set "flags=-Xshare:auto -Xlog:disable -Xlog:all=error:stderr"
set "kind=short"
for %%c in (explore bench sweep resume verify worker) do if "%~1"=="%%c" set "kind=search"
for %%c in (prove) do if "%~1"=="%%c" set "kind=proof"
for %%c in (dashboard validate simulate sensitivity) do if "%~1"=="%%c" set "kind=long"
if %kind%==search set "flags=%flags% -XX:+UseParallelGC -Xms160m -XX:MaxNewSize=160m -XX:GCTimeRatio=19 -XX:FreqInlineSize=60 -XX:InlineSmallCode=600 -XX:Tier4InvocationThreshold=20000 -XX:Tier4MinInvocationThreshold=2400 -XX:Tier4CompileThreshold=60000 -XX:Tier4BackEdgeThreshold=160000"
if %kind%==proof set "flags=%flags% -XX:+UseParallelGC -XX:FreqInlineSize=60 -XX:InlineSmallCode=600"
if %kind%==long set "flags=%flags% -XX:+UseParallelGC"
if %kind%==short set "flags=%flags% -XX:TieredStopAtLevel=1 -XX:+UseSerialGC"

rem Columns of the console: the second number that mode prints, in any language. The JVM knows itself whether it writes to one.
set "columns="
set "numbers=0"
for /f "tokens=2 delims=:" %%n in ('mode con 2^>nul') do call :number %%n
if defined columns set "flags=%flags% -Dkirchhoff.columns=%columns%"

"%java%" %flags% %KIRCHHOFF_JAVA_OPTS% -cp "%KIRCHHOFF_HOME%\lib\*" dev.kirchhoff.dse.cli.Main %*
exit /b %errorlevel%

:number
set /a numbers+=1
if %numbers%==2 set "columns=%1"
exit /b 0
