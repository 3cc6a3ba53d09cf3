# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
#
# Read by the launchers: finds a JDK and starts Java.

# Sets `version` to the feature release of the JDK in a folder, or to 0. Its release file says it without a process.
read_version() {
  version=0
  [ -x "$1/bin/java" ] && [ -f "$1/release" ] || return 0
  while IFS='=' read -r key value; do
    if [ "$key" = JAVA_VERSION ]; then
      value=${value#\"}
      version=${value%%[!0-9]*}
      return 0
    fi
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

# Becomes Java, so that signals reach it. Helm's code in the process reads the environment
# by itself: its variables, and KUBECONFIG, would override the clusters that latchkey names.
run_java() {
  home=$1
  shift
  unset KUBECONFIG
  for variable in $(env | sed -n 's/^\(HELM_[A-Za-z0-9_]*\)=.*/\1/p'); do
    unset "$variable"
  done
  exec "$jdk/bin/java" \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto \
    -Xlog:disable -Xlog:all=warning:stderr \
    "-Dlatchkey.home=$home" \
    -cp "$home/lib/*" \
    dev.latchkey.cli.Main "$@"
}
