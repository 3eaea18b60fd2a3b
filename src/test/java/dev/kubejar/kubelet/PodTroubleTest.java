package dev.kubejar.kubelet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kubejar.CommandLine;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pods that run into their kubelet's bounds, and probes that cannot be asked. */
class PodTroubleTest {
    @TempDir
    Path home;

    private CommandLine kube;

    @BeforeEach
    void fresh() {
        kube = new CommandLine(home).with("KUBEJAR_SEED", "7");
    }

    private String run(String... words) {
        CommandLine.Result result = kube.run(words);
        assertEquals(0, result.code(), result.err());
        return result.out();
    }

    private void apply(String spec) {
        String pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: desk}\nspec:\n";
        CommandLine.Result result = kube.input(pod + spec.indent(2), "apply", "-f", "-");
        assertEquals(0, result.code(), result.err());
    }

    private String events(String reason) {
        return run("get", "events", "--field-selector=reason=" + reason, "-o", "jsonpath={.items[*].message}");
    }

    @Test
    void anEmptyDirThatIsTooFullCostsThePodItsPlace() {
        apply("""
                containers:
                - name: c
                  image: busybox:1.36
                  command: [sh, -c, 'dd if=/dev/zero of=/cache/big bs=1024 count=2048; sleep 100000']
                  volumeMounts: [{name: cache, mountPath: /cache}]
                volumes:
                - {name: cache, emptyDir: {sizeLimit: 1Mi}}
                """);
        kube.run("wait", "pod/desk", "--for=jsonpath={.status.phase}=Failed", "--timeout=60s");
        assertEquals(
                "Failed Evicted Usage of EmptyDir volume \"cache\" exceeds the limit \"1Mi\". ",
                run("get", "pod", "desk", "-o", "jsonpath={.status.phase} {.status.reason} {.status.message}"));
        assertTrue(events("Evicted").startsWith("Usage of EmptyDir volume"), events("Evicted"));
    }

    @Test
    void aProbeThatCannotBeAskedCountsForNothing() {
        apply("""
                containers:
                - name: c
                  image: busybox:1.36
                  command: [sleep, '100000']
                  livenessProbe: {exec: {command: [scribble]}, periodSeconds: 2, failureThreshold: 1}
                """);
        kube.run("wait", "pod/desk", "--for=jsonpath={.status.phase}=Failed", "--timeout=30s");
        assertEquals("0", run("get", "pod", "desk", "-o", "jsonpath={.status.containerStatuses[0].restartCount}"));
        assertTrue(
                events("Unhealthy").startsWith("Liveness probe errored and resulted in unknown state: rpc error: "),
                events("Unhealthy"));
    }

    @Test
    void missingPullSecretsAreTold() {
        apply("""
                imagePullSecrets: [{name: regcred}]
                containers: [{name: c, image: 'busybox:1.36', command: [sleep, '100000']}]
                """);
        assertEquals(
                "Unable to retrieve some image pull secrets (regcred); attempting to pull the image may not succeed.",
                events("FailedToRetrieveImagePullSecret"));
    }

    @Test
    void aPodHasItsNamesAndItsKubeletsNotes() {
        apply("""
                hostname: lamp
                subdomain: hall
                setHostnameAsFQDN: true
                containers:
                - name: c
                  image: busybox:1.36
                  command: [sleep, '100000']
                  volumeMounts: [{name: notes, mountPath: /notes}]
                volumes:
                - name: notes
                  downwardAPI: {items: [{path: all, fieldRef: {fieldPath: metadata.annotations}}]}
                """);
        String full = "lamp.hall.default.svc.cluster.local\n";
        assertEquals(full + full, run("exec", "desk", "--", "sh", "-c", "hostname; hostname -f"));
        String notes = run("exec", "desk", "--", "cat", "/notes/all");
        assertTrue(notes.endsWith("\nkubernetes.io/config.source=\"api\""), notes);
        assertTrue(notes.contains("last-applied-configuration=\"{\\\"apiVersion\\\":"), notes);
        assertEquals(
                "1 1 1 1 1", run("get", "pod", "desk", "-o", "jsonpath={.status.conditions[*].observedGeneration}"));
    }

    @Test
    void aBrokenMemberOfAParallelSetGivesWayToTheRevisionBefore() {
        String set = """
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: row}
                spec:
                  serviceName: row
                  replicas: 2
                  podManagementPolicy: Parallel
                  selector: {matchLabels: {app: row}}
                  template:
                    metadata: {labels: {app: row}}
                    spec:
                      containers: [{name: c, image: 'nginx:1.27'}]
                """;
        assertEquals(0, kube.input(set, "apply", "-f", "-").code());
        run("set", "image", "sts/row", "c=nginx:nope");
        run("rollout", "undo", "sts/row");
        assertEquals("nginx:1.27 nginx:1.27", run("get", "pods", "-o", "jsonpath={..spec.containers[0].image}"));
    }
}
