#!/bin/bash
# Runs the attacks of src/test/java/dev/kubejar/hostile over the launcher, each in a JVM with 256 MB of heap. Needs target/test-classes.
#
#   src/test/harness/hostile.sh [LAUNCHER [FIRST [LAST]]]        by default target/kubejar, all attacks
#
# Counts stack traces, commands of more than 2 s (SECONDS_EACH) of processor time or 10 of wall time, refusals that changed the
# state's hash, and refusals without a word. Exits 1 if there are any.
set -u
top=$(cd "$(dirname "$0")/../../.." && pwd)
kubectl=${1:-$top/target/kubejar} first=${2:-1} last=${3:-100000} most=${SECONDS_EACH:-2}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
java -cp "$top/target/test-classes:$top/target/classes" dev.kubejar.hostile.AttackFiles "$work/attacks" || exit 1
export KUBEJAR_HOME="$work/home" KUBEJAR_PROFILE=bare KUBEJAR_SEED=1 KUBEJAR_CLOCK=frozen JAVA_TOOL_OPTIONS=-Xmx256m
unset KUBECONFIG
hash() { "$kubectl" sim status 2>/dev/null | sed -n 's/^State hash:* *//p'; }
"$kubectl" create configmap victim --from-literal=a=b 2>&1 | grep -v '^Picked up'
before=$(hash)
[ -n "$before" ] || { echo "no state hash"; exit 1; }
cp -r "$KUBEJAR_HOME" "$work/clean"

count=0 refused=0 traces=0 hangs=0 changed=0 silent=0
TIMEFORMAT='%U %S'
for attack in "$work"/attacks/*/; do
    number=$(basename "$attack")
    [ $((number - 1000)) -ge "$first" ] && [ $((number - 1000)) -le "$last" ] || continue
    mapfile -d '' -t args < "$attack/args"
    count=$((count + 1)) wrong=
    { time timeout -s KILL 20 "$kubectl" "${args[@]}" < "$attack/input" > "$work/out" 2> "$work/raw"; echo $? > "$work/code"; } 2> "$work/time"
    code=$(cat "$work/code")
    grep -av '^Picked up JAVA_TOOL_OPTIONS' "$work/raw" > "$work/err"
    seconds=$(tail -n 1 "$work/time" | awk '{print $1 + $2}')
    if grep -aEq '^\s+at [A-Za-z0-9_.$]+\(|Exception|internal error|java\.lang|OutOfMemory' "$work/err" "$work/out"; then
        traces=$((traces + 1)) wrong="stack trace"
    fi
    if [ "$code" -eq 137 ] || awk "BEGIN { exit !($seconds > $most) }"; then
        hangs=$((hangs + 1)) wrong="$wrong slow"
    fi
    if [ "$code" -ne 0 ]; then
        refused=$((refused + 1))
        [ -s "$work/err" ] || { silent=$((silent + 1)) wrong="$wrong silent"; }
        [ "$(hash)" = "$before" ] || { changed=$((changed + 1)) wrong="$wrong changed"; }
    fi
    if [ -n "$wrong" ]; then
        echo "$((number - 1000)) $(cat "$attack/name"): $wrong (exit $code, $seconds s)"
        head -c 300 "$work/err" | head -n 3
    fi
    rm -rf "$KUBEJAR_HOME"
    cp -r "$work/clean" "$KUBEJAR_HOME"
done
echo "$count attacks, $refused refused: $traces stack traces, $hangs over $most s, $changed changed the state though refused, $silent without a word"
[ $((traces + hangs + changed + silent)) -eq 0 ]
