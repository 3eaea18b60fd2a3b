#!/bin/sh
# Tries kubejar shell in a real terminal: completion, history, documents, pipes, Ctrl-C, Ctrl-D.
# usage: shell-tmux.sh [COMMAND]   COMMAND starts Kubejar (default: kubejar); exits with 0 if everything looks right
set -eu
program=${1:-kubejar}
command -v tmux >/dev/null || { apt-get install -y -qq tmux >/dev/null; }
work=$(mktemp -d)
session=kubejar-$$
trap 'tmux -L "$session" kill-server 2>/dev/null || true; rm -rf "$work"' EXIT
failed=0

tmux -L "$session" -f /dev/null new-session -d -x 140 -y 40 \
    "env HOME='$work' KUBEJAR_HOME='$work/home' KUBEJAR_PROFILE=bare KUBEJAR_TTY=012 PS1='$ ' sh"
send() { tmux -L "$session" send-keys -t 0 "$@"; }
screen() { tmux -L "$session" capture-pane -p -t 0 -S -200; }

# expect TEXT WHAT: waits up to 20 s until the screen shows it
expect() {
    for i in $(seq 100); do
        if screen | grep -qF -- "$1"; then echo "ok    $2"; return 0; fi
        sleep 0.2
    done
    echo "FAIL  $2: no \"$1\" on the screen:"
    screen | sed 's/^/      | /'
    failed=1
}

send "$program shell" Enter
expect 'kubejar/default>' 'a prompt with context and namespace'
send 'get no' Tab
expect 'nodes' 'completion of types'
send C-c
sleep 0.5
send 'get nodes work' Tab Tab
expect 'worker-2' 'completion of names from the cluster'
send C-c
sleep 0.5
send 'create deployment web --image=nginx --replicas=2' Enter
expect 'deployment.apps/web created' 'a command'
send 'get pods | grep -c Running | sed s/^/pods=/' Enter
expect 'pods=2' 'a pipe to the host'
send 'kubectl get deploy -o name > out.txt; cat out.txt | tr a-z A-Z' Enter
expect 'DEPLOYMENT.APPS/WEB' 'a redirection'
send 'apply -f -' Enter
send 'apiVersion: v1' Enter 'kind: ConfigMap' Enter 'metadata: {name: typed}' Enter '.' Enter
expect 'configmap/typed created' 'a document up to a dot'
send 'apply -f - <<EOF' Enter
expect '> ' 'a further prompt'
send 'apiVersion: v1' Enter 'kind: ConfigMap' Enter 'metadata: {name: here}' Enter 'EOF' Enter
expect 'configmap/here created' 'a document up to its end word'
send 'get pods -w' Enter
sleep 2
send C-c
sleep 0.5
send 'version --client -o json | grep -c gitVersion | sed s/^/again=/' Enter
expect 'again=1' 'Ctrl-C stops the command, not the shell'
send 'run sh --image=busybox -it --restart=Never -- sh' Enter
expect '/ #' 'an interactive command'
send 'echo in-the-$((40+2))' Enter
expect 'in-the-42' 'typing into a container'
send 'exit' Enter
sleep 1
send 'use kube-system' Enter
expect 'kubejar/kube-system>' 'another namespace'
send Up Up Up Up Up
sleep 1
send C-c
sleep 0.5
send 'sim status' Enter
expect 'Revision:' 'commands of its own'
send C-d
sleep 1
send 'echo left=$?' Enter
expect 'left=' 'Ctrl-D leaves'
send "ls -l $work/home/shell_history" Enter
expect '-rw-------' 'history for its owner only'
if screen | grep -q 'WARNING'; then echo 'FAIL  warnings:'; screen | grep WARNING; failed=1; fi
exit $failed
