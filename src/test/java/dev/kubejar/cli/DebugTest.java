package dev.kubejar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kubejar.CommandLine;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debugging containers in pods, in copies of pods and on nodes. */
class DebugTest {
    @TempDir
    Path home;

    private CommandLine kube;

    @BeforeEach
    void aPod() {
        kube = new CommandLine(home);
        run("run", "web", "--image=nginx:1.27", "--labels=app=web");
    }

    private String run(String... words) {
        CommandLine.Result result = kube.run(words);
        assertEquals(0, result.code(), result.err());
        return result.out();
    }

    private String web(String path) {
        return run("get", "pod", "web", "-o", "jsonpath={" + path + "}");
    }

    @Test
    void ephemeralContainersRunBesideTheOthersAndAreNotRestarted() {
        run("debug", "web", "--image=busybox:1.36", "-c", "first", "--", "sleep", "900");
        String out =
                run("debug", "web", "--image=busybox:1.36", "-c", "second", "--attach", "--", "sh", "-c", "echo seen");
        assertEquals("seen\n", out);
        assertEquals("first second", web(".spec.ephemeralContainers[*].name"));
        assertEquals("Completed", web(".status.ephemeralContainerStatuses[1].state.terminated.reason"));
        assertEquals("0", web(".status.ephemeralContainerStatuses[1].restartCount"));
        assertEquals("web\n", run("exec", "web", "-c", "first", "--", "hostname"));
        assertEquals("True", web(".status.conditions[?(@.type==\"Ready\")].status"));
    }

    @Test
    void profilesGrantWhatTheySay() throws Exception {
        Path custom = home.resolve("custom.yaml");
        Files.writeString(custom, "securityContext: {runAsUser: 7}\nenv: [{name: A, value: b}]\n");
        run(
                "debug",
                "web",
                "--image=busybox:1.36",
                "--profile=restricted",
                "--custom=" + custom,
                "-c",
                "d",
                "--",
                "sleep",
                "9");
        assertEquals(
                "{\"allowPrivilegeEscalation\":false,\"capabilities\":{\"drop\":[\"ALL\"]},\"runAsNonRoot\":true,"
                        + "\"runAsUser\":7,\"seccompProfile\":{\"type\":\"RuntimeDefault\"}}",
                web(".spec.ephemeralContainers[0].securityContext"));
        assertEquals("b\n", run("exec", "web", "-c", "d", "--", "printenv", "A"));
    }

    @Test
    void aCopyTakesOtherImagesAndTheOriginalMayGo() {
        run("debug", "web", "--copy-to=other", "--set-image=*=nginx:1.26", "--replace");
        assertEquals("nginx:1.26", run("get", "pod", "other", "-o", "jsonpath={.spec.containers[*].image}"));
        assertEquals("pod/other\n", run("get", "pods", "-o", "name"));
    }

    @Test
    void aPodOnANodeSharesTheNodesNames() {
        String said = run("debug", "node/worker-1", "--image=busybox:1.36", "--", "sleep", "900");
        String pod = said.substring(said.indexOf("node-debugger"), said.indexOf(" with"));
        assertEquals("worker-1\n", run("exec", pod, "--", "hostname"));
        assertTrue(run("exec", pod, "--", "ls", "/host").contains("etc\n"));
    }
}
