package dev.kubejar.kubelet.shell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kubejar.kubelet.fs.Credentials;
import dev.kubejar.kubelet.fs.FileOps;
import dev.kubejar.kubelet.fs.FsError;
import dev.kubejar.kubelet.fs.Volume;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Processes, signals, time, files and network of a machine. */
class MachineTest {
    private static Box sh(String script) {
        return Box.running("sh", "-c", script);
    }

    @Test
    void theFirstProcessIgnoresWhatItDoesNotCatch() {
        for (String script : List.of("sleep 3600", "while true; do sleep 1; done", "exec sleep 3600")) {
            Box box = sh(script);
            box.pass(Duration.ofSeconds(3));
            box.machine.signal(Signal.TERM);
            assertFalse(box.turn().exited(), script);
            box.machine.signal(Signal.KILL);
            assertTrue(box.turn().exited());
            assertEquals(137, box.machine.exitCode(Host.MAIN).getAsInt());
            assertEquals(9, box.machine.exitSignal(Host.MAIN));
        }
    }

    @Test
    void aTrapWaitsForTheProgramInFront() {
        Box box = sh("trap 'echo leaves; exit 0' TERM; echo comes; while true; do sleep 5; done");
        box.restless = true;
        box.pass(Duration.ofSeconds(2));
        box.machine.signal(Signal.TERM);
        box.pass(Duration.ofSeconds(1));
        assertEquals("comes\n", box.out());
        box.pass(Duration.ofSeconds(3));
        assertEquals("comes\nleaves\n", box.out());
        assertEquals(0, box.machine.exitCode(Host.MAIN).getAsInt());
    }

    @Test
    void aTrapInterruptsWait() {
        Box box = sh("trap 'echo leaves; exit 3' TERM; sleep 1000 & wait");
        box.pass(Duration.ofSeconds(2));
        box.machine.signal(Signal.TERM);
        box.turn();
        assertEquals("leaves\n", box.out());
        assertEquals(3, box.machine.exitCode(Host.MAIN).getAsInt());
    }

    @Test
    void anHourOfALoopIsCheapAndSmall() {
        Box box = sh("while true; do date; sleep 1; done");
        box.restless = true;
        box.env.clear();
        box.pass(Duration.ofHours(1));
        assertEquals(3601, box.out().lines().count());
        assertTrue(box.machine.save().length < 600, () -> "bytes: " + box.machine.save().length);
        assertTrue(box.log.get(3600).startsWith("2026-01-01T01:00:00Z Thu Jan  1 01:00:00 UTC 2026"));
    }

    @Test
    void aBusyLoopGoesOnInVirtualTimeAndEndsAtLast() {
        Box box = sh("while :; do :; done");
        box.limits = new Limits(100_000, 60, 1 << 20, 1 << 20, 100);
        box.pass(Duration.ofSeconds(59));
        assertTrue(box.machine.exitCode(Host.MAIN).isEmpty());
        box.pass(Duration.ofSeconds(5));
        assertEquals(152, box.machine.exitCode(Host.MAIN).getAsInt());
    }

    @Test
    void memoryAndLogsAreBounded() {
        Box hungry = sh("x=xxxxxxxxxxxxxxxx; while :; do x=$x$x; done");
        assertEquals(137, hungry.finish(Duration.ofHours(1)));
        Box loud = sh("yes");
        assertEquals(153, loud.finish(Duration.ofHours(1)));
        Box full = sh("cat /dev/zero > /tmp/x; echo $?");
        full.root.capacity(1 << 20);
        assertEquals(0, full.finish(Duration.ofHours(1)));
        assertEquals("cat: write error: No space left on device\n", full.err());
        Box many = sh("f() { f & f; }; f");
        many.limits = new Limits(100_000, 5, 1 << 20, 1 << 20, 50);
        assertTrue(many.finish(Duration.ofHours(1)) > 0);
    }

    @Test
    void whatCannotBeStartedSaysWhy() {
        Box box = sh("sleep 100");
        Map<String, String> env = Map.of();
        assertEquals("exec: \"scribble\": executable file not found in $PATH", failure(box, env, "scribble"));
        assertEquals(
                "exec: \"/opt/rocket\": stat /opt/rocket: no such file or directory", failure(box, env, "/opt/rocket"));
        assertEquals("exec: \"/etc\": permission denied", failure(box, env, "/etc"));
        assertEquals("exec: \"/etc/passwd\": permission denied", failure(box, env, "/etc/passwd"));
    }

    private static String failure(Box box, Map<String, String> env, String program) {
        Launch launch = new Launch(List.of(program), env, "/", Credentials.ROOT, null, false);
        return assertThrows(StartError.class, () -> box.machine.exec(launch)).getMessage();
    }

    @Test
    void execRunsBesideTheFirstProcess() throws StartError {
        Box box = sh("echo hi > /tmp/x; sleep 100");
        box.turn();
        assertEquals(0, box.exec("cat", "/tmp/x"));
        assertEquals("hi\n", box.out());
        assertEquals(9, box.exec("sh", "-c", "exit 9"));
        byte[] input = "one\ntwo\nthree\n".getBytes(StandardCharsets.UTF_8);
        int session = box.machine.exec(new Launch(List.of("wc", "-l"), Map.of(), "/", Credentials.ROOT, input, false));
        assertTrue(box.machine.run().input());
        box.machine.endInput(session);
        box.machine.run();
        box.last = session;
        assertEquals("3\n", box.out());
        assertEquals(0, box.exec("ps"));
        assertTrue(box.out().contains("    1 root      0:00 sleep 100\n"), box.out());
    }

    @Test
    void aTerminalIsAskedForItsCommands() throws StartError {
        Box box = sh("sleep 100");
        int session = box.machine.exec(new Launch(List.of("sh"), Map.of(), "/", Credentials.ROOT, new byte[0], true));
        box.machine.run();
        box.machine.input(session, "cd /tmp\nif true\n".getBytes(StandardCharsets.UTF_8));
        box.machine.run();
        box.machine.input(session, "then pwd; fi\nexit 4\n".getBytes(StandardCharsets.UTF_8));
        box.machine.run();
        box.last = session;
        assertEquals("/ # > /tmp\n", box.out());
        assertEquals(4, box.machine.exitCode(session).getAsInt());
    }

    @Test
    void aFollowedFileShowsWhatIsAdded() {
        Box box = sh("touch /tmp/log; tail -f /tmp/log");
        assertTrue(box.turn().files());
        box.reload();
        box.exec("sh", "-c", "echo one >> /tmp/log; echo two >> /tmp/log");
        box.last = Host.MAIN;
        assertEquals("one\ntwo\n", box.out());
        assertNull(box.turn().timer());
    }

    @Test
    void volumesAreSharedAndMayBeReadOnly() {
        Box writer = new Box();
        Box reader = new Box();
        Volume shared = new Volume("shared", 0777, 0, 0, 0);
        writer.files.mount("/logs", shared, Volume.ROOT, false, "ext4");
        reader.files.mount("/var/in", shared, Volume.ROOT, true, "ext4");
        writer.start("sh", "-c", "echo hello > /logs/x; sleep 100");
        reader.start("sh", "-c", "cat /var/in/x; touch /var/in/mine; rm /var/in/x; echo > /var/in/y; ls /var/in");
        writer.turn();
        reader.turn();
        assertEquals("hello\nx\n", reader.out());
        assertEquals(
                "touch: /var/in/mine: Read-only file system\n"
                        + "rm: can't remove '/var/in/x': Read-only file system\n"
                        + "sh: line 0: can't create /var/in/y: Read-only file system\n",
                reader.err().replace("sh: can't", "sh: line 0: can't"));
    }

    @Test
    void permissionsGoByUserAndGroup() {
        Box box = new Box();
        box.user = new Credentials(1600, 3500, List.of(2500, 4500));
        Volume files = new Volume("files", 02777, 0, 2500, 0);
        box.files.mount("/files", files, Volume.ROOT, false, "ext4");
        box.start(
                "sh",
                "-c",
                "id -u; id -G; touch /etc/passport; echo memo > /files/memo; stat -c '%u %g' /files/memo; cat /etc/shadow");
        box.turn();
        assertEquals("1600\n3500 2500 4500\n1600 2500\n", box.out());
        assertEquals(
                "touch: /etc/passport: Permission denied\ncat: can't open '/etc/shadow': Permission denied\n",
                box.err());
    }

    @Test
    void aReadOnlyRootSpareVolumes() {
        Box box = new Box();
        box.files = new dev.kubejar.kubelet.fs.FileSystem(box.root, true, () -> 0);
        box.machine = new Machine(box, box.files);
        box.files.mount("/guestbook", new Volume("book", 0777, 0, 0, 0), Volume.ROOT, false, "ext4");
        box.start("sh", "-c", "touch /hall; echo thanks > /guestbook/page; cat /guestbook/page; echo x > /dev/null");
        box.turn();
        assertEquals("thanks\n", box.out());
        assertEquals("touch: /hall: Read-only file system\n", box.err());
    }

    @Test
    void theWebIsServedAndAsked() {
        Box box = sh("mkdir -p /www; echo shop in blue > /www/index.html; exec httpd -f -p 8080 -h /www");
        box.turn();
        assertEquals(List.of(8080), box.machine.listening());
        String answer = answer(box, 8080, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n") && answer.endsWith("\r\n\r\nshop in blue\n"), answer);
        assertTrue(answer(box, 8080, "GET /no HTTP/1.1\r\n\r\n").startsWith("HTTP/1.1 404 Not Found\r\n"));
        box.reload();
        assertEquals(0, box.exec("wget", "-qO-", "http://localhost:8080"));
        assertEquals("shop in blue\n", box.out());
        assertEquals(1, box.exec("wget", "-qO-", "http://127.0.0.1:81"));
        assertEquals("wget: can't connect to remote host (127.0.0.1): Connection refused\n", box.err());
        assertEquals(1, box.exec("wget", "-q", "http://localhost:8080/no"));
        assertEquals("wget: server returned error: HTTP/1.1 404 Not Found\n", box.err());
        assertEquals(1, box.exec("wget", "-qO-", "-T", "5", "http://10.9.0.1"));
        assertEquals("wget: download timed out\n", box.err());
        assertEquals(1, box.exec("wget", "-qO-", "shop"));
        assertEquals("wget: bad address 'shop'\n", box.err());
        assertNull(box.machine.exchange(9, null));
    }

    private static String answer(Box box, int port, String request) {
        return new String(box.machine.exchange(port, request.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    @Test
    void aServerOfNetcatAnswersOnceATurn() {
        Box box = sh("while true; do echo -e 'HTTP/1.1 200 OK\\n\\nhi' | nc -l -p 8080; done");
        box.restless = true;
        box.turn();
        assertEquals("HTTP/1.1 200 OK\n\nhi\n", answer(box, 8080, "GET / HTTP/1.1\r\n\r\n"));
        box.turn();
        assertEquals("HTTP/1.1 200 OK\n\nhi\n", answer(box, 8080, "GET / HTTP/1.1\r\n\r\n"));
        assertTrue(box.out().startsWith("GET / HTTP/1.1\r\n"), box.out());
    }

    @Test
    void nginxServesItsPageAndStopsInGoodOrder() {
        Box box = new Box();
        box.root = new Volume("root", Images.root("nginx"));
        box.files = new dev.kubejar.kubelet.fs.FileSystem(box.root, false, () -> 0);
        box.machine = new Machine(box, box.files);
        box.start("/docker-entrypoint.sh", "nginx", "-g", "daemon off;");
        box.turn();
        assertTrue(answer(box, 80, "GET / HTTP/1.1\r\n\r\n").contains("<h1>Welcome to nginx!</h1>"));
        assertEquals(0, box.exec("sh", "-c", "echo new > /usr/share/nginx/html/index.html; curl -s localhost"));
        assertEquals("new\n", box.out());
        box.machine.signal(Signal.TERM);
        assertEquals(0, box.machine.exitCode(Host.MAIN).getAsInt());
    }

    @Test
    void filesAreCopiedInAndOutWithTar() throws StartError, FsError {
        Box box = sh("mkdir -p /desk; echo dear diary > /desk/letter; exec sleep 3600");
        box.turn();
        assertEquals(0, box.exec("tar", "cf", "-", "/desk/letter"));
        assertEquals("tar: removing leading '/' from member names\n", box.err());
        byte[] archive = box.out.get(box.last).toByteArray();
        assertEquals(0, archive.length % 512);
        int session = box.machine.exec(
                new Launch(List.of("tar", "-xmf", "-", "-C", "/tmp"), Map.of(), "/", Credentials.ROOT, archive, false));
        box.machine.endInput(session);
        box.machine.run();
        assertEquals(0, box.machine.exitCode(session).getAsInt());
        FileOps files = new FileOps(box.files, Credentials.ROOT, "/", 022);
        assertArrayEquals("dear diary\n".getBytes(StandardCharsets.UTF_8), files.read("/tmp/desk/letter"));
    }

    @Test
    void theFirstProcessTakesAllOthersWithIt() throws StartError {
        Box box = sh("sleep 2; exit 5");
        int session =
                box.machine.exec(new Launch(List.of("sleep", "100"), Map.of(), "/", Credentials.ROOT, null, false));
        box.pass(Duration.ofSeconds(3));
        assertEquals(5, box.machine.exitCode(Host.MAIN).getAsInt());
        assertEquals(137, box.machine.exitCode(session).getAsInt());
    }

    @Test
    void theLogOfTheFirstProcessCanBeWrittenToFromExec() {
        Box box = sh("sleep 100");
        box.exec("sh", "-c", "echo to the log > /proc/1/fd/1; echo here > /dev/stdout; tr '\\0' ' ' < /proc/1/cmdline");
        assertEquals("here\nsleep 100 ", box.out());
        box.last = Host.MAIN;
        assertEquals("to the log\n", box.out());
    }
}
