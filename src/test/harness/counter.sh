#!/bin/sh
# Processes that increment one ConfigMap's counter by compare-and-set: get, add one, replace with the resourceVersion read, and once
# more after a Conflict. No increment may be lost.
#
#   src/test/harness/counter.sh [LAUNCHER [PROCESSES [INCREMENTS]]]        by default target/kubejar 8 25
#
# Prints what the counter reads and how many conflicts there were. Exits 1 unless it reads PROCESSES times INCREMENTS, and some
# conflicts were met.
set -eu
top=$(cd "$(dirname "$0")/../../.." && pwd)
kubectl=${1:-$top/target/kubejar} processes=${2:-8} increments=${3:-25}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export KUBEJAR_HOME="$work/home" KUBEJAR_PROFILE=bare
unset KUBECONFIG || true

increment() { # NUMBER
    left=$increments
    while [ "$left" -gt 0 ]; do
        "$kubectl" get configmap counter -o json > "$work/$1.json" 2>> "$work/$1.errors" || { echo get >> "$work/failed"; return; }
        value=$(sed -n 's/.*"value": "\([0-9]*\)".*/\1/p' "$work/$1.json")
        if sed "s/\"value\": \"$value\"/\"value\": \"$((value + 1))\"/" "$work/$1.json" |
            "$kubectl" replace -f - > "$work/$1.out" 2> "$work/$1.err"; then
            left=$((left - 1))
        elif grep -q '(Conflict)' "$work/$1.err"; then
            echo conflict >> "$work/conflicts.$1"
        else
            cat "$work/$1.err" >> "$work/failed"
            return
        fi
    done
}

"$kubectl" create configmap counter --from-literal=value=0
number=0
while [ "$number" -lt "$processes" ]; do
    number=$((number + 1))
    increment "$number" &
done
wait
value=$("$kubectl" get configmap counter -o 'jsonpath={.data.value}')
touch "$work/conflicts.none"
conflicts=$(cat "$work"/conflicts.* | wc -l)
echo "$processes processes, $increments increments each: the counter reads $value, $conflicts conflicts"
if [ -s "$work/failed" ]; then
    cat "$work/failed"
    exit 1
fi
[ "$value" -eq $((processes * increments)) ] && [ "$conflicts" -gt 0 ]
