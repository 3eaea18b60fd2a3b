package dev.kubejar.kubelet.shell;

import dev.kubejar.kubelet.fs.Image;
import dev.kubejar.kubelet.fs.Inode;
import dev.kubejar.kubelet.fs.Mount;
import dev.kubejar.kubelet.fs.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What lies under /proc: made up from the machine whenever somebody looks. */
final class ProcVolume extends Volume {
    private static final long SECOND = 1_000_000_000L;
    private static final List<String> FILES = List.of(
            "cmdline", "cpuinfo", "filesystems", "loadavg", "meminfo", "mounts", "self", "stat", "uptime", "version");
    private static final List<String> OF_PROCESS =
            List.of("cmdline", "comm", "cwd", "environ", "fd", "limits", "mounts", "stat", "status");

    private final Machine machine;
    private final List<String> paths = new ArrayList<>(List.of(""));

    ProcVolume(Machine machine) {
        super("proc", Image.EMPTY);
        this.machine = machine;
    }

    private int id(String path) {
        int index = paths.indexOf(path);
        if (index < 0) {
            paths.add(path);
            index = paths.size() - 1;
        }
        return index + 1;
    }

    @Override
    public int child(int directory, String entry) {
        String path = paths.get(directory - 1);
        return names(path).contains(entry) ? id(path + "/" + entry) : 0;
    }

    @Override
    public Iterable<String> names(int directory) {
        return names(paths.get(directory - 1));
    }

    private Process process(String path) {
        String first = path.isEmpty() ? "" : path.substring(1).split("/")[0];
        return machine.processes.get((int) Text.number(first, -1));
    }

    private TreeSet<String> names(String path) {
        TreeSet<String> names = new TreeSet<>();
        if (path.isEmpty()) {
            names.addAll(FILES);
            names.add("sys");
            machine.processes.keySet().forEach(pid -> names.add(Integer.toString(pid)));
        } else if (path.startsWith("/sys")) {
            names.addAll(
                    path.equals("/sys")
                            ? List.of("kernel")
                            : path.equals("/sys/kernel") ? List.of("hostname") : List.of());
        } else if (process(path) != null && path.endsWith("/fd")) {
            process(path).descriptors.keySet().forEach(fd -> names.add(Integer.toString(fd)));
        } else if (process(path) != null && path.indexOf('/', 1) < 0) {
            names.addAll(OF_PROCESS);
        }
        return names;
    }

    @Override
    public Inode node(int id) {
        if (id < 1 || id > paths.size()) {
            return null;
        }
        String path = paths.get(id - 1);
        long now = machine.nanos();
        Process process = process(path);
        if (path.equals("/self")) {
            return Inode.madeUp(Inode.Type.LINK, 0777, now, Integer.toString(machine.current()), new byte[0]);
        }
        String last = path.substring(path.lastIndexOf('/') + 1);
        if (process != null && path.contains("/fd/")) {
            return Inode.madeUp(Inode.Type.DEVICE, 0620, now, "fd:" + process.pid + ":" + last, new byte[0]);
        }
        if (process != null && last.equals("cwd")) {
            return Inode.madeUp(Inode.Type.LINK, 0777, now, process.cwd, new byte[0]);
        }
        boolean directory = path.isEmpty()
                || path.equals("/sys")
                || path.equals("/sys/kernel")
                || process != null && (path.indexOf('/', 1) < 0 || last.equals("fd"));
        if (directory) {
            return Inode.madeUp(Inode.Type.DIRECTORY, 0555, now, "", new byte[0]);
        }
        String content = process != null && path.indexOf('/', 1) > 0 ? content(process, last) : content(last);
        return Inode.madeUp(Inode.Type.FILE, 0444, now, "", Text.bytes(content));
    }

    private String content(String name) {
        Host host = machine.host();
        long up = (machine.nanos() - machine.began) / 10_000_000;
        return switch (name) {
            case "hostname" -> host.hostname() + "\n";
            case "version" -> "Linux version 6.8.0 (kubejar) #1 SMP PREEMPT_DYNAMIC\n";
            case "uptime" -> up / 100 + "." + two(up % 100) + " " + up / 100 + "." + two(up % 100) + "\n";
            case "loadavg" -> "0.00 0.00 0.00 1/" + machine.processes.size() + " " + machine.lastPid + "\n";
            case "meminfo" -> memory(host.memory() / 1024);
            case "cpuinfo" -> cpus(host.cpus());
            case "mounts" -> mounts();
            case "cmdline" -> "BOOT_IMAGE=/boot/vmlinuz\n";
            case "filesystems" -> "nodev\ttmpfs\nnodev\toverlay\n\text4\n";
            case "stat" -> "cpu  0 0 0 0 0 0 0 0 0 0\nbtime " + machine.began / SECOND + "\n";
            default -> "";
        };
    }

    private static String two(long number) {
        return (number < 10 ? "0" : "") + number;
    }

    private static String memory(long kib) {
        long free = kib - kib / 8;
        return "MemTotal:       " + kib + " kB\nMemFree:        " + free + " kB\nMemAvailable:   " + free
                + " kB\nBuffers:        0 kB\nCached:         0 kB\nSwapTotal:      0 kB\nSwapFree:       0 kB\n";
    }

    private static String cpus(int count) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < count; i++) {
            out.append("processor\t: ").append(i).append("\nmodel name\t: Kubejar CPU\ncpu MHz\t\t: 2000.000\n\n");
        }
        return out.toString();
    }

    String mounts() {
        StringBuilder out = new StringBuilder();
        for (Mount mount : machine.mounts()) {
            out.append(mount.kind())
                    .append(' ')
                    .append(mount.path())
                    .append(' ')
                    .append(mount.kind())
                    .append(' ');
            out.append(mount.readOnly() ? "ro" : "rw").append(",relatime 0 0\n");
        }
        return out.toString();
    }

    private String content(Process process, String name) {
        String command = process.argv.isEmpty() ? "" : process.argv.get(0);
        String comm = command.substring(command.lastIndexOf('/') + 1);
        String state = process.ended() ? "Z (zombie)" : process.stopped ? "T (stopped)" : "S (sleeping)";
        return switch (name) {
            case "cmdline" -> process.ended() ? "" : String.join("\0", process.argv) + "\0";
            case "comm" -> comm + "\n";
            case "environ" -> environment(process);
            case "mounts" -> mounts();
            case "limits" -> "Limit                     Soft Limit           Hard Limit           Units     \n";
            case "stat" ->
                process.pid + " (" + comm + ") " + state.charAt(0) + " " + process.parent + " 1 1 0 -1 0 0 0 0 0 0 0\n";
            default ->
                "Name:\t" + comm + "\nUmask:\t0" + Integer.toOctalString(process.umask) + "\nState:\t" + state
                        + "\nTgid:\t" + process.pid + "\nPid:\t" + process.pid + "\nPPid:\t" + process.parent
                        + "\nUid:\t"
                        + four(process.user.uid()) + "\nGid:\t" + four(process.user.gid()) + "\nThreads:\t1\n";
        };
    }

    private static String four(int id) {
        return id + "\t" + id + "\t" + id + "\t" + id;
    }

    private static String environment(Process process) {
        StringBuilder out = new StringBuilder();
        if (process.program instanceof Task task) {
            task.env()
                    .forEach((name, value) ->
                            out.append(name).append('=').append(value).append('\0'));
        } else if (process.program instanceof Shell shell) {
            shell.environment(java.util.Map.of())
                    .forEach((name, value) ->
                            out.append(name).append('=').append(value).append('\0'));
        }
        return out.toString();
    }
}
