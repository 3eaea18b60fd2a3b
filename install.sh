#!/bin/sh
# Builds Kubejar and installs it for one user or for all.
set -eu
umask 022

usage() {
    cat <<'END'
usage: ./install.sh [--prefix DIR] [--kubectl] [--uninstall]

  --prefix DIR   install below DIR (default: ~/.local); the programs go to DIR/bin, the rest to DIR/lib/kubejar
  --kubectl      install the name kubectl too, even if there is another kubectl on the PATH
  --uninstall    remove what was installed below DIR; clusters (~/.kubejar) stay
END
}

prefix=${HOME:-/root}/.local
kubectl=
uninstall=
while [ $# -gt 0 ]; do
    case $1 in
        --prefix) [ $# -gt 1 ] || { usage >&2; exit 2; }; prefix=$2; shift ;;
        --prefix=*) prefix=${1#*=} ;;
        --kubectl) kubectl=yes ;;
        --uninstall) uninstall=yes ;;
        -h | --help) usage; exit 0 ;;
        *) echo "install.sh: unknown argument $1" >&2; usage >&2; exit 2 ;;
    esac
    shift
done
case $prefix in
    '') usage >&2; exit 2 ;;
    /*) ;;
    *) prefix=$PWD/$prefix ;;
esac
lib=$prefix/lib/kubejar
mark='# Starts Kubejar:'

ours() { [ -f "$1" ] && grep -q "^$mark" "$1" 2>/dev/null; }

if [ -n "$uninstall" ]; then
    made=$(cat "$lib/made" 2>/dev/null) || made=
    for name in kubejar kubectl; do
        if ours "$prefix/bin/$name"; then rm -f "$prefix/bin/$name"; fi
    done
    rm -rf "$lib"
    # folders that the installation made, innermost first, if nobody uses them by now
    printf '%s\n' "$made" | while IFS= read -r folder; do
        [ -z "$folder" ] || rmdir "$folder" 2>/dev/null || true
    done
    echo "Kubejar is removed from $prefix; clusters (${KUBEJAR_HOME:-~/.kubejar}) are left as they are."
    exit 0
fi

# --- a JDK and Maven ---

# The feature version of the JDK in a folder; 0 if there is none that can compile.
version() {
    if [ ! -x "$1/bin/javac" ] || [ ! -x "$1/bin/java" ]; then echo 0; return; fi
    found=$("$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9][0-9]*\).*/\1/p')
    echo "${found:-0}"
}

find_jdk() {
    on_path=$(command -v javac 2>/dev/null) || on_path=
    by_java=$(command -v java 2>/dev/null) || by_java=
    set -- "${JAVA_HOME:-}"
    if [ -n "$by_java" ]; then by_java=$(readlink -f "$by_java"); set -- "$@" "${by_java%/bin/java}"; fi
    if [ -n "$on_path" ]; then on_path=$(readlink -f "$on_path"); set -- "$@" "${on_path%/bin/javac}"; fi
    for folder in "$@" /usr/lib/jvm/*; do
        if [ -n "$folder" ] && [ "$(version "$folder")" -ge 17 ]; then
            home=${folder%/}
            return 0
        fi
    done
    return 1
}

install_packages() {
    root=
    if [ "$(id -u)" -ne 0 ]; then
        root=sudo
        if ! command -v sudo >/dev/null 2>&1 || { ! sudo -n true 2>/dev/null && [ ! -t 0 ]; }; then root=none; fi
    fi
    if [ "$root" = none ] || ! command -v apt-get >/dev/null 2>&1; then
        echo "install.sh: please have these packages installed and start again: $missing" >&2
        exit 3
    fi
    echo "Installing $missing ..."
    $root apt-get update -qq
    for package in openjdk-17-jdk-headless openjdk-21-jdk-headless openjdk-25-jdk-headless default-jdk-headless; do
        if apt-cache show "$package" >/dev/null 2>&1; then break; fi
    done
    packages=$(echo "$missing" | sed "s/openjdk-17-jdk-headless/$package/")
    # shellcheck disable=SC2086 # a list of words
    $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null
}

missing=
find_jdk || missing=openjdk-17-jdk-headless
command -v mvn >/dev/null 2>&1 || missing="$missing${missing:+ }maven"
if [ -n "$missing" ]; then
    install_packages
    find_jdk || { echo "install.sh: no JDK of version 17 or later, even after installing $missing" >&2; exit 1; }
fi
JAVA_HOME=$home
export JAVA_HOME
jdk=$(version "$home")

# --- build ---

cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
echo "Building with JDK $jdk in $home ..."
if ! mvn --quiet --batch-mode --no-transfer-progress -Dmaven.test.skip=true package >"$work/log" 2>&1; then
    cat "$work/log" >&2
    echo "install.sh: the build failed; nothing was installed" >&2
    exit 1
fi

# --- install ---

made=
for folder in "$prefix" "$prefix/bin" "$prefix/lib"; do
    if [ ! -d "$folder" ]; then
        mkdir -p "$folder"
        made="$folder
$made"
    fi
done
mkdir -p "$lib"
[ -f "$lib/made" ] || printf '%s' "$made" >"$lib/made"
rm -rf "$lib/archives"
cp target/kubejar.jar "$lib/kubejar.jar.new"
mv "$lib/kubejar.jar.new" "$lib/kubejar.jar"

# What every start of the JVM is told: little memory and few threads, and compiling that pays within a fraction of a second.
# Messages of the JVM about an archive that does not fit are of no use to anybody.
common='-XX:+UseSerialGC -XX:-UsePerfData -Xms64m -Xss2m -Xlog:disable'
printf '%s\n' "$common -Xshare:auto" >"$lib/options"

# The class archive belongs to one JDK, in a folder named after it; without one everything works, only slower.
archive() {
    folder=$lib/archives$home
    mkdir -p "$folder" "$work/run"
    common_archive="$common -XX:TieredStopAtLevel=1"
    if [ "$jdk" -ge 25 ]; then
        target=$folder/kubejar.aot
        # shellcheck disable=SC2086 # lists of words
        "$home/bin/java" $common_archive -XX:AOTMode=record -XX:AOTConfiguration="$work/noted" \
            -cp "$lib/kubejar.jar" dev.kubejar.Training "$work/run" &&
            "$home/bin/java" $common_archive -XX:AOTMode=create -XX:AOTConfiguration="$work/noted" \
                -XX:AOTCache="$target" -cp "$lib/kubejar.jar"
        option=-XX:AOTCache
    else
        target=$folder/kubejar.jsa
        # shellcheck disable=SC2086
        "$home/bin/java" $common_archive -Xshare:off -XX:DumpLoadedClassList="$work/noted" \
            -cp "$lib/kubejar.jar" dev.kubejar.Training "$work/run" &&
            "$home/bin/java" -Xlog:disable -Xshare:dump -XX:+UseG1GC -XX:SharedClassListFile="$work/noted" \
                -XX:SharedArchiveFile="$target" -cp "$lib/kubejar.jar"
        option=-Xshare:auto\ -XX:SharedArchiveFile
    fi
    [ -s "$target" ] && chmod 644 "$target" && printf '%s\n' "$common $option=\"$target\"" >"$folder/options"
}

if (archive) >"$work/log" 2>&1; then
    about="with a class archive for JDK $jdk"
else
    rm -rf "$lib/archives"
    about="without a class archive, which JDK $jdk did not make"
fi

quoted() { printf "'%s'" "$(printf '%s' "$1" | sed "s/'/'\\\\''/g")"; }

launcher() {
    cat >"$prefix/bin/$1.new" <<END
#!/bin/sh
$mark exactly one JVM, with the class archive made for it.
lib=$(quoted "$lib")
home=$(quoted "$home")
if [ -n "\$JAVA_HOME" ] && { [ ! -x "\$home/bin/java" ] || [ -f "\$lib/archives\$JAVA_HOME/options" ]; }; then home=\$JAVA_HOME; fi
options=\$lib/archives\$home/options
[ -f "\$options" ] || options=\$lib/options
java=\$home/bin/java
[ -x "\$java" ] || java=java
case " \$1 \$2 \$3 " in
    " shell "* | " sim clock advance ") compiler=-XX:+TieredCompilation ;;
    *) compiler=-XX:TieredStopAtLevel=1 ;;
esac
KUBEJAR_TTY=
[ -t 0 ] && KUBEJAR_TTY=0
[ -t 1 ] && KUBEJAR_TTY=\${KUBEJAR_TTY}1
[ -t 2 ] && KUBEJAR_TTY=\${KUBEJAR_TTY}2
export KUBEJAR_TTY
case \${LC_ALL:-\${LC_CTYPE:-\$LANG}} in
    *[Uu][Tt][Ff]*) ;;
    *) export LC_ALL=C.UTF-8 ;; # otherwise Java reads only ASCII in arguments and file names
esac
exec "\$java" "@\$options" \$compiler -Dkubejar.program=$1 -jar "\$lib/kubejar.jar" "\$@"
END
    chmod 755 "$prefix/bin/$1.new"
    mv "$prefix/bin/$1.new" "$prefix/bin/$1"
}

launcher kubejar
installed=$prefix/bin/kubejar
other=$(command -v kubectl 2>/dev/null) || other=
if [ -n "$kubectl" ] || [ -z "$other" ] || ours "$other" || ours "$prefix/bin/kubectl"; then
    launcher kubectl
    installed="$installed and $prefix/bin/kubectl"
fi
echo "Installed $installed, $about."
case :$PATH: in
    *:"$prefix/bin":*) ;;
    *) echo "Put it on your PATH: export PATH=\"$prefix/bin:\$PATH\"" ;;
esac
