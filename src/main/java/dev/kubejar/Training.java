package dev.kubejar;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Runs common commands on a cluster of its own, for the JVM to note what they load: the installer makes the class archive
 * from it.
 */
final class Training {
    private static final String MANIFEST = """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: site
              labels: {app: web}
            data:
              greeting: "hello"
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: web
              labels:
                app: web
            spec:
              replicas: 2
              selector:
                matchLabels:
                  app: web
              template:
                metadata:
                  labels:
                    app: web
                spec:
                  initContainers:
                  - name: prepare
                    image: busybox:1.28
                    command: ["sh", "-c", "echo ready"]
                  containers:
                  - name: nginx
                    image: nginx:1.14.2
                    ports:
                    - containerPort: 80
                    envFrom:
                    - configMapRef:
                        name: site
                    resources:
                      requests: {cpu: 100m, memory: 64Mi}
                    readinessProbe:
                      httpGet: {path: /, port: 80}
            ---
            apiVersion: v1
            kind: Service
            metadata:
              name: web
            spec:
              selector:
                app: web
              ports:
              - port: 80
            ---
            apiVersion: batch/v1
            kind: Job
            metadata:
              name: once
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers:
                  - name: once
                    image: busybox:1.28
                    command: ["sh", "-c", "echo done"]
            """;

    private static final String[] COMMANDS = {
        "get pods",
        "apply -f all.yaml",
        "get pods",
        "get pods -o wide",
        "get pods -A",
        "get nodes",
        "get deployments,services",
        "get all",
        "get deployment web -o yaml",
        "get pods -o json",
        "get pods -o name",
        "get pods -l app=web --show-labels",
        "get pods -o jsonpath={.items[*].metadata.name}",
        "get events",
        "describe pods",
        "describe deployment web",
        "describe service web",
        "describe node worker-1",
        "create deployment other --image=nginx:1.14.2",
        "create configmap plain --from-literal=a=b",
        "create namespace more",
        "create -f -",
        "run single --image=nginx:1.14.2",
        "get pod single",
        "wait --for=condition=Ready pod/single --timeout=30s",
        "logs single",
        "exec single -- cat /etc/hostname",
        "expose pod single --port=80",
        "scale deployment web --replicas=3",
        "rollout status deployment web",
        "set image deployment/web nginx=nginx:1.16.1",
        "rollout history deployment web",
        "rollout undo deployment web",
        "label pod single tier=front",
        "annotate pod single note=seen",
        "patch deployment web -p {\"spec\":{\"replicas\":1}}",
        "delete pod single",
        "delete -f all.yaml",
        "get pods missing",
        "get nothing",
        "api-resources",
        "version",
        "config view",
        "get --help",
        "--help"
    };

    /** Under the name kubejar. */
    private static final String[][] OWN = {
        {"check", "all.yaml"},
        {"check", "-o", "json", "all.yaml"},
        {"check", "wrong.yaml"},
        {"shell", "-c", "get pods | cat; get nodes"},
        {"sim", "status"}
    };

    /** The same with mistakes, for what tells of them. */
    private static final String WRONG = MANIFEST.replace("replicas: 2", "replica: 2")
            .replace("name: site\n        ports", "name: nowhere\n        ports")
            .replace("busybox:1.28", "busybox:nosuch")
            .replace("app: web\n  ports", "app: wbe\n  ports");

    private Training() {}

    /** Trains in the folder given, which is left as it then is; failures of commands do not matter. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        Files.writeString(folder.resolve("all.yaml"), MANIFEST);
        Map<String, String> environment = new HashMap<>();
        environment.put("HOME", folder.toString());
        environment.put("KUBEJAR_HOME", folder.resolve("home").toString());
        Files.writeString(folder.resolve("wrong.yaml"), WRONG);
        for (String[] command : OWN) {
            play("kubejar", command, environment, folder);
        }
        for (String command : COMMANDS) {
            play("kubectl", command.split(" "), environment, folder);
        }
    }

    private static void play(String program, String[] command, Map<String, String> environment, Path folder) {
        InputStream in = new ByteArrayInputStream(
                "{\"kind\":\"Namespace\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"read\"}}"
                        .getBytes(StandardCharsets.UTF_8));
        Main.runAlone(
                program,
                command,
                environment,
                folder,
                in,
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream());
    }
}
