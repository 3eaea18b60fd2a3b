#!/bin/bash
# Prints how long "get pods" over 100 pods takes inside kubejar shell once it is warm: what 900 commands take more than 400, by 500;
# wall and CPU milliseconds. It judges nothing: figures depend on the machine.
# usage: shell-bench.sh [COMMAND]   COMMAND starts Kubejar (default: kubejar)
set -euo pipefail
program=${1:-kubejar}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export KUBEJAR_HOME="$work/home" KUBEJAR_PROFILE=bare
unset KUBECONFIG
"$program" create deployment many --image=nginx --replicas=100 >/dev/null
pods=$("$program" get pods --no-headers | grep -c Running)

# Wall and CPU milliseconds of so many commands in one shell.
spent() {
    local TIMEFORMAT='%R %U %S'
    seq "$1" | sed 's/.*/get pods/' >"$work/script"
    { time "$program" shell <"$work/script" >/dev/null; } 2>&1 | awk '{ print $1 * 1000, ($2 + $3) * 1000 }'
}
{ spent 400; spent 900; } | awk -v pods="$pods" '
    NR == 1 { wall = $1; cpu = $2 }
    NR == 2 { printf "get pods, %d pods running: %.1f ms a command, %.1f ms of CPU\n", pods, ($1 - wall) / 500, ($2 - cpu) / 500 }'
