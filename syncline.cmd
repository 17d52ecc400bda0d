@echo off
rem Starts Syncline on Windows as the script "syncline" does elsewhere: finds a JDK, builds first where
rem the sources are newer than the program, and runs it with the options of jvm.options. The variables
rem SYNCLINE_JAVA_OPTS, SYNCLINE_AOT and SYNCLINE_JDKS (folders with ";" between them) and the exit
rem codes 69 and 70 mean the same.
setlocal EnableExtensions DisableDelayedExpansion
set "needed=25"
set "root=%~dp0"
set "root=%root:~0,-1%"
set "options=%root%\jvm.options"
set "folder=%root%"
if exist "%root%\pom.xml" set "folder=%root%\server\target"
set "mark=%folder%\launcher-built"

call :find_jar
set "tool=java"
if not exist "%root%\pom.xml" goto find_jdk
call :is_stale
if errorlevel 1 set "tool=javac"

:find_jdk
set "found="
if defined JAVA_HOME call :take "%JAVA_HOME%"
for /f "delims=" %%j in ('where java 2^>nul') do call :take "%%~dpj.."
if defined SYNCLINE_JDKS goto given_folders
for /d %%j in ("%ProgramFiles%\Eclipse Adoptium\*" "%ProgramFiles%\Java\*" "%ProgramFiles%\Microsoft\*") do call :take "%%~j"
for /d %%j in ("%ProgramFiles%\Amazon Corretto\*" "%ProgramFiles%\BellSoft\*" "%ProgramFiles%\Zulu\*") do call :take "%%~j"
for /d %%j in ("%LOCALAPPDATA%\Programs\Eclipse Adoptium\*" "%USERPROFILE%\.jdks\*" "%USERPROFILE%\.gradle\jdks\*") do call :take "%%~j"
for /d %%j in ("%USERPROFILE%\scoop\apps\*jdk*") do call :take "%%~j\current"
goto looked

:given_folders
for %%f in ("%SYNCLINE_JDKS:;=" "%") do for /d %%j in ("%%~f\*") do call :take "%%~j"

:looked
if defined found goto build
>&2 echo syncline: needs a JDK %needed% or newer and found none (looked at JAVA_HOME, PATH and the usual folders): install one, for instance from https://adoptium.net/temurin/releases, or set JAVA_HOME to the one you have.
exit /b 69

:build
if not "%tool%"=="javac" goto prepare
where mvn >nul 2>nul
if errorlevel 1 goto no_maven
>&2 echo syncline: building with %found%, because sources are newer than the program (the first time downloads libraries; a minute or two) ...
rem The build finds this JDK by the first variable; Maven itself runs on it by the second.
set "JAVA_SYNCLINE_HOME=%found%"
set "JAVA_HOME=%found%"
if not exist "%folder%" mkdir "%folder%"
rem Taken before the build: what is edited later is newer.
type nul >"%mark%.new"
call mvn -q -B -ntp -f "%root%\pom.xml" -Dmaven.test.skip=true -pl server -am package 1>&2
if errorlevel 1 goto build_failed
move /y "%mark%.new" "%mark%" >nul
del /q "%folder%\syncline-server-*.aot" "%folder%\syncline-server-*.aot.log" 2>nul
call :find_jar
goto prepare

:no_maven
>&2 echo syncline: needs Apache Maven 3.8 or newer to build from source: install it (https://maven.apache.org/download.cgi).
exit /b 69

:build_failed
del /q "%mark%.new" 2>nul
>&2 echo syncline: the build failed: see above; mvn -DskipTests package shows more.
exit /b 70

:prepare
if not defined jar goto no_program
rem A cache of loaded classes (JEP 514) for this program and JDK. Where it can't be made, Syncline
rem starts slower and that is all.
set "aot="
if /i "%SYNCLINE_AOT%"=="off" goto run
for %%f in ("%jar%") do set "cache=%%~dpnf-%%~zf-jdk-%runtime%.aot"
if exist "%cache%" goto use_cache
if exist "%cache%.log" goto run
(type nul >"%cache%.log") 2>nul
if not exist "%cache%.log" goto run
>&2 echo syncline: preparing a faster start (once, a few seconds) ...
"%found%\bin\java.exe" "@%options%" "-XX:AOTCacheOutput=%cache%.new" -jar "%jar%" self-test >"%cache%.log" 2>&1 <nul
if errorlevel 1 goto no_cache
if not exist "%cache%.new" goto no_cache
move /y "%cache%.new" "%cache%" >nul
del /q "%cache%.log"

:use_cache
set aot="-XX:AOTCache=%cache%"
goto run

:no_cache
del /q "%cache%.new" "%cache%.new.config" 2>nul
>&2 echo syncline: that failed, so the start stays slower: see %cache%.log

:run
"%found%\bin\java.exe" "@%options%" %aot% %SYNCLINE_JAVA_OPTS% -jar "%jar%" %*
exit /b %errorlevel%

:no_program
>&2 echo syncline: no program (syncline-server-....jar) in %folder%: unpack the distribution again.
exit /b 70

rem Sets jar to the newest program in the folder; undefined if there is none.
:find_jar
set "jar="
for /f "delims=" %%f in ('dir /b /o-d "%folder%\syncline-server-*.jar" 2^>nul') do if not defined jar set "jar=%folder%\%%f"
exit /b 0

rem Fails if a source is newer than the program. Folders count, so that a deleted file is noticed. The
rem mark stands for builds that found nothing to write.
:is_stale
if not defined jar exit /b 1
powershell -NoProfile -NonInteractive -Command "Set-Location -LiteralPath $env:root; $built = (Get-Item -LiteralPath $env:jar, $env:mark -ErrorAction SilentlyContinue | Sort-Object LastWriteTimeUtc | Select-Object -Last 1).LastWriteTimeUtc; $sources = @(Get-Item pom.xml, core\pom.xml, yjs\pom.xml, server\pom.xml) + @(Get-ChildItem core\src\main, yjs\src\main, server\src\main -Recurse); if (@($sources | Where-Object { $_.LastWriteTimeUtc -gt $built }).Count -gt 0) { exit 1 }"
exit /b %errorlevel%

rem Takes the JDK in the folder %1 if none was taken before, it is new enough and has the tool.
:take
if defined found exit /b 0
if not exist "%~1\bin\java.exe" exit /b 0
if not exist "%~1\bin\%tool%.exe" exit /b 0
if not exist "%~1\release" exit /b 0
set "version=0"
set "runtime=unknown"
for /f "usebackq tokens=1,2 delims==" %%k in ("%~1\release") do (
  if "%%k"=="JAVA_VERSION" set "version=%%~l"
  if "%%k"=="JAVA_RUNTIME_VERSION" set "runtime=%%~l"
)
set "feature=0"
for /f "delims=.-+" %%v in ("%version%") do set "feature=%%v"
if %feature% LSS %needed% exit /b 0
for %%f in ("%~1") do set "found=%%~ff"
exit /b 0
