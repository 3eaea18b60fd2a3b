package dev.kubejar.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kubejar.CommandLine;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes between the host and a container: files, and ports that cannot be forwarded. */
class ForwardingTest {
    @TempDir
    Path home;

    private CommandLine kube;

    @BeforeEach
    void aPod() {
        kube = new CommandLine(home);
        assertEquals(
                0, kube.run("run", "web", "--image=nginx:1.27", "--port=80").code());
    }

    @Test
    void filesComeBackAsTheyWent() throws Exception {
        byte[] bytes = new byte[70_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 + i / 256);
        }
        Path folder = Files.createDirectories(home.resolve("box/" + "deep".repeat(30)));
        Files.write(folder.resolve("data.bin"), bytes);
        CommandLine.Result sent = kube.run("cp", home.resolve("box").toString(), "web:/tmp/");
        assertEquals("", sent.out() + sent.err());
        Path back = home.resolve("back");
        assertEquals(0, kube.run("cp", "web:/tmp/box", back.toString()).code());
        assertArrayEquals(bytes, Files.readAllBytes(back.resolve("deep".repeat(30) + "/data.bin")));
    }

    @Test
    void symbolicLinksAreNotFollowed() {
        kube.run("exec", "web", "--", "sh", "-c", "mkdir /d; echo x > /d/f; ln -s f /d/l");
        CommandLine.Result result = kube.run("cp", "web:/d", home.resolve("d").toString());
        assertTrue(result.err().contains("warning: skipping symlink: "), result.err());
        assertTrue(Files.exists(home.resolve("d/f")) && !Files.exists(home.resolve("d/l")));
    }

    @Test
    void portsAreResolvedBeforeAnythingListens() {
        assertEquals(
                "error: error parsing local port 'x': strconv.ParseUint: parsing \"x\": invalid syntax\n",
                kube.run("port-forward", "web", "x:80").err());
        assertEquals(
                "error: remote port must be > 0\n",
                kube.run("port-forward", "web", "0").err());
        kube.run("expose", "pod", "web", "--port=8080", "--target-port=http");
        assertEquals(
                "error: Pod 'web' does not have a named port 'http'\n",
                kube.run("port-forward", "svc/web", "8080").err());
        assertEquals(
                "error: Service web does not have a service port 9\n",
                kube.run("port-forward", "svc/web", "9").err());
    }
}
