package dev.kubejar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kubejar.cli.Kubectl;
import dev.kubejar.cli.Session;
import dev.kubejar.repl.Repl;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kubejar shell} as a script plays it, and at a terminal that is simulated in this process. */
final class ShellTest {
    @TempDir
    Path home;

    private dev.kubejar.CommandLine.Result script(String text, String... args) {
        String[] all = new String[args.length + 1];
        all[0] = "shell";
        System.arraycopy(args, 0, all, 1, args.length);
        return new dev.kubejar.CommandLine(home).as("kubejar").input(text, all);
    }

    @Test
    void aScript() {
        var result = script("""
                create ns shop
                use shop
                apply -f - <<EOF
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: a}
                EOF
                apply -f -
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: b}
                .
                kubectl get cm -o name | grep -v kube-root | sort -r
                create configmap c --from-literal=a='x y' --dry-run=client -o yaml | kubectl apply -f - | tr a-z A-Z
                get nothing 2>/dev/null || echo failed $?
                get cm b -o name > out.txt && cat out.txt
                """.replace("out.txt", home.resolve("out.txt").toString()));
        assertEquals("""
                namespace/shop created
                Context "kubejar" modified.
                configmap/a created
                configmap/b created
                configmap/b
                configmap/a
                CONFIGMAP/C CREATED
                failed 1
                configmap/b
                """, result.out());
        assertEquals("", result.err());
        assertEquals(0, result.code());
    }

    @Test
    void exitCodes() {
        assertEquals(3, script("exit 3\nget pods").code());
        assertEquals(1, script("get nothing").code());
        assertEquals(
                1,
                script("", "-c", "get nothing; get nodes -o name; get nothing").code());
        var stopped = script("get nothing\ncreate ns late\n", "-e");
        assertEquals("", stopped.out());
    }

    /** A terminal whose user types what the test writes. */
    private final class Desk implements AutoCloseable {
        private final PipedOutputStream keys = new PipedOutputStream();
        private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
        private final Terminal terminal;
        private final Thread thread;
        private volatile int code = -1;

        Desk() throws IOException {
            terminal = TerminalBuilder.builder()
                    .system(false)
                    .type("xterm")
                    .encoding(StandardCharsets.UTF_8)
                    .streams(new PipedInputStream(keys, 1 << 16), screen)
                    .build();
            Map<String, String> environment = new TreeMap<>(Map.of("HOME", home.toString(), "PATH", "/usr/bin:/bin"));
            environment.put("KUBEJAR_HOME", home.resolve(".kubejar").toString());
            environment.put("KUBEJAR_PROFILE", "bare");
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            Session session = new Session(
                            "kubejar",
                            new ByteArrayInputStream(new byte[0]),
                            screen,
                            err,
                            environment,
                            home,
                            dev.kubejar.cli.Terminal.NONE,
                            new LocalClusters(environment, err, false))
                    .with(call -> new Repl(call).typed(terminal, false));
            thread = new Thread(() -> {
                code = Kubectl.run(session, "shell");
                session.close();
            });
            thread.start();
        }

        void type(String text) throws IOException {
            keys.write(text.getBytes(StandardCharsets.UTF_8));
            keys.flush();
        }

        String screen() {
            synchronized (screen) {
                return screen.toString(StandardCharsets.UTF_8);
            }
        }

        void expect(String text) {
            Assertions.assertTimeoutPreemptively(
                    Duration.ofSeconds(20),
                    () -> {
                        while (!screen().contains(text)) {
                            Thread.onSpinWait();
                            Thread.yield();
                        }
                    },
                    () -> "no \"" + text + "\" in:\n" + screen());
        }

        @Override
        public void close() throws Exception {
            keys.close();
            thread.join(20_000);
            terminal.close();
        }
    }

    @Test
    void atATerminal() throws Exception {
        try (Desk desk = new Desk()) {
            desk.expect("kubejar/default> ");
            desk.type("create configmap typed --from-literal=a=b\r");
            desk.expect("configmap/typed created");
            desk.type("get configmap ty\t -o name | tr a-z A-Z\r");
            desk.expect("CONFIGMAP/TYPED");
            desk.type("apply -f -\rapiVersion: v1\rkind: ConfigMap\rmetadata: {name: dotted}\r.\r");
            desk.expect("configmap/dotted created");
            desk.type("get configmaps --watch\r");
            desk.expect("dotted             0");
            desk.type("\003");
            desk.type("use kube-system\r");
            desk.expect("kubejar/kube-system> ");
            desk.type("\004");
            desk.thread.join(20_000);
            assertEquals(0, desk.code);
        }
        Path history = home.resolve(".kubejar/shell_history");
        assertTrue(Files.readString(history).contains("use kube-system"));
        assertTrue(!Files.readString(history).contains("dotted"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(history)));
    }
}
