package dev.kubejar.kubelet.shell;

import dev.kubejar.kubelet.fs.Errno;
import dev.kubejar.kubelet.fs.FileOps;
import dev.kubejar.kubelet.fs.FsError;
import dev.kubejar.kubelet.fs.Inode;
import dev.kubejar.kubelet.fs.Location;

/** Opens what commands read from and write to. */
final class Redirections {
    private final Shell shell;
    private final Process process;

    Redirections(Interpreter interpreter) {
        this.shell = interpreter.shell;
        this.process = interpreter.process;
    }

    /** Changes a descriptor and keeps in the frame what it was; false where it failed, which is reported. */
    boolean apply(Frame frame, int descriptor, String operator, String target) {
        if (operator.equals("<&") || operator.equals(">&")) {
            return duplicate(frame, descriptor, operator, target);
        }
        try {
            Channel channel = operator.equals("<<") ? document(target) : open(operator, target);
            frame.keep(process, descriptor);
            process.put(descriptor, channel);
            return true;
        } catch (FsError e) {
            boolean reads = operator.equals("<");
            shell.error(process, (reads ? "can't open " : "can't create ") + target + ": " + words(e, reads));
            return false;
        }
    }

    private static String words(FsError error, boolean reads) {
        if (error.is(Errno.ENOENT)) {
            return reads ? "no such file" : "nonexistent directory";
        }
        return error.getMessage();
    }

    private Channel document(String text) {
        return new Channels.PipeEnd(new Pipe(text), false);
    }

    private Channel open(String operator, String target) throws FsError {
        return switch (operator) {
            case "<" -> Files.open(process, target, Channels.OpenFile.READ);
            case ">>" -> Files.open(process, target, Channels.OpenFile.WRITE | Channels.OpenFile.APPEND);
            case "<>" -> Files.open(process, target, Channels.OpenFile.READ | Channels.OpenFile.WRITE);
            default -> {
                if (operator.equals(">") && shell.option("noclobber") && isFile(target)) {
                    throw new FsError(Errno.EEXIST);
                }
                yield Files.create(process, target);
            }
        };
    }

    private boolean isFile(String target) throws FsError {
        Location there = process.files().find(target);
        return there.exists() && there.node().type() == Inode.Type.FILE;
    }

    private boolean duplicate(Frame frame, int descriptor, String operator, String target) {
        if (target.equals("-")) {
            frame.keep(process, descriptor);
            process.close(descriptor);
            return true;
        }
        long source = Text.number(target, -1);
        if (source < 0 && operator.equals(">&") && descriptor == 1) {
            return apply(frame, 1, ">", target) && duplicate(frame, 2, ">&", "1");
        }
        Channel channel = source < 0 ? null : process.channel((int) source);
        if (source < 0) {
            shell.error(process, "bad fd number");
            return false;
        }
        if (channel == null) {
            shell.error(process, source + ": Bad file descriptor");
            return false;
        }
        frame.keep(process, descriptor);
        process.put(descriptor, channel);
        return true;
    }

    /** Opens files for processes. */
    static final class Files {
        private Files() {}

        /** Opens an existing file, or where it is to be written, makes it. */
        static Channel open(Process process, String path, int mode) throws FsError {
            FileOps files = process.files();
            Location there = (mode & Channels.OpenFile.WRITE) != 0
                    ? files.writable(path, true, false, 0666)
                    : files.readable(path);
            return channel(process, there, mode);
        }

        /** Opens a file for writing from its beginning, empty. */
        static Channel create(Process process, String path) throws FsError {
            FileOps files = process.files();
            Location there = files.writable(path, true, false, 0666);
            if (there.node().type() == Inode.Type.FILE) {
                files.truncate(there, 0);
            }
            return channel(process, there, Channels.OpenFile.WRITE);
        }

        private static Channel channel(Process process, Location there, int mode) throws FsError {
            Inode node = there.node();
            if (node.type() != Inode.Type.DEVICE) {
                return new Channels.OpenFile(there.volume(), there.id(), there.path(), mode, process.machine);
            }
            if (!node.target().startsWith("fd:")) {
                return new Channels.Device(node.target(), process.machine);
            }
            String[] owner = node.target().split(":");
            Process other = process.machine.processes.get(Integer.parseInt(owner[1]));
            Channel channel = other == null ? null : other.channel(Integer.parseInt(owner[2]));
            if (channel == null) {
                throw new FsError(Errno.ENOENT);
            }
            if (channel instanceof Channels.OpenFile file && file.node() != null) {
                return new Channels.OpenFile(file.volume, file.inode, file.path, mode, process.machine);
            }
            return channel;
        }
    }
}
