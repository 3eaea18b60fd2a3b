package dev.kubejar.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kubejar.CommandLine;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** NetworkPolicies between pods that talk. */
class PoliciesTest {
    private static final String DENY = """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: rules}
            spec:
              podSelector: {matchLabels: {app: web}}
            """;

    @TempDir
    Path home;

    private CommandLine kube;
    private String web;

    @BeforeEach
    void talkers() {
        kube = new CommandLine(home);
        run("run", "web", "--image=nginx:1.27", "--labels=app=web", "--port=80");
        run("run", "friend", "--image=busybox:1.36", "--labels=role=friend", "--", "sleep", "100000");
        run("run", "stranger", "--image=busybox:1.36", "--labels=role=other", "--", "sleep", "100000");
        web = run("get", "pod", "web", "-o", "jsonpath={.status.podIP}");
    }

    private String run(String... words) {
        CommandLine.Result result = kube.run(words);
        assertEquals(0, result.code(), result.err());
        return result.out();
    }

    private void policy(String rules) {
        CommandLine.Result result = kube.input(DENY + rules, "apply", "-f", "-");
        assertEquals(0, result.code(), result.err());
    }

    private boolean reaches(String pod) {
        CommandLine.Result result = kube.run("exec", pod, "--", "wget", "-qO-", "-T", "2", "http://" + web);
        if (result.code() != 0) {
            assertTrue(result.err().contains("download timed out"), result.err());
        }
        return result.code() == 0;
    }

    @Test
    void onlyWhatAPolicyAllowsComesIn() {
        assertTrue(reaches("friend") && reaches("stranger"));
        policy("");
        assertTrue(!reaches("friend") && !reaches("stranger"));
        policy("  ingress: [{from: [{podSelector: {matchLabels: {role: friend}}}], ports: [{port: 80}]}]\n");
        assertTrue(reaches("friend") && !reaches("stranger"));
        policy(
                "  ingress: [{from: [{podSelector: {matchLabels: {role: friend}}}], ports: [{port: 81, endPort: 90}]}]\n");
        assertTrue(!reaches("friend") && !reaches("stranger"));
        policy("  ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: default}}}]}]\n");
        assertTrue(reaches("friend") && reaches("stranger"));
        policy("  ingress: [{from: [{ipBlock: {cidr: 10.244.0.0/16, except: [10.244.0.0/17]}}]}]\n");
        assertTrue(!reaches("friend"));
    }

    @Test
    void whatGoesOutIsJudgedAtItsSource() {
        kube.input("""
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: silence}
                spec:
                  podSelector: {matchLabels: {role: friend}}
                  policyTypes: [Egress]
                """, "apply", "-f", "-");
        assertTrue(!reaches("friend") && reaches("stranger"));
        run("delete", "networkpolicy", "silence");
        assertTrue(reaches("friend"));
    }
}
