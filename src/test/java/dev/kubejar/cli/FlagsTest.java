package dev.kubejar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every flag of every kubectl command: declared as kubectl declares it, told of in help, and meaning something. */
final class FlagsTest {
    private record Row(String command, String flag, String shorthand, String absent) {}

    private static final Path SOURCES = Path.of("src/main/java/dev/kubejar/cli");

    /** Flags whose meaning kubectl itself does not let a user see, or that need what is not simulated; with the reason. */
    private static final Map<String, String> NO_MEANING = reasons();

    /** Commands in which every flag must mean something. */
    private static final Set<String> WHOLE = Set.of("get", "apply", "create", "delete", "logs", "rollout");

    private static Map<String, String> reasons() {
        Map<String, String> reasons = new TreeMap<>();
        for (String flag : List.of("as-current-user", "enable-alpha-plugins", "mount", "network", "network-name")) {
            reasons.put("kustomize " + flag, "functions in containers are not run");
        }
        for (String flag :
                List.of("enable-helm", "helm-api-versions", "helm-command", "helm-debug", "helm-kube-version")) {
            reasons.put("kustomize " + flag, "Helm is not run");
        }
        reasons.put("top node use-protocol-buffers", "nothing is encoded between client and server");
        reasons.put("top pod use-protocol-buffers", "nothing is encoded between client and server");
        reasons.put("api-resources cached", "discovery is never older than the cluster");
        reasons.put("diff concurrency", "objects are compared in order, whatever the number");
        reasons.put("events chunk-size", "the answer is the same in pieces and as a whole");
        reasons.put("attach detach-keys", "there is no session to return to");
        reasons.put("run detach-keys", "there is no session to return to");
        reasons.put("run force", "kubectl declares it and reads it nowhere");
        reasons.put("run wait", "kubectl waits for a removed pod in any case");
        reasons.put("replace wait", "kubectl waits for the deletion in any case");
        reasons.put("proxy keepalive", "a connection to this process needs no reminders");
        reasons.put("proxy append-server-path", "a local cluster's address has no path");
        return reasons;
    }

    /** Flags of the commands in {@link #WHOLE} that kubectl itself declares without an effect here to be seen. */
    private static final Map<String, String> SAME_AS_KUBECTL = Map.of(
            "apply wait", "kubectl declares it and reads it nowhere",
            "apply openapi-patch", "built-in types and the server's schema are the same here",
            "logs insecure-skip-tls-verify-backend", "there is no certificate that could be wrong");

    private static List<Row> rows() throws IOException {
        try (InputStream in = FlagsTest.class.getResourceAsStream("/facts/kubectl-flags.tsv")) {
            List<Row> rows = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                String[] parts = line.split("\t", -1);
                if (!line.startsWith("#")) {
                    rows.add(new Row(parts[0], parts[1], parts[2], parts[3]));
                }
            }
            return rows;
        }
    }

    private static Flags flags(String command) {
        Flags flags = new Flags();
        if (!command.equals("(global)")) {
            CommandFactory.create(command).flags(flags);
        }
        flags.bool("help", 'h', false);
        flags.inherit(GlobalFlags.declare());
        return flags;
    }

    @Test
    void areDeclaredAsKubectlDeclaresThem() throws IOException {
        Map<String, Set<String>> known = new TreeMap<>();
        for (Row row : rows()) {
            known.computeIfAbsent(row.command, key -> new TreeSet<>()).add(row.flag);
            Flag flag = flags(row.command).find(row.flag);
            assertNotNull(flag, row::toString);
            assertEquals(row.shorthand, flag.shorthand() == 0 ? "" : String.valueOf(flag.shorthand()), row::toString);
            assertEquals("--" + row.flag + "=" + row.absent, flag.usage(), row::toString);
        }
        known.remove("(global)");
        known.forEach((command, names) -> {
            Flags own = new Flags();
            CommandFactory.create(command).flags(own);
            for (Flag flag : own.all()) {
                assertTrue(flag.hidden() || names.contains(flag.name()), command + " --" + flag.name());
            }
        });
    }

    @Test
    void areToldOfInHelp() throws IOException {
        for (Row row : rows()) {
            HelpTexts texts = HelpTexts.of(row.command.equals("(global)") ? "" : row.command);
            assertFalse(texts.flag(row.flag).isBlank(), row::toString);
        }
    }

    @Test
    void meanSomething() throws IOException {
        Map<String, String> sources = sources();
        Map<String, String> classes = classes(sources.get("CommandFactory"));
        List<Row> rows = rows();
        Set<String> unread = new TreeSet<>();
        Map<String, String> read = new LinkedHashMap<>();
        for (Row row : rows) {
            if (!row.command.equals("(global)")) {
                String code = read.computeIfAbsent(row.command, key -> reached(classes.get(key), sources));
                if (!reads(code, row.flag)) {
                    unread.add(row.command + " " + row.flag);
                }
            }
        }
        unread.removeAll(SAME_AS_KUBECTL.keySet());
        for (String each : unread) {
            assertTrue(NO_MEANING.containsKey(each), each + " is parsed, and nothing reads it");
            assertFalse(WHOLE.contains(each.split(" ")[0]), each);
        }
        assertTrue(NO_MEANING.size() * 20 <= rows.size(), NO_MEANING.size() + " of " + rows.size());
    }

    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
            }
        }
        return sources;
    }

    /** Commands with the names of their classes. */
    private static Map<String, String> classes(String factory) {
        Map<String, String> classes = new TreeMap<>();
        Matcher cases = Pattern.compile("case ((?:\"[^\"]+\",?\\s*)+) ?-> new (\\w+)\\(")
                .matcher(factory);
        while (cases.find()) {
            Matcher names = Pattern.compile("\"([^\"]+)\"").matcher(cases.group(1));
            while (names.find()) {
                classes.put(names.group(1), cases.group(2));
            }
        }
        return classes;
    }

    /** The text of a class and of what it uses of this package, without what knows the flags of all commands. */
    private static String reached(String name, Map<String, String> sources) {
        Set<String> general = Set.of(
                "Flags",
                "Flag",
                "FlagParser",
                "GlobalFlags",
                "CommandFactory",
                "CommandTable",
                "CompletionTable",
                "CompletionRequest",
                "CompletionWords",
                "Kubectl",
                "Help",
                "HelpTexts",
                "Session",
                "Invocation",
                "KubeConfig",
                "Preferences");
        Set<String> seen = new TreeSet<>(Set.of(name));
        Deque<String> open = new ArrayDeque<>(seen);
        StringBuilder code = new StringBuilder();
        while (!open.isEmpty()) {
            String text = sources.get(open.pop());
            code.append(text);
            Matcher words = Pattern.compile("\\b[A-Z]\\w+").matcher(text);
            while (words.find()) {
                String word = words.group();
                if (sources.containsKey(word) && !general.contains(word) && seen.add(word)) {
                    open.push(word);
                }
            }
        }
        return code.toString();
    }

    /** Whether the flag's name stands anywhere but where it is declared. */
    private static boolean reads(String code, String flag) {
        Matcher all = Pattern.compile("\"" + Pattern.quote(flag) + "\"").matcher(code);
        int uses = 0;
        while (all.find()) {
            uses++;
        }
        String name = "\\(\\s*\"" + Pattern.quote(flag) + "\"";
        Matcher declared = Pattern.compile("\\.(?:bool|string|integer|int32|int64|duration)" + name
                        + "\\s*,|\\.(?:slice|array|map)" + name)
                .matcher(code);
        while (declared.find()) {
            uses--;
        }
        return uses > 0;
    }
}
