package dev.kubejar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cluster with its add-ons, as a user of the command line meets it. */
class FullProfileTest {
    @TempDir
    Path home;

    private CommandLine kube;

    @BeforeEach
    void fresh() {
        kube = new CommandLine(home)
                .as("kubejar")
                .with("KUBEJAR_PROFILE", "full")
                .with("KUBEJAR_SEED", "7")
                .with("KUBEJAR_CLOCK", "frozen");
    }

    private String run(String line) {
        CommandLine.Result result = kube.run(CommandLine.words(line));
        return result.out() + result.err();
    }

    private void apply(String yaml) throws Exception {
        Path file = home.resolve("all.yaml");
        Files.writeString(file, yaml);
        CommandLine.Result result = kube.run("apply", "-f", file.toString());
        assertEquals(0, result.code(), result.err());
    }

    private void after(String time) {
        run("sim clock advance " + time);
    }

    @Test
    void freshClusterRunsWhatKubeadmLeaves() {
        String pods = run("get pods -n kube-system --no-headers");
        assertEquals(13, pods.lines().count(), pods);
        assertTrue(pods.lines().allMatch(line -> line.contains("1/1") && line.contains("Running")), pods);
        assertTrue(run("get pod etcd-control-plane -n kube-system -o yaml").contains("kubernetes.io/config.mirror"));
        assertTrue(run("get storageclass").contains("standard (default)"));
        assertTrue(run("sim status").contains("Next due:    nothing"));
    }

    @Test
    void namesResolveWhileTheirServerRuns() throws Exception {
        apply("""
                apiVersion: v1
                kind: Service
                metadata: {name: db}
                spec: {clusterIP: None, selector: {app: db}, ports: [{name: sql, port: 5432}]}
                ---
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: db}
                spec:
                  serviceName: db
                  selector: {matchLabels: {app: db}}
                  template:
                    metadata: {labels: {app: db}}
                    spec: {containers: [{name: db, image: nginx}]}
                """);
        run("run t --image=busybox:1.28 -- sleep 10000");
        String ip = run("get pod db-0 -o jsonpath={.status.podIP}");
        assertTrue(
                run("exec t -- nslookup db-0.db").contains("Address 1: " + ip + " db-0.db.default.svc.cluster.local"));
        assertTrue(run("exec t -- wget -qO- db").contains("Welcome to nginx!"));
        run("scale deployment coredns -n kube-system --replicas=0");
        assertFalse(run("exec t -- wget -qO- db").contains("Welcome"));
    }

    @Test
    void usageIsMeasuredAndScaledBy() {
        run("create deployment web --image=nginx");
        run("set resources deployment web --requests=cpu=100m");
        run("autoscale deployment web --cpu=50% --min=1 --max=3");
        assertTrue(run("top pods").contains("metrics not available yet"));
        after("40s");
        assertTrue(run("top pods").contains(" 1m "), run("top pods"));
        String pod = run("get pods -l app=web -o name").strip();
        run("annotate " + pod + " kubejar.dev/usage-cpu=200m");
        after("20s");
        assertTrue(run("get hpa web").contains("cpu: 67%/50%"), run("get hpa web"));
        assertEquals(3, run("get pods -l app=web -o name").lines().count());
    }

    @Test
    void stoppedNodeLosesItsPodsAndComesBack() {
        run("create deployment web --image=nginx --replicas=2");
        run("sim nodes stop worker-1");
        assertTrue(run("get node worker-1").contains("  Ready "));
        after("51s");
        assertTrue(run("get node worker-1").contains("NotReady"));
        assertTrue(run("get pods -l app=web").contains("Running"));
        after("301s");
        String pods = run("get pods -l app=web -o wide");
        assertEquals(
                1, pods.lines().filter(line -> line.contains("Terminating")).count(), pods);
        assertEquals(2, pods.lines().filter(line -> line.contains("worker-2")).count(), pods);
        run("sim nodes start worker-1");
        assertFalse(run("get node worker-1").contains("NotReady"));
        assertFalse(run("get pods -l app=web").contains("Terminating"));
        assertEquals(
                "<none>",
                run("get node worker-1 -o custom-columns=T:.spec.taints --no-headers")
                        .strip());
    }

    @Test
    void removedNodesPodsAreCollected() {
        run("create deployment web --image=nginx --replicas=2");
        assertTrue(run("sim nodes add").contains("node/worker-3 added"));
        assertTrue(run("get daemonset kindnet -n kube-system").contains(" 4 "));
        run("sim nodes remove worker-1");
        after("41s");
        assertFalse(run("get pods -A -o wide").contains("worker-1"));
    }

    @Test
    void requestsFlowThroughTheIngressController() throws Exception {
        run("create deployment web --image=gcr.io/google-samples/hello-app:1.0 --port=8080");
        run("expose deployment web");
        run("create ingress web --class=nginx --rule=a.example/=web:8080 --rule=*.b.example/v1*=web:8080,tls=c");
        run("run t --image=nginx");
        assertTrue(run("get ingress web").contains("172.18.255.200"));
        String front = " http://ingress-nginx-controller.ingress-nginx";
        assertTrue(run("exec t -- curl -s -H Host:a.example" + front).contains("Hello, world!"));
        assertTrue(run("exec t -- curl -s -H Host:a.example" + front + "/other").contains("404 Not Found"));
        assertTrue(run("exec t -- curl -s -H Host:b.example" + front).contains("404 Not Found"));
        assertTrue(run("exec t -- curl -sk -H Host:x.b.example https://172.18.255.200/v1/x")
                .contains("Version: 1.0.0"));
        String written = run("exec -n ingress-nginx deploy/ingress-nginx-controller -- cat /etc/nginx/nginx.conf");
        assertTrue(written.contains("upstream default-web-8080 {"), written);
        run("scale deployment web --replicas=0");
        assertTrue(run("exec t -- curl -s -H Host:a.example" + front).contains("503 Service Temporarily Unavailable"));
    }

    @Test
    void rulesAreReadableOnNodes() {
        String proxy =
                run("get pods -n kube-system -l k8s-app=kube-proxy -o name").split("\n")[0];
        String rules = run("exec -n kube-system " + proxy + " -- iptables-save -t nat");
        assertTrue(
                rules.contains("-A KUBE-SERVICES -d 10.96.0.1/32 -p tcp -m comment --comment"
                        + " \"default/kubernetes:https cluster IP\" -m tcp --dport 443 -j KUBE-SVC-NPX46M4PTMTKRN6Y\n"),
                rules);
        assertTrue(run("exec -n kube-system " + proxy + " -- ipvsadm -Ln").contains("TCP  10.96.0.1:443 rr\n"));
        assertTrue(run("exec -n kube-system " + proxy + " -- nft list ruleset").contains("table ip kube-proxy {"));
    }
}
