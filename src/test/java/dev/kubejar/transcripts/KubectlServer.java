package dev.kubejar.transcripts;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** Answers the shim's calls: one connection a command, each in a thread of its own, as processes would overlap. */
final class KubectlServer implements AutoCloseable {
    /** Runs one command line as a process of its own would. */
    @FunctionalInterface
    interface Program {
        int run(
                String[] args,
                Map<String, String> environment,
                Path folder,
                InputStream in,
                OutputStream out,
                OutputStream err);
    }

    private final ServerSocket socket;
    private final Program program;

    KubectlServer(Program program) throws IOException {
        this.program = program;
        this.socket = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::accept, "kubectl-server");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket call = socket.accept();
                Thread thread = new Thread(null, () -> answer(call), "kubectl", 8L << 20);
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void answer(Socket call) {
        try (call) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(call.getInputStream(), StandardCharsets.US_ASCII));
            OutputStream wire = call.getOutputStream();
            String[] args = new String[Integer.parseInt(in.readLine())];
            for (int i = 0; i < args.length; i++) {
                args[i] = text(in.readLine());
            }
            Path folder = Path.of(text(in.readLine()));
            Map<String, String> environment = environment(text(in.readLine()));
            int code = program.run(
                    args, environment, folder, new Asked(in, wire), new Frames(wire, 'O'), new Frames(wire, 'E'));
            wire.write(("X" + code + "\n").getBytes(StandardCharsets.US_ASCII));
            wire.flush();
        } catch (IOException e) {
            // the caller was killed, as a pipe's reader may be
        }
    }

    private static String text(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    private static Map<String, String> environment(String text) {
        Map<String, String> map = new TreeMap<>();
        for (String each : text.split("\0")) {
            int equals = each.indexOf('=');
            if (equals > 0) {
                map.put(each.substring(0, equals), each.substring(equals + 1));
            }
        }
        return map;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Writes each chunk as a line of its own. */
    private static final class Frames extends OutputStream {
        private final OutputStream wire;
        private final char mark;

        Frames(OutputStream wire, char mark) {
            this.wire = wire;
            this.mark = mark;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length > 0) {
                byte[] chunk = java.util.Arrays.copyOfRange(bytes, offset, offset + length);
                String frame = mark + Base64.getEncoder().encodeToString(chunk) + "\n";
                synchronized (wire) {
                    wire.write(frame.getBytes(StandardCharsets.US_ASCII));
                }
            }
        }
    }

    /** Standard input, fetched when it is first read: a command that reads none leaves it to its neighbours. */
    private static final class Asked extends InputStream {
        private final BufferedReader in;
        private final OutputStream wire;
        private InputStream bytes;

        Asked(BufferedReader in, OutputStream wire) {
            this.in = in;
            this.wire = wire;
        }

        private InputStream bytes() throws IOException {
            if (bytes == null) {
                synchronized (wire) {
                    wire.write("I\n".getBytes(StandardCharsets.US_ASCII));
                    wire.flush();
                }
                String line = in.readLine();
                bytes = new ByteArrayInputStream(Base64.getDecoder().decode(line == null ? "" : line));
            }
            return bytes;
        }

        @Override
        public int read() throws IOException {
            return bytes().read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return bytes().read(into, offset, length);
        }
    }
}
