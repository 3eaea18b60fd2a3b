#!/bin/bash
# Prints how fast an installed Kubejar is: CPU seconds (user and system) and wall seconds, medians of 11 runs. It judges
# nothing: figures depend on the machine.
#
#   src/test/harness/bench.sh [KUBEJAR] [PODS]      default: kubejar on the PATH, 20000 pods in other namespaces
set -euo pipefail
kubejar=${1:-kubejar}
many=${2:-20000}
nodes=$((many / 100 > 3 ? many / 100 : 3))
runs=11

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export KUBEJAR_PROFILE=bare
unset KUBECONFIG

# Runs a command and prints its CPU and wall seconds.
spent() {
    local TIMEFORMAT='%U %S %R'
    { time "$@" >/dev/null 2>>"$work/errors"; } 2>&1 | awk '{ printf "%.3f %.3f\n", $1 + $2, $3 }'
}

median() { sort -n | awk '{ all[NR] = $1 } END { printf "%.3f", all[int((NR + 1) / 2)] }'; }

# Medians of a command, after one run that warms the disk's cache.
figure() {
    local title=$1 i
    shift
    spent "$@" >/dev/null
    for ((i = 0; i < runs; i++)); do spent "$@"; done >"$work/spent"
    printf '%-58s cpu %s s   wall %s s\n' "$title" \
        "$(cut -d' ' -f1 "$work/spent" | median)" "$(cut -d' ' -f2 "$work/spent" | median)"
}

once() {
    local title=$1
    shift
    spent "$@" >"$work/spent"
    read -r cpu wall <"$work/spent"
    printf '%-58s cpu %s s   wall %s s\n' "$title" "$cpu" "$wall"
}

home() {
    rm -rf "$work/home"
    export KUBEJAR_HOME=$work/home
}

first_pod() {
    home
    "$kubejar" run web --image=nginx:1.14.2 && "$kubejar" get pod web
}
figure "empty home to first Pod Running (run, get)" first_pod

deployments() {
    local i
    for ((i = 0; i < $1; i++)); do
        cat <<END
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web-$i, namespace: $3}
spec:
  replicas: $2
  selector: {matchLabels: {app: web-$i}}
  template:
    metadata: {labels: {app: web-$i}}
    spec: {containers: [{name: web, image: "nginx:1.14.2"}]}
END
    done
}

home
"$kubejar" create deployment web --image=nginx:1.14.2 --replicas=100 >/dev/null
figure "get pods, 100 pods" "$kubejar" get pods
figure "get pod NAME" "$kubejar" get pod "$("$kubejar" get pods -o name | head -1 | cut -d/ -f2)"

home
export KUBEJAR_NODES=$nodes
"$kubejar" create deployment web --image=nginx:1.14.2 --replicas=100 >/dev/null
"$kubejar" create namespace load >/dev/null
deployments $((many / 500)) 500 load >"$work/load.yaml"
once "apply $many pods on $nodes nodes" "$kubejar" apply -f "$work/load.yaml"
printf '%-58s %s\n' "Running there" "$("$kubejar" get pods -n load --field-selector=status.phase=Running -o name | wc -l)"
figure "get pods, 100 pods, $many in another namespace" "$kubejar" get pods
figure "get pod NAME" "$kubejar" get pod "$("$kubejar" get pods -o name | head -1 | cut -d/ -f2)"
unset KUBEJAR_NODES

home
"$kubejar" get pods >/dev/null 2>&1
deployments 1000 0 default >"$work/none.yaml"
once "apply 1000 Deployments with replicas 0" "$kubejar" apply -f "$work/none.yaml"
