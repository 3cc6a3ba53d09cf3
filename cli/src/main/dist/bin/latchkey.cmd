@echo off
rem SPDX-License-Identifier: Apache-2.0
rem Runs latchkey with a JDK 25 or newer: JAVA_HOME, the PATH, then the usual folders.
setlocal EnableDelayedExpansion
set "home=%~dp0.."
set "jdk="
if defined JAVA_HOME call :take "%JAVA_HOME%"
if not defined jdk for /f "delims=" %%j in ('where java 2^>nul') do if not defined jdk call :take "%%~dpj.."
if not defined jdk for /d %%d in ("%ProgramFiles%\Java\*" "%ProgramFiles%\Eclipse Adoptium\*" "%ProgramFiles%\Microsoft\jdk*" "%USERPROFILE%\.jdks\*") do if not defined jdk call :take "%%~d"
if not defined jdk (
  echo latchkey: a JDK 25 or newer is needed; neither JAVA_HOME, the PATH nor the usual folders have one. Set JAVA_HOME to its folder. 1>&2
  exit /b 2
)
rem Helm's code in the process reads the environment by itself
set "KUBECONFIG="
for /f "delims==" %%v in ('set HELM_ 2^>nul') do set "%%v="
if not defined GOGC set "GOGC=50"
"%jdk%\bin\java.exe" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xms32m -XX:MaxNewSize=32m -XX:MinHeapFreeRatio=15 -XX:MaxHeapFreeRatio=30 -Djdk.httpclient.connectionPoolSize=64 -Djdk.httpclient.keepalive.timeout=5 -Xshare:auto -Xlog:disable -Xlog:all=warning:stderr "-Dlatchkey.home=%home%" -cp "%home%\lib\*" dev.latchkey.cli.Main %*
exit /b %ERRORLEVEL%

:take
if not exist "%~1\release" exit /b 0
for /f "tokens=2 delims==" %%r in ('findstr /b "JAVA_VERSION=" "%~1\release"') do for /f "delims=.-+" %%n in ("%%~r") do if %%n GEQ 25 set "jdk=%~1"
exit /b 0
