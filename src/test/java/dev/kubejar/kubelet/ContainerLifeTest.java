package dev.kubejar.kubelet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kubejar.CommandLine;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers' lives as a user of the command line meets them. */
class ContainerLifeTest {
    @TempDir
    Path home;

    private CommandLine kube;

    @BeforeEach
    void fresh() {
        kube = new CommandLine(home).with("KUBEJAR_SEED", "7");
    }

    private String run(String... words) {
        CommandLine.Result result = kube.run(words);
        return result.out() + result.err();
    }

    private void apply(String yaml) throws Exception {
        Path file = home.resolve("pod.yaml");
        Files.writeString(file, yaml);
        CommandLine.Result result = kube.run("apply", "-f", file.toString());
        assertEquals(0, result.code(), result.err());
    }

    private static String pod(String name, String container) {
        return "apiVersion: v1\nkind: Pod\nmetadata: {name: " + name
                + "}\nspec:\n  containers:\n  - {name: c, image: 'busybox:1.36', " + container + "}\n";
    }

    @Test
    void typedCommandsReachARunningShell() throws Exception {
        apply(pod("desk", "command: [sleep, '3600']"));
        CommandLine.Result result = kube.input(
                "cd /tmp\necho $((6*7)) > answer\npwd; cat answer\nexit 3\n", "exec", "-i", "desk", "--", "sh");
        assertEquals("/tmp\n42\n", result.out());
        assertEquals(3, result.code());
    }

    @Test
    void whatIsTypedReachesTheContainersOwnProcess() {
        CommandLine.Result result = kube.input(
                "echo hello; exit 0\n",
                "run",
                "shell",
                "-i",
                "--rm",
                "--restart=Never",
                "--image=busybox:1.36",
                "--",
                "sh");
        assertTrue(result.out().contains("hello\n"), result.out() + result.err());
        assertTrue(result.out().contains("pod \"shell\" deleted"), result.out() + result.err());
        assertEquals(0, result.code());
    }

    @Test
    void aCommandThatSleepsEndsInItsOwnTime() throws Exception {
        apply(pod("desk", "command: [sleep, '3600']"));
        assertEquals("late\n", run("exec", "desk", "--", "sh", "-c", "sleep 90; echo late"));
    }

    @Test
    void aPreStopHookTakesItsTime() throws Exception {
        apply(pod(
                "host",
                "command: [sh, -c, 'trap \"echo bye > /proc/1/fd/1; exit 0\" TERM; while true; do sleep 1; done'], "
                        + "lifecycle: {preStop: {exec: {command: [sh, -c, 'sleep 5; echo hook > /proc/1/fd/1']}}}"));
        String before = run("get", "pod", "host", "-o", "jsonpath={.status.phase}");
        assertEquals("Running", before);
        String deleted = run("delete", "pod", "host");
        assertTrue(deleted.contains("deleted"), deleted);
        String events = run("get", "events", "-o", "jsonpath={.items[*].reason}");
        assertTrue(events.contains("Killing") && !events.contains("FailedPreStopHook"), events);
    }

    @Test
    void aContainerIsBeingCreatedWhileItsPostStartHookRuns() throws Exception {
        kube.with("KUBEJAR_SETTLE", "0");
        apply(pod("slow", "command: [sleep, '3600'], lifecycle: {postStart: {exec: {command: [sleep, '20']}}}"));
        assertTrue(run("get", "pod", "slow", "--no-headers").contains("ContainerCreating"), run("get", "pod", "slow"));
        kube.run("wait", "--for=condition=Ready", "pod/slow", "--timeout=60s");
        assertTrue(run("get", "pod", "slow", "--no-headers").contains("1/1"), run("get", "pod", "slow"));
    }

    @Test
    void aFailedPostStartHookKillsTheContainer() throws Exception {
        apply(pod("bad", "command: [sleep, '3600'], lifecycle: {postStart: {exec: {command: ['false']}}}")
                .replace("spec:\n", "spec:\n  terminationGracePeriodSeconds: 1\n"));
        String events = run("get", "events", "-o", "jsonpath={range .items[*]}{.reason}: {.message}{'\\n'}{end}");
        assertTrue(events.contains("FailedPostStartHook: PostStartHook failed\n"), events);
        assertTrue(events.contains("Killing: FailedPostStartHook\n"), events);
    }

    @Test
    void aKubeletTurnsAwayWhatDoesNotFit() throws Exception {
        apply(pod("big", "resources: {requests: {cpu: '3'}}").replace("spec:\n", "spec:\n  nodeName: worker-1\n"));
        assertEquals(
                "Failed OutOfcpu Pod was rejected: Node didn't have enough resource: cpu, requested: 3000, used: 0,"
                        + " capacity: 2000",
                run("get", "pod", "big", "-o", "jsonpath={.status.phase} {.status.reason} {.status.message}"));
        apply(pod("choosy", "command: [sleep, '60']")
                .replace("spec:\n", "spec:\n  nodeName: worker-1\n  nodeSelector: {disk: ssd}\n"));
        assertEquals(
                "Failed NodeAffinity Pod was rejected: Predicate NodeAffinity failed: node(s) didn't match Pod's node"
                        + " affinity/selector",
                run("get", "pod", "choosy", "-o", "jsonpath={.status.phase} {.status.reason} {.status.message}"));
    }

    @Test
    void aContainerThatWantsTooMuchMemoryIsKilled() throws Exception {
        apply(pod(
                        "greedy",
                        "command: [sh, -c, 'x=aaaaaaaaaaaaaaaa; while true; do x=$x$x; done'], "
                                + "resources: {limits: {memory: 8Mi}}")
                .replace("spec:\n", "spec:\n  restartPolicy: Never\n"));
        assertEquals(
                "137 OOMKilled",
                run(
                        "get",
                        "pod",
                        "greedy",
                        "-o",
                        "jsonpath={.status.containerStatuses[0].state.terminated.exitCode}"
                                + " {.status.containerStatuses[0].state.terminated.reason}"));
    }
}
