package dev.kubejar.kubelet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kubejar.CommandLine;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What volumes show of API objects, before and after these have changed. */
class ContentsTest {
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

    private void apply(String yaml) {
        CommandLine.Result result = kube.input(yaml, "apply", "-f", "-");
        assertEquals(0, result.code(), result.err());
    }

    private String read(String path) {
        return run("exec", "desk", "--", "cat", path);
    }

    private void pass(int seconds) {
        run("exec", "desk", "--", "sleep", Integer.toString(seconds));
    }

    @Test
    void aMountedConfigMapFollowsAtTheNextSyncButNotThroughASubPath() {
        run("create", "configmap", "app", "--from-literal=colour=red");
        apply("""
                apiVersion: v1
                kind: Pod
                metadata: {name: desk, labels: {tier: low}}
                spec:
                  containers:
                  - name: c
                    image: busybox:1.36
                    command: [sleep, '100000']
                    volumeMounts:
                    - {name: conf, mountPath: /conf}
                    - {name: conf, mountPath: /one, subPath: colour}
                    - {name: self, mountPath: /self}
                  volumes:
                  - {name: conf, configMap: {name: app}}
                  - name: self
                    downwardAPI: {items: [{path: labels, fieldRef: {fieldPath: metadata.labels}}]}
                """);
        String stamp = run("exec", "desk", "--", "readlink", "/conf/..data");
        run("patch", "configmap", "app", "-p", "{\"data\":{\"colour\":\"blue\",\"more\":\"1\"}}");
        assertEquals("red", read("/conf/colour"));
        assertEquals(stamp, run("exec", "desk", "--", "readlink", "/conf/..data"));
        pass(61);
        assertEquals("blue", read("/conf/colour"));
        assertEquals("1", read("/conf/more"));
        assertEquals("red", read("/one"));

        run("label", "pod", "desk", "tier=high", "--overwrite");
        assertEquals("tier=\"high\"", read("/self/labels").strip());

        run("delete", "configmap", "app");
        pass(61);
        assertEquals("blue", read("/conf/colour"));
    }

    @Test
    void containersWhoseNamesBeginAlikeKeepTheirFiles() {
        apply("""
                apiVersion: v1
                kind: Pod
                metadata: {name: desk}
                spec:
                  containers:
                  - {name: ab, image: 'busybox:1.36', command: [sh, -c, 'echo kept > /note; sleep 100000']}
                  - {name: a, image: 'busybox:1.36', command: [sh, -c, 'sleep 2; exit 1']}
                """);
        run("exec", "desk", "-c", "ab", "--", "sleep", "30");
        assertEquals("kept\n", run("exec", "desk", "-c", "ab", "--", "cat", "/note"));
    }
}
