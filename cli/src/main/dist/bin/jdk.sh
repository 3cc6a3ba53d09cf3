# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
#
# Read by the launchers: finds a JDK and starts Java.

# Sets `version` to the feature release of the JDK in a folder, or to 0, and `runtime` to its very build. Its release
# file says it without a process.
read_version() {
  version=0
  runtime=
  [ -x "$1/bin/java" ] && [ -f "$1/release" ] || return 0
  while IFS='=' read -r key value; do
    value=${value#\"}
    case $key in
      JAVA_VERSION) version=${value%%[!0-9]*} ;;
      JAVA_RUNTIME_VERSION) runtime=${value%\"} ;;
    esac
  done <"$1/release"
}

# Takes the folder as the JDK when it is one of release 25 or newer.
takes() {
  read_version "$1"
  [ "${version:-0}" -ge 25 ] || return 1
  jdk=$1
}

# Sets `jdk`: JAVA_HOME, the PATH, then the usual places; or ends with one sentence.
find_jdk() {
  if [ -n "${JAVA_HOME:-}" ] && takes "$JAVA_HOME"; then
    return 0
  fi
  if java=$(command -v java); then
    java=$(realpath -- "$java" 2>/dev/null || printf %s "$java")
    if takes "${java%/bin/java}"; then
      return 0
    fi
  fi
  for folder in \
    /usr/lib/jvm/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-/}"/.sdkman/candidates/java/* \
    "${HOME:-/}"/.jdks/*; do
    if [ -d "$folder" ] && takes "$folder"; then
      return 0
    fi
  done
  echo "latchkey: a JDK 25 or newer is needed; neither JAVA_HOME, the PATH nor the usual folders (/usr/lib/jvm, /Library/Java/JavaVirtualMachines, ~/.sdkman, ~/.jdks) have one. Set JAVA_HOME to its folder." >&2
  exit 2
}

# Java with the flags of every start; a cache of classes serves the flags that it was made with alone. The heap keeps
# close to what is in use, since Helm's part of the process is beside it; a connection that nobody needs holds tens of
# kilobytes, and each cluster is another server.
java_with() {
  exec "$jdk/bin/java" \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
    -Xms32m -XX:MaxNewSize=32m -XX:MinHeapFreeRatio=15 -XX:MaxHeapFreeRatio=30 \
    -Djdk.httpclient.connectionPoolSize=64 -Djdk.httpclient.keepalive.timeout=5 \
    -Xlog:disable -Xlog:all=warning:stderr \
    "-Dlatchkey.home=$home" \
    "$@"
}

# Sets `aot` to the file in which this JDK keeps the classes of this very build; empty when there is none to be had.
# The JVM does not notice that a jar has changed, so the name says of which jars and flags it was made.
name_cache() {
  aot=
  folder=${LATCHKEY_CACHE:-${XDG_CACHE_HOME:-${HOME:-}/.cache}/latchkey}
  case $folder in
    /*) ;;
    *) return 0 ;;
  esac
  [ "$version" = 25 ] && [ -n "$runtime" ] && [ -f "$home/lib/BUILD" ] || return 0
  read -r build <"$home/lib/BUILD" || return 0
  aot=$folder/classes/$build-$runtime.aot
}

# Makes the cache beside the command that runs: tried once, and not by an agent, whose machine is thrown away.
make_cache() {
  [ -z "${CI:-}${TF_BUILD:-}" ] && mkdir -p "${aot%/*}" 2>/dev/null || return 0
  (set -C && : >"$aot.tried") 2>/dev/null || return 0
  (
    find "${aot%/*}" -type f -mtime +30 -exec rm -f {} +
    # with the classes linked in advance, every start would load all that a deployment needs
    (java_with -XX:-AOTClassLinking "-XX:AOTCacheOutput=$aot.$$" -cp "$home/lib/*" dev.latchkey.cli.Main warm-up) &&
      mv "$aot.$$" "$aot"
    rm -f "$aot.$$" "$aot.$$.config"
  ) >/dev/null 2>&1 </dev/null &
}

# Becomes Java, so that signals reach it. Helm's code in the process reads the environment
# by itself: its variables, and KUBECONFIG, would override the clusters that latchkey names.
run_java() {
  home=$1
  shift
  unset KUBECONFIG
  for variable in $(env | sed -n 's/^\(HELM_[A-Za-z0-9_]*\)=.*/\1/p'); do
    unset "$variable"
  done
  # Go collects its garbage earlier than by itself: it is the smaller part of a process with the JVM
  export GOGC="${GOGC:-50}"
  name_cache
  if [ -z "$aot" ]; then
    java_with -cp "$home/lib/*" dev.latchkey.cli.Main "$@"
  fi
  if [ -f "$aot" ]; then
    java_with "-XX:AOTCache=$aot" -cp "$home/lib/*" dev.latchkey.cli.Main "$@"
  fi
  make_cache
  java_with -cp "$home/lib/*" dev.latchkey.cli.Main "$@"
}
