#!/bin/sh
# Kills commands at every system call that changes the state folder, and checks what is left. Needs strace and Maven's
# target/test-classes (mvn test-compile). Under 30 minutes.
#
#   src/test/harness/kill.sh                               the store's own script of 20 commands
#   src/test/harness/kill.sh --state DIR --script FILE     the shell commands of FILE, one a line, whose state lies in DIR;
#                                                          DIR is deleted first. For the launcher:
#     export KUBEJAR="$PWD/target/kubejar" KUBEJAR_HOME=/tmp/k KUBEJAR_PROFILE=bare KUBEJAR_SEED=1 KUBEJAR_CLOCK=frozen
#     export JAVA_TOOL_OPTIONS=-Dkubejar.store.journal=30000      (checkpoints and merges within twenty commands)
#     src/test/harness/kill.sh --state /tmp/k/clusters/default --script src/test/harness/commands
#   ... --sample 50                                        about 50 kills, spread over the script
#
# Prints the number of kills by system call, of those that did not fire, and every failure. Exits 1 if there are any.
set -eu
top=$(cd "$(dirname "$0")/../../.." && pwd)
mapdb=$(find "${M2:-$HOME/.m2}/repository/org/mapdb/mapdb" -name 'mapdb-1.0*.jar' ! -name '*sources*' | head -n 1)
exec java -cp "$top/target/classes:$top/target/test-classes:$mapdb" dev.kubejar.store.KillHarness "$@"
