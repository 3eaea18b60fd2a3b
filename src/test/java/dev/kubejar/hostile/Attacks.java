package dev.kubejar.hostile;

import static dev.kubejar.hostile.Attack.apply;
import static dev.kubejar.hostile.Attack.applyBytes;
import static dev.kubejar.hostile.Attack.create;
import static dev.kubejar.hostile.Attack.line;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Every attack that the program is known to withstand. */
final class Attacks {
    private static final int MIB = 1 << 20;
    private static final String CONFIG = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";

    private Attacks() {}

    static List<Attack> all() {
        List<Attack> all = new ArrayList<>();
        nesting(all);
        aliases(all);
        numbers(all);
        bytes(all);
        sizes(all);
        shapes(all);
        patches(all);
        expressions(all);
        files(all);
        times(all);
        scripts(all);
        crowds(all);
        return all;
    }

    private static String json(String rest) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\"}," + rest + "}";
    }

    private static void nesting(List<Attack> all) {
        all.add(apply("open braces, JSON", () -> "{\"a\":".repeat(1_000_000)));
        all.add(apply("10 MB of braces", () -> "{".repeat(10 * MIB)));
        all.add(apply("10 MB of brackets in a manifest", () -> CONFIG + "data: " + "[".repeat(10 * MIB)));
        all.add(apply("closed lists", () -> CONFIG + "data: " + "[".repeat(50_000) + "]".repeat(50_000)));
        all.add(apply("deep object", () -> json("\"data\":" + "{\"a\":".repeat(20_000) + "1" + "}".repeat(20_000))));
        all.add(apply(
                "deep object within bounds", () -> json("\"data\":" + "{\"a\":".repeat(400) + "1" + "}".repeat(400))));
        all.add(apply(
                "lists of lists",
                () -> "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[".repeat(5_000) + "]}".repeat(5_000)));
        all.add(apply("dashes", () -> CONFIG + "data:\n  " + "- ".repeat(500_000) + "a"));
    }

    private static void aliases(List<Attack> all) {
        all.add(apply("billion laughs", () -> CONFIG + laughs()));
        all.add(apply("alias to itself", () -> CONFIG + "data: &a {b: *a}"));
        all.add(apply("aliases in a circle", () -> CONFIG + "data: &a {b: &b {c: *a, d: *b}}"));
        all.add(apply("merged into itself", () -> CONFIG + "data: &a {<<: *a}"));
        all.add(apply(
                "quadratic aliases",
                () -> CONFIG + "x: &a [" + "x,".repeat(20_000) + "x]\ny: [" + "*a,".repeat(20_000) + "*a]"));
    }

    private static String laughs() {
        StringBuilder laughs = new StringBuilder("a0: &a0 [lol,lol,lol,lol,lol,lol,lol,lol,lol,lol]\n");
        for (int i = 1; i < 12; i++) {
            String alias = "*a" + (i - 1);
            laughs.append("a").append(i).append(": &a").append(i).append(" [");
            laughs.append((alias + ",").repeat(9)).append(alias).append("]\n");
        }
        return laughs.toString();
    }

    private static void numbers(List<Attack> all) {
        for (String number : List.of(
                "1e999999999", "1e-999999999", "0x7fffffffffffffffff", "9223372036854775808", ".inf", ".nan", "-1")) {
            all.add(apply("replicas " + number, () -> deployment(number)));
        }
        all.add(apply("replicas of a million digits", () -> deployment("9".repeat(MIB))));
        for (String quantity : List.of(
                "1e999999999", "1e-999999999", "99999999999999999999999999999Ei", "-1", "1e", "0.0000000000001n")) {
            all.add(apply("quantity " + quantity, () -> pod("sleep 1", quantity)));
        }
        all.add(apply("quantity of a million digits", () -> pod("sleep 1", "9".repeat(MIB))));
        all.add(apply(
                "port 1e9",
                () -> "apiVersion: v1\nkind: Service\nmetadata: {name: s}\n"
                        + "spec: {ports: [{port: 1e9, targetPort: 99999999999}]}"));
    }

    private static String deployment(String replicas) {
        return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec:\n  replicas: " + replicas
                + "\n  selector: {matchLabels: {a: b}}\n  template:\n    metadata: {labels: {a: b}}\n"
                + "    spec: {containers: [{name: c, image: nginx}]}\n";
    }

    private static String pod(String script, String cpu) {
        return "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  restartPolicy: Never\n  containers:\n"
                + "  - name: c\n    image: busybox:1.36\n    resources: {requests: {cpu: \"" + cpu + "\"}}\n"
                + "    command: [sh, -c]\n    args:\n    - |\n      " + script.replace("\n", "\n      ") + "\n";
    }

    private static void bytes(List<Attack> all) {
        all.add(apply("NUL in a value", () -> CONFIG + "data: {b: \"c\0d\"}"));
        all.add(apply("NUL in a name", () -> json("\"data\":{}").replace("\"a\"", "\"a\\u0000b\"")));
        all.add(applyBytes("wrong UTF-8", () -> with((byte) 0xFF, (byte) 0xFE)));
        all.add(applyBytes("cut character", () -> with((byte) 0xE2, (byte) 0x82)));
        all.add(applyBytes("surrogate", () -> with((byte) 0xED, (byte) 0xA0, (byte) 0x80)));
        all.add(applyBytes("UTF-16", () -> CONFIG.getBytes(StandardCharsets.UTF_16)));
        all.add(applyBytes("zeros", () -> new byte[MIB]));
        all.add(applyBytes("noise", () -> {
            byte[] noise = new byte[MIB];
            new Random(1).nextBytes(noise);
            return noise;
        }));
    }

    private static byte[] with(byte... odd) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes((CONFIG + "data:\n  b: x").getBytes(StandardCharsets.UTF_8));
        out.writeBytes(odd);
        return out.toByteArray();
    }

    private static void sizes(List<Attack> all) {
        all.add(apply("10 MB scalar", () -> CONFIG + "data: {b: " + "x".repeat(10 * MIB) + "}"));
        all.add(create("10 MB scalar, JSON", () -> json("\"data\":{\"b\":\"" + "x".repeat(10 * MIB) + "\"}")));
        all.add(apply("10 MB block", () -> CONFIG + "data:\n  b: |\n" + "    line of text\n".repeat(640_000)));
        all.add(apply("10 MB comment", () -> "#" + "x".repeat(10 * MIB) + "\n" + CONFIG));
        all.add(apply("name of 1 MB", () -> CONFIG.replace("name: a", "name: " + "a".repeat(MIB))));
        all.add(apply("namespace of 1 MB", () -> CONFIG.replace("name: a", "name: a, namespace: " + "a".repeat(MIB))));
        all.add(apply(
                "label of 1 MB", () -> CONFIG.replace("name: a", "name: a, labels: {x: " + "a".repeat(MIB) + "}")));
        all.add(apply("kind of 1 MB", () -> CONFIG.replace("ConfigMap", "K".repeat(MIB))));
        all.add(apply("equal keys", () -> CONFIG + "data:\n" + "  b: c\n".repeat(1_000)));
        all.add(apply("equal keys, JSON", () -> json("\"data\":{\"b\":\"c\"" + ",\"b\":\"c\"".repeat(100_000) + "}")));
        all.add(apply("empty documents", () -> "---\n".repeat(2_000_000)));
        all.add(apply("documents without kind", () -> "a: 1\n---\n".repeat(5_000)));
        all.add(apply("unknown fields", () -> CONFIG + unknown(20_000)));
        all.add(apply(
                "finalizers",
                () -> CONFIG.replace("name: a", "name: f, finalizers: [" + "x/y,".repeat(5_000) + "x/z]")));
    }

    private static String unknown(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append("field").append(i).append(": 1\n");
        }
        return text.toString();
    }

    private static void shapes(List<Attack> all) {
        all.add(apply("metadata is a list", () -> "apiVersion: v1\nkind: Pod\nmetadata: [1]\nspec: x"));
        all.add(apply("metadata is null", () -> "apiVersion: v1\nkind: Pod\nmetadata: null\nspec: null"));
        all.add(apply("kind is a map", () -> "apiVersion: {a: b}\nkind: {c: d}"));
        all.add(apply("a bare scalar", () -> "x"));
        all.add(apply(
                "containers are a map",
                () -> "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: {a: b}}"));
        all.add(apply(
                "nulls in lists",
                () -> "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [null, null]}"));
        all.add(apply("the path upwards as a name", () -> CONFIG.replace("name: a", "name: ../../../etc/passwd")));
        all.add(apply("variables in a circle", () -> pod("sleep 1", "1m")
                .replace(
                        "    image:",
                        "    env: [{name: A, value: $(B)}, {name: B, value: $(A)$(B)$(C)}]\n    image:")));
        all.add(apply(
                "owned by itself",
                () -> CONFIG.replace(
                        "name: a",
                        "name: o, ownerReferences: "
                                + "[{apiVersion: v1, kind: ConfigMap, name: o, uid: x, controller: true}]")));
    }

    private static void patches(List<Attack> all) {
        all.add(patch("merge", "deep merge patch", "{\"data\":".repeat(20_000) + "1" + "}".repeat(20_000)));
        all.add(patch("strategic", "deep strategic patch", "{\"spec\":".repeat(20_000) + "1" + "}".repeat(20_000)));
        all.add(patch("strategic", "unknown directive", "{\"$patch\":\"explode\",\"data\":{\"$patch\":\"x\"}}"));
        all.add(patch("merge", "null patch", "null"));
        all.add(patch("merge", "list as a merge patch", "[1,2]"));
        StringBuilder doubling =
                new StringBuilder("[{\"op\":\"add\",\"path\":\"/metadata/annotations\",\"value\":{\"a\":\"x\"}}");
        for (int i = 0; i < 60; i++) {
            doubling.append(",{\"op\":\"copy\",\"from\":\"/metadata\",\"path\":\"/metadata/m")
                    .append(i)
                    .append("\"}");
        }
        all.add(patch("json", "doubling copies", doubling + "]"));
        all.add(patch(
                "json",
                "index beyond",
                "[{\"op\":\"add\",\"path\":\"/metadata/finalizers/99999999999999\",\"value\":1}]"));
        all.add(patch("json", "long path", "[{\"op\":\"remove\",\"path\":\"" + "/a".repeat(50_000) + "\"}]"));
        all.add(patch("json", "root removed", "[{\"op\":\"remove\",\"path\":\"\"}]"));
        all.add(patch(
                "json", "moved into itself", "[{\"op\":\"move\",\"from\":\"/metadata\",\"path\":\"/metadata/a/b\"}]"));
    }

    private static Attack patch(String type, String name, String patch) {
        return line(name, "patch", "configmap", "victim", "--type=" + type, "--patch-file=@DIR@/patch")
                .file("patch", patch);
    }

    private static void expressions(List<Attack> all) {
        all.add(get("jsonpath=" + "{range .items[*]}".repeat(5_000)));
        all.add(get("jsonpath={" + "..".repeat(20) + "}"));
        all.add(get("jsonpath={" + "..*".repeat(12) + "}"));
        all.add(get("jsonpath={.items[::0]}"));
        all.add(get("jsonpath={.items[0:99999999999999999999]}"));
        all.add(get("jsonpath={.items[?(@" + "[?(@".repeat(2_000) + ")]}"));
        all.add(get("jsonpath={.items[" + "0,".repeat(20_000) + "0]}"));
        all.add(get("go-template={{define \"a\"}}{{template \"a\"}}{{end}}{{template \"a\"}}"));
        all.add(get("go-template={{define \"a\"}}{{template \"a\" .}}{{template \"a\" .}}{{end}}{{template \"a\" .}}"));
        all.add(get("go-template={{printf \"%1000000000d\" 1}}"));
        all.add(get("go-template=" + "{{if .}}".repeat(5_000)));
        all.add(get("go-template={{" + "(".repeat(20_000)));
        all.add(get("custom-columns=" + "A:.metadata.name,".repeat(4_000) + "B:.x"));
        all.add(get("custom-columns=A:" + ".a".repeat(30_000)));
        all.add(line("selector of commas", "get", "pods", "-A", "-l", ",".repeat(50_000)));
        all.add(line("selector of brackets", "get", "pods", "-A", "-l", "a in " + "(".repeat(50_000)));
        all.add(line("selector of values", "get", "pods", "-A", "-l", "a in (" + "x,".repeat(30_000) + "y)"));
        all.add(line("selector of exclamation marks", "get", "pods", "-A", "-l", "!".repeat(50_000)));
        all.add(line("field selector", "get", "pods", "-A", "--field-selector", "a".repeat(90_000) + "=="));
        all.add(line("sort by", "get", "pods", "-A", "--sort-by={" + "[".repeat(20_000)));
        all.add(line("explain", "explain", "pods" + ".spec".repeat(15_000)));
        all.add(line("get a long name", "get", "pod", "x".repeat(100_000)));
        all.add(line("get a raw path", "get", "--raw", "/api/v1/namespaces/../../../" + "a/".repeat(20_000)));
        all.add(line("scale", "scale", "deployment/x", "--replicas=99999999999999999999"));
        all.add(line("label", "label", "configmap", "victim", "a=" + "b".repeat(100_000)));
    }

    private static Attack get(String output) {
        return line(output.substring(0, Math.min(40, output.length())), "get", "namespaces", "-o", output);
    }

    private static void files(List<Attack> all) {
        all.add(line("kustomization of itself", "apply", "-k", "@DIR@")
                .file("kustomization.yaml", "resources: [., ../, ./.]\n"));
        all.add(line("folder of nothing", "apply", "-f", "@DIR@", "-R")
                .file("a.yaml", "")
                .file("b.json", "\0"));
        all.add(line("a file of a file", "create", "configmap", "big", "--from-file=@DIR@/big")
                .file("big", "x".repeat(3 * MIB)));
        all.add(line("an env file", "create", "configmap", "env", "--from-env-file=@DIR@/env")
                .file("env", "A=\0\n=b\n" + "x".repeat(MIB)));
        all.add(line("a kubeconfig of braces", "get", "pods", "--kubeconfig=@DIR@/config")
                .file("config", "{".repeat(100_000)));
        all.add(line("a kubeconfig of wrong types", "get", "pods", "--kubeconfig=@DIR@/config")
                .file("config", "apiVersion: v1\nkind: Config\ncontexts: {a: b}\ncurrent-context: [x]\nusers: 1\n"));
    }

    private static void times(List<Attack> all) {
        all.add(apply(
                "created in the far future",
                () -> CONFIG.replace("name: a", "name: t, creationTimestamp: \"999999999-01-01T00:00:00Z\"")));
        all.add(
                apply(
                        "grace without end",
                        () -> pod("sleep 9999999999999999999", "1m")
                                .replace(
                                        "  restartPolicy",
                                        "  terminationGracePeriodSeconds: 9223372036854775807\n  activeDeadlineSeconds: 9223372036854775807\n  restartPolicy")));
        all.add(line(
                "delete with a grace without end",
                "delete",
                "configmap",
                "victim",
                "--grace-period=9223372036854775807",
                "--dry-run=server"));
        all.add(line("wait without end", "wait", "configmap/none", "--for=delete", "--timeout=9999999999h"));
        for (String schedule : List.of(
                "0 0 31 2 *",
                "*/0 * * * *",
                "99999999999 * * * *",
                "@every 1ns",
                "TZ=../../x * * * * *",
                "1-99999999 * * * *")) {
            all.add(
                    apply(
                            "schedule " + schedule,
                            () -> "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: c}\nspec:\n  schedule: \""
                                    + schedule
                                    + "\"\n  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: busybox:1.36}]}}}}\n"));
        }
    }

    private static void scripts(List<Attack> all) {
        for (String script : List.of(
                "while true; do :; done",
                "while true; do echo x; done",
                "yes",
                "f() { f; }; f",
                "f() { f | f & }; f",
                "x=a; while true; do x=$x$x; done",
                "while true; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxx >> /tmp/f; done",
                "i=0; while true; do i=$((i+1)); mkdir /tmp/d$i; done",
                "while true; do sleep 1 & done",
                "while true; do sleep 0; done",
                "eval \"$(printf 'eval %.0s' $(seq 1 5000))\"",
                "echo " + "$(".repeat(3_000) + ")".repeat(3_000),
                "echo $((9223372036854775807*9223372036854775807 / 0))",
                "cat /dev/zero",
                "cat /dev/urandom | od -x",
                "exec sh -c 'exec $0 -c \"$0\"'",
                "trap 'kill $$' TERM; kill $$; while true; do kill -TERM $$; done",
                "printf %1000000000s x",
                "seq 1 1000000000",
                "head -c 10000000000 /dev/zero > /f",
                "echo '" + "a".repeat(30_000) + "' | sed 's/\\(a*\\)*b/x/'",
                "cat < /tmp/none || cat << E\n" + "x\n".repeat(10))) {
            all.add(apply(
                    "script "
                            + script.lines()
                                    .findFirst()
                                    .orElse("")
                                    .substring(
                                            0,
                                            Math.min(
                                                    30,
                                                    script.indexOf('\n') < 0 ? script.length() : script.indexOf('\n'))),
                    () -> pod(script, "1m")));
        }
    }

    private static void crowds(List<Attack> all) {
        all.add(apply("two thousand million replicas", () -> deployment("2147483647")));
        all.add(
                apply(
                        "two thousand million Jobs' pods",
                        () -> "apiVersion: batch/v1\nkind: Job\nmetadata: {name: j}\n"
                                + "spec: {parallelism: 2147483647, completions: 2147483647, template: {spec: {restartPolicy: Never, containers: [{name: c, image: busybox:1.36, command: [\"true\"]}]}}}"));
        for (String policy : List.of("Parallel", "OrderedReady")) {
            all.add(apply("two thousand million pods of a StatefulSet, " + policy, () -> deployment("2147483647")
                    .replace("Deployment", "StatefulSet")
                    .replace("  selector", "  serviceName: s\n  podManagementPolicy: " + policy + "\n  selector")));
        }
        all.add(
                apply(
                        "a surge of all",
                        () -> deployment("3")
                                .replace(
                                        "  selector",
                                        "  strategy: {rollingUpdate: {maxSurge: 2147483647, maxUnavailable: \"99999999999%\"}}\n  selector")));
        all.add(apply("a thousand containers", () -> {
            StringBuilder text =
                    new StringBuilder("apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n");
            for (int i = 0; i < 1_000; i++) {
                text.append("  - {name: c").append(i).append(", image: nginx}\n");
            }
            return text.toString();
        }));
    }
}
