package dev.kubejar.kubelet.shell;

import dev.kubejar.kubelet.fs.Errno;
import dev.kubejar.kubelet.fs.FileOps;
import dev.kubejar.kubelet.fs.FsError;
import dev.kubejar.kubelet.fs.Inode;
import dev.kubejar.kubelet.fs.Location;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the program that a command names, and puts it into a process. */
final class Launcher {
    static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final String MAGIC = "\177ELF";
    private static final int MAX_INTERPRETERS = 4;

    private Launcher() {}

    /** Where images of which nothing is known have a program that stands for all others. */
    static final String ANYTHING = "/usr/local/bin/.anything";

    /** A program and its arguments; a script's interpreter has taken its place already. */
    record Target(String program, List<String> argv) {}

    /** A command that cannot be run, and why. */
    static final class NotRunnable extends Exception {
        private static final long serialVersionUID = 1;
        final transient Errno errno;

        NotRunnable(Errno errno) {
            super(errno.words(), null, false, false);
            this.errno = errno;
        }
    }

    /** Finds what a container or an exec starts with, with the container runtime's errors. */
    static Target forContainer(Machine machine, Launch launch) throws StartError {
        FileOps root = new FileOps(machine.files(), dev.kubejar.kubelet.fs.Credentials.ROOT, "/", 022);
        if (!root.exists(launch.cwd())) {
            try {
                makeDirectories(root, launch.cwd());
            } catch (FsError e) {
                throw new StartError(
                        StartError.Cause.NO_DIRECTORY,
                        "mkdir " + launch.cwd() + ": " + e.getMessage().toLowerCase(java.util.Locale.ROOT));
            }
        }
        List<String> argv = launch.argv().stream().map(Text::of).toList();
        String name = argv.get(0);
        FileOps files = new FileOps(machine.files(), launch.user(), launch.cwd(), 022);
        try {
            return find(files, argv, launch.env().getOrDefault("PATH", DEFAULT_PATH));
        } catch (NotRunnable e) {
            String quoted = "exec: \"" + Text.java(name) + "\": ";
            if (e.errno != Errno.ENOENT) {
                throw new StartError(StartError.Cause.NOT_PERMITTED, quoted + words(e.errno));
            }
            String why = name.contains("/")
                    ? "stat " + Text.java(name) + ": no such file or directory"
                    : "executable file not found in $PATH";
            throw new StartError(StartError.Cause.NOT_FOUND, quoted + why);
        }
    }

    private static String words(Errno errno) {
        return errno == Errno.EINVAL ? "exec format error" : errno.words().toLowerCase(java.util.Locale.ROOT);
    }

    private static void makeDirectories(FileOps files, String path) throws FsError {
        int slash = path.lastIndexOf('/');
        if (slash > 0 && !files.exists(path.substring(0, slash))) {
            makeDirectories(files, path.substring(0, slash));
        }
        files.mkdir(path, 0755);
    }

    /** Finds a program by its path, or by its name along a search path; an unknown image has any. */
    static Target find(FileOps files, List<String> argv, String path) throws NotRunnable {
        try {
            return search(files, argv, path);
        } catch (NotRunnable e) {
            if (e.errno == Errno.ENOENT && runnable(files, ANYTHING)) {
                return new Target("anything", argv);
            }
            throw e;
        }
    }

    private static Target search(FileOps files, List<String> argv, String path) throws NotRunnable {
        String name = argv.get(0);
        if (name.contains("/")) {
            return open(files, name, argv, 0);
        }
        NotRunnable denied = null;
        for (String directory : path.split(":", -1)) {
            String file = directory.isEmpty() ? name : directory + "/" + name;
            try {
                return open(files, file, argv, 0);
            } catch (NotRunnable e) {
                if (e.errno == Errno.EINVAL) {
                    throw e;
                }
                denied = e.errno == Errno.EACCES ? e : denied;
            }
        }
        throw denied != null ? denied : new NotRunnable(Errno.ENOENT);
    }

    /** The file that a name stands for along a search path, or null. */
    static String which(FileOps files, String name, String path) {
        if (name.contains("/")) {
            return runnable(files, name) ? name : null;
        }
        for (String directory : path.split(":", -1)) {
            String file = directory.isEmpty() ? name : directory + "/" + name;
            if (runnable(files, file)) {
                return file;
            }
        }
        return null;
    }

    private static boolean runnable(FileOps files, String path) {
        try {
            Inode node = files.at(path).node();
            return node.isFile() && files.who().may(node, 1);
        } catch (FsError e) {
            return false;
        }
    }

    private static Target open(FileOps files, String path, List<String> argv, int depth) throws NotRunnable {
        Inode node;
        try {
            Location there = files.at(path);
            node = there.node();
        } catch (FsError e) {
            throw new NotRunnable(e.errno() == Errno.EACCES ? Errno.EACCES : Errno.ENOENT);
        }
        if (!node.isFile() || !files.who().may(node, 1) || depth > MAX_INTERPRETERS) {
            throw new NotRunnable(Errno.EACCES);
        }
        String head = Text.of(node.read(0, 256));
        if (head.startsWith(MAGIC)) {
            return builtIn(head.substring(MAGIC.length()), argv);
        }
        if (!head.startsWith("#!")) {
            throw new NotRunnable(Errno.EINVAL);
        }
        String[] line = head.substring(2).split("\n", 2)[0].trim().split("[ \t]+", 2);
        List<String> changed = new ArrayList<>(List.of(line));
        changed.add(path);
        changed.addAll(argv.subList(1, argv.size()));
        return open(files, line[0], changed, depth + 1);
    }

    private static Target builtIn(String program, List<String> argv) throws NotRunnable {
        if (!program.equals("busybox")) {
            return new Target(program, argv);
        }
        String name = argv.get(0).substring(argv.get(0).lastIndexOf('/') + 1);
        if (name.equals("busybox") && argv.size() > 1 && !argv.get(1).startsWith("-")) {
            return new Target(argv.get(1), argv.subList(1, argv.size()));
        }
        return new Target(name.startsWith("-") ? name.substring(1) : name, argv);
    }

    /** The environment that a container's process sees, as byte strings. */
    static Map<String, String> environment(Map<String, String> env) {
        Map<String, String> bytes = new LinkedHashMap<>();
        env.forEach((name, value) -> bytes.put(Text.of(name), Text.of(value)));
        return bytes;
    }

    /** Makes a process run a program; it keeps its descriptors. */
    static void load(Process process, Target target, Map<String, String> env) {
        process.argv = target.argv();
        if (isShell(target.program())) {
            process.program = Shell.start(process, target.argv(), env);
        } else {
            process.program = new Task(target.program(), target.argv(), env);
        }
    }

    private static boolean isShell(String program) {
        return program.equals("sh") || program.equals("ash") || program.equals("bash") || program.equals("dash");
    }
}
