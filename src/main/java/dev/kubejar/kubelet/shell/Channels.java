package dev.kubejar.kubelet.shell;

import dev.kubejar.kubelet.fs.ByteReader;
import dev.kubejar.kubelet.fs.ByteWriter;
import dev.kubejar.kubelet.fs.Errno;
import dev.kubejar.kubelet.fs.FsError;
import dev.kubejar.kubelet.fs.Inode;
import dev.kubejar.kubelet.fs.Volume;

/** The kinds of channels there are. */
final class Channels {
    private static final int FILE = 1;
    private static final int PIPE = 2;
    private static final int CONSOLE = 3;
    private static final int DEVICE = 4;
    private static final int SOCKET = 5;

    private Channels() {}

    /** Loads what a channel saved. */
    static Channel load(ByteReader in, Machine machine) {
        return switch (in.integer()) {
            case FILE -> {
                Volume volume = machine.files().volume(in.text());
                OpenFile file = new OpenFile(volume, in.integer(), in.text(), in.integer(), machine);
                file.offset = in.number();
                yield file;
            }
            case PIPE -> new PipeEnd(machine.pipe(in.integer()), in.flag());
            case CONSOLE -> new Console(machine, in.integer(), in.integer(), in.flag());
            case DEVICE -> new Device(in.text(), machine);
            case SOCKET -> Socket.load(in);
            default -> throw new IllegalStateException("unknown channel");
        };
    }

    /** A file of a volume, with a position. */
    static final class OpenFile extends Channel {
        static final int READ = 1;
        static final int WRITE = 2;
        static final int APPEND = 4;

        final Volume volume;
        final int inode;
        final String path;
        private final int mode;
        private final Machine machine;
        long offset;

        OpenFile(Volume volume, int inode, String path, int mode, Machine machine) {
            this.volume = volume;
            this.inode = inode;
            this.path = path;
            this.mode = mode;
            this.machine = machine;
        }

        Inode node() {
            return volume == null ? null : volume.node(inode);
        }

        @Override
        String read(int most) throws FsError {
            Inode node = node();
            if ((mode & READ) == 0) {
                throw new FsError(Errno.EBADF);
            }
            if (node == null) {
                return "";
            }
            if (node.isDirectory()) {
                throw new FsError(Errno.EISDIR);
            }
            byte[] bytes = node.read(offset, most);
            offset += bytes.length;
            return Text.of(bytes);
        }

        @Override
        void write(String bytes) throws FsError {
            if ((mode & WRITE) == 0) {
                throw new FsError(Errno.EBADF);
            }
            Inode node = node();
            if (node == null) {
                return;
            }
            long at = (mode & APPEND) != 0 ? node.size() : offset;
            volume.write(inode, at, Text.bytes(bytes), machine.nanos());
            offset = at + bytes.length();
        }

        /** Whether there is something past the position, or the file was cut. */
        boolean changed() {
            Inode node = node();
            return node == null || node.size() != offset;
        }

        @Override
        void opened() {
            if (volume != null) {
                volume.retain(inode);
            }
        }

        @Override
        void closed() {
            if (volume != null) {
                volume.release(inode);
            }
        }

        @Override
        String description() {
            return path;
        }

        @Override
        void save(ByteWriter out) {
            out.number(FILE)
                    .text(volume == null ? "" : volume.name())
                    .number(inode)
                    .text(path)
                    .number(mode)
                    .number(offset);
        }
    }

    /** One end of a pipe. */
    static final class PipeEnd extends Channel {
        final Pipe pipe;
        final boolean writing;

        PipeEnd(Pipe pipe, boolean writing) {
            this.pipe = pipe;
            this.writing = writing;
        }

        @Override
        void opened() {
            if (writing) {
                pipe.writers++;
            } else {
                pipe.readers++;
            }
        }

        @Override
        void closed() {
            if (writing) {
                pipe.writers--;
            } else {
                pipe.readers--;
            }
        }

        @Override
        String read(int most) throws FsError {
            if (writing) {
                throw new FsError(Errno.EBADF);
            }
            return pipe.read(most);
        }

        @Override
        void write(String bytes) throws FsError {
            if (!writing) {
                throw new FsError(Errno.EBADF);
            }
            pipe.write(bytes);
        }

        @Override
        boolean readable() {
            return pipe.readable();
        }

        @Override
        boolean full() {
            return writing && pipe.full();
        }

        @Override
        boolean broken() {
            return writing && pipe.readers == 0;
        }

        @Override
        String description() {
            return "pipe:[" + (100_000 + pipe.id) + "]";
        }

        @Override
        void save(ByteWriter out) {
            out.number(PIPE).number(pipe.id).flag(writing);
        }
    }

    /** A session's standard input, output or error, as the container runtime holds its other end. */
    static final class Console extends Channel {
        private final Machine machine;
        private final int session;
        private final int stream;
        private final boolean terminal;

        Console(Machine machine, int session, int stream, boolean terminal) {
            this.machine = machine;
            this.session = session;
            this.stream = stream;
            this.terminal = terminal;
        }

        int session() {
            return session;
        }

        @Override
        String read(int most) throws FsError {
            return machine.consoleRead(session, most);
        }

        @Override
        boolean readable() {
            return machine.consoleReadable(session);
        }

        @Override
        void write(String bytes) {
            machine.consoleWrite(session, stream == 0 ? 1 : stream, bytes);
        }

        @Override
        boolean isTerminal() {
            return terminal;
        }

        @Override
        String description() {
            return terminal ? "/dev/pts/0" : "pipe:[" + (1000 + session * 3 + stream) + "]";
        }

        @Override
        void save(ByteWriter out) {
            out.number(CONSOLE).number(session).number(stream).flag(terminal);
        }
    }

    /** A device of /dev: null, zero, full, random. */
    static final class Device extends Channel {
        private final String name;
        private final Machine machine;

        Device(String name, Machine machine) {
            this.name = name;
            this.machine = machine;
        }

        @Override
        String read(int most) {
            return switch (name) {
                case "zero", "full" -> "\0".repeat(most);
                case "random", "urandom" -> random(most);
                default -> "";
            };
        }

        private String random(int most) {
            StringBuilder out = new StringBuilder(most);
            long state = machine.host().random();
            while (out.length() < most) {
                // the steps of SplitMix64: one draw is enough for all that is read at once
                state += 0x9E3779B97F4A7C15L;
                long bits = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
                bits = (bits ^ bits >>> 27) * 0x94D049BB133111EBL;
                bits ^= bits >>> 31;
                for (int i = 0; i < 8 && out.length() < most; i++) {
                    out.append((char) (bits >>> 8 * i & 0xFF));
                }
            }
            return out.toString();
        }

        @Override
        void write(String bytes) throws FsError {
            if (name.equals("full")) {
                throw new FsError(Errno.ENOSPC);
            }
        }

        @Override
        String description() {
            return "/dev/" + name;
        }

        @Override
        void save(ByteWriter out) {
            out.number(DEVICE).text(name);
        }
    }

    /** An accepted connection: what the other side sent, and what it is answered. */
    static final class Socket extends Channel {
        private final StringBuilder in = new StringBuilder();
        private final StringBuilder out = new StringBuilder();
        private boolean over;

        Socket(String request) {
            in.append(request);
        }

        @Override
        String read(int most) {
            int count = Math.min(most, in.length());
            String part = in.substring(0, count);
            in.delete(0, count);
            return part;
        }

        @Override
        void write(String bytes) {
            out.append(bytes);
        }

        @Override
        void closed() {
            over = true;
        }

        boolean over() {
            return over;
        }

        String answer() {
            return out.toString();
        }

        @Override
        String description() {
            return "socket:[4711]";
        }

        @Override
        void save(ByteWriter to) {
            to.number(SOCKET).text(in.toString()).text(out.toString());
        }

        static Socket load(ByteReader from) {
            Socket socket = new Socket(from.text());
            socket.out.append(from.text());
            return socket;
        }
    }
}
