#!/bin/sh
# Prints how long "get pods" over 100 pods takes inside kubejar shell once it is warm: the time of 900 commands less that of 400, by 500.
# usage: shell-bench.sh [COMMAND]   COMMAND starts Kubejar (default: kubejar); it judges nothing
set -eu
program=${1:-kubejar}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export KUBEJAR_HOME="$work/home" KUBEJAR_PROFILE=bare
unset KUBECONFIG
"$program" create deployment many --image=nginx --replicas=100 >/dev/null
pods=$("$program" get pods --no-headers | grep -c Running)

# Milliseconds for so many commands in one shell, and for what goes before: 300 commands to warm up.
spent() {
    for i in $(seq $((300 + $1))); do echo 'get pods'; done >"$work/script"
    start=$(date +%s%N)
    "$program" shell <"$work/script" >/dev/null
    echo $((($(date +%s%N) - start) / 1000000))
}
few=$(spent 100)
many=$(spent 600)
echo "get pods, $pods pods running: $(((many - few) * 1000 / 500)) us a command (400 commands: $few ms, 900 commands: $many ms)"
