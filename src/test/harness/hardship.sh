#!/bin/bash
# The launcher under hardship: damaged files, a full disk, a home that cannot be written, no HOME, other locales and zones, a reader
# that has gone, an interrupt. The full disk and the read-only home need root, to mount small file systems, and are skipped without.
#
#   src/test/harness/hardship.sh [LAUNCHER]          by default target/kubejar
#
# Prints every expectation that does not hold and how many did. Exits 1 if any does not.
set -u
top=$(cd "$(dirname "$0")/../../.." && pwd)
kubectl=${1:-$top/target/kubejar}
case $kubectl in /*) ;; *) kubectl=$PWD/$kubectl ;; esac
work=$(mktemp -d)
mounted=
trap 'for each in $mounted; do umount "$each"; done; rm -rf "$work"' EXIT
export KUBEJAR_PROFILE=bare KUBEJAR_SEED=1 KUBEJAR_CLOCK=frozen
unset KUBECONFIG KUBEJAR_HOME
good=0 bad=0
ok() { good=$((good + 1)); }
fail() { bad=$((bad + 1)); echo "FAILED: $1"; head -c 600 "$work/out" "$work/err" 2> /dev/null; }
run() { timeout 30 "$kubectl" "$@" > "$work/out" 2> "$work/err" < /dev/null; code=$?; }
expect() { # WHAT CODE PATTERN-OF-ERR
    if grep -Eq '^\s+at [A-Za-z0-9_.$]+\(|Exception|internal error' "$work/err" "$work/out"; then fail "$1: a stack trace"
    elif [ "$code" -ne "$2" ]; then fail "$1: exit $code instead of $2"
    elif [ -n "$3" ] && ! grep -Eq "$3" "$work/err"; then fail "$1: standard error lacks $3"
    else ok; fi
}
sum() { (cd "$1" && cat $(ls | grep -v '^lock$') | md5sum); }

# Damaged files: what is damaged is named, exit 1, and nothing is written.
export KUBEJAR_HOME=$work/home
state=$KUBEJAR_HOME/clusters/default
run create configmap one --from-literal=a=b
run create configmap two --from-literal=a=b
cp -r "$KUBEJAR_HOME" "$work/clean"
for file in $(ls "$state" | grep -v '^lock$'); do
    for damage in empty half flip; do
        [ "$damage/${file%%-*}" != half/journal ] || continue # a record that was not written to its end was never acknowledged
        rm -rf "$KUBEJAR_HOME" && cp -r "$work/clean" "$KUBEJAR_HOME"
        size=$(stat -c %s "$state/$file")
        case $damage in
            empty) : > "$state/$file" ;;
            half) truncate -s $((size / 2)) "$state/$file" ;;
            flip) printf '\132' | dd of="$state/$file" bs=1 seek=$((size / 3)) conv=notrunc 2> /dev/null ;;
        esac
        before=$(sum "$state")
        run get configmaps
        expect "get with $file $damage" 1 "$state/$file is damaged"
        run create configmap three
        expect "create with $file $damage" 1 "$state/$file is damaged"
        [ "$before" = "$(sum "$state")" ] && ok || fail "$file $damage: something was overwritten"
    done
done
rm -rf "$KUBEJAR_HOME" && cp -r "$work/clean" "$KUBEJAR_HOME"

# Languages and zones.
for locale in C POSIX C.UTF-8; do
    LC_ALL=$locale run create configmap "locale-$(echo $locale | tr A-Z_ a-z-)" --from-literal="a=é€"
    LC_ALL=$locale run get configmap "locale-$(echo $locale | tr A-Z_ a-z-)" -o 'jsonpath={.data.a}'
    [ "$(cat "$work/out")" = "é€" ] && ok || fail "LC_ALL=$locale does not keep é€"
done
TZ=Asia/Tokyo run get configmap one -o 'jsonpath={.metadata.creationTimestamp}'
[ "$(cat "$work/out")" = 2026-01-01T00:00:00Z ] && ok || fail "TZ changes times"

# A reader that has gone, no standard output, an interrupt.
first=$("$kubectl" get all,configmaps -A -o yaml 2> "$work/err" | head -n 1)
code=${PIPESTATUS[0]}
[ "$first" = "apiVersion: v1" ] && ok || fail "head of a long output"
expect "a reader that has gone" 0 ''
"$kubectl" get configmaps >&- 2> "$work/err"
grep -q Exception "$work/err" && fail "no standard output" || ok
for wait in 0.05 0.1 0.2 0.4 0.8; do
    (trap - INT; exec timeout -s INT "$wait" "$kubectl" create configmap "interrupted-$wait" > "$work/out" 2> "$work/err")
    grep -Eq '^\s+at |Exception' "$work/err" && fail "interrupt after $wait s" || ok
    run get configmap one
    expect "after an interrupt" 0 ''
done

# Homes.
(cd "$work" && mkdir empty && cd empty && env -u HOME -u KUBEJAR_HOME "$kubectl" config view > "$work/out" 2> "$work/err"; code=$?; [ -z "$(ls -A)" ] && [ "$code" -eq 0 ])
[ $? -eq 0 ] && ok || fail "without HOME"
: > "$work/file"
KUBEJAR_HOME=$work/file run get pods
expect "a file where the home should be" 1 "$work/file"
if [ "$(id -u)" -eq 0 ] && mkdir "$work/read" "$work/small" && mount -t tmpfs -o ro none "$work/read" 2> /dev/null; then
    mounted="$work/read"
    KUBEJAR_HOME=$work/read/home run get pods
    expect "a home that cannot be written" 1 "Read-only file system"
    mount -t tmpfs -o size=1m none "$work/small"
    mounted="$mounted $work/small"
    export KUBEJAR_HOME=$work/small/home
    run create configmap first --from-literal=a=b
    expect "a small disk" 0 ''
    dd if=/dev/zero of="$work/small/fill" bs=1k 2> /dev/null
    truncate -s -20k "$work/small/fill"
    acknowledged=
    for i in $(seq 1 12); do
        run create configmap "c$i" --from-literal="x=$(head -c 4000 /dev/zero | tr '\0' x)"
        if [ "$code" -eq 0 ]; then acknowledged="$acknowledged c$i"; else
            expect "a full disk" 1 "No space left on device"
            [ -s "$work/out" ] && fail "a full disk: something was acknowledged" || ok
        fi
    done
    rm "$work/small/fill"
    for each in first $acknowledged; do
        run get configmap "$each"
        expect "$each after a full disk" 0 ''
    done
    run get configmaps -o name
    [ "$(grep -c '/c[0-9]' "$work/out")" -eq "$(echo $acknowledged | wc -w)" ] && ok || fail "a full disk: more than was acknowledged"
else
    echo "skipped without root: a full disk, a home that cannot be written"
fi
echo "$good hold, $bad do not"
[ "$bad" -eq 0 ]
