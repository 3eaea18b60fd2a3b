package dev.kubejar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kubejar.CommandLine;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kubejar check} on folders of mistakes: each line that is at fault ends in {@code #! CAUSE}, further places of the same cause
 * in {@code #! also}; there is nothing else to find.
 */
final class CheckTest {
    private static final Path MISTAKES = Path.of("src/test/resources/check");
    private static final Path VALID = Path.of("src/test/resources/check-valid");
    private static final String CRD = MISTAKES.resolve("crd.yaml").toString();

    @TempDir
    Path home;

    @TestFactory
    Stream<DynamicTest> mistakes() throws IOException {
        try (Stream<Path> all = Files.list(MISTAKES)) {
            return all.filter(Files::isDirectory).sorted().toList().stream()
                    .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> folder(folder)));
        }
    }

    /** Manifests as projects publish them: nothing is to be found on a cluster of four nodes. */
    @TestFactory
    Stream<DynamicTest> valid() throws IOException {
        try (Stream<Path> all = Files.list(VALID)) {
            return all.sorted().toList().stream()
                    .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                        CommandLine.Result result = check("--nodes", "4", "--ignore-missing-kinds", file.toString());
                        assertTrue(result.out().startsWith("ok: "), result.out() + result.err());
                        assertEquals(0, result.code());
                    }));
        }
    }

    @Test
    void whatIsNoManifestIsPassedOver() throws IOException {
        Path folder = Files.createDirectories(home.resolve("mixed/sub"));
        Files.writeString(folder.resolve("empty.yaml"), "");
        Files.writeString(folder.resolve("comment.yml"), "# nothing yet\n---\n");
        Files.writeString(folder.resolve("notes.txt"), "kind: [");
        Files.writeString(folder.resolve("values.yaml"), "replicas: 3\n");
        Path map = folder.resolve("map.json");
        Files.writeString(map, "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\n\"metadata\":{\"name\":\"c\"}}\n");
        Files.createSymbolicLink(home.resolve("link"), folder);
        CommandLine.Result result = check(home.resolve("link").toString());
        assertEquals("ok: 1 object in 3 files accepted\n", result.out());
        assertEquals(0, result.code());
    }

    private CommandLine.Result check(String... args) {
        return input("", args);
    }

    private CommandLine.Result input(String text, String... args) {
        List<String> all = new ArrayList<>(List.of("check"));
        all.addAll(List.of(args));
        return new CommandLine(home)
                .as("kubejar")
                .with("KUBEJAR_PROFILE", "full")
                .input(text, all.toArray(new String[0]));
    }

    private void folder(Path folder) {
        CommandLine.Result result = check("--crd", CRD, "-o", "json", folder.toString());
        List<String> found = new ArrayList<>();
        for (Obj finding : Obj.of((com.fasterxml.jackson.databind.node.ObjectNode) Json.read(result.out()))
                .list("findings")) {
            found.add(finding.text("file") + ":" + finding.number("line") + " " + finding.text("cause"));
            finding.list("also").forEach(also -> found.add(also.text("file") + ":" + also.number("line") + " also"));
        }
        found.sort(null);
        assertEquals(String.join("\n", expected(folder)), String.join("\n", found), result.err());
        assertEquals(1, result.code());
    }

    private static List<String> expected(Path folder) {
        List<String> expected = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                List<String> lines = Files.readAllLines(file);
                for (int i = 0; i < lines.size(); i++) {
                    int mark = lines.get(i).indexOf("#! ");
                    if (mark >= 0) {
                        expected.add(file + ":" + (i + 1) + " " + lines.get(i).substring(mark + 3));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        expected.sort(null);
        return expected;
    }

    @Test
    void samplesAreFineAndTheUsersStateIsLeftAlone() {
        CommandLine.Result result = check("samples");
        assertEquals("", result.err());
        assertTrue(result.out().startsWith("ok: "), result.out());
        assertEquals(0, result.code());
        assertFalse(Files.exists(home.resolve(".kubejar")));
    }

    @Test
    void usage() {
        assertEquals(2, check().code());
        assertEquals(2, check("no-such-file").code());
        assertEquals(2, check("--nonsense").code());
        assertEquals(2, check("-o", "xml", "samples").code());
        assertEquals(1, new CommandLine(home).run("check", "samples").code(), "kubectl has no such command");
    }

    @Test
    void whatHelmPrintsIsReadFromStandardInput() {
        String chart = """
                ---
                # Source: web/templates/serviceaccount.yaml
                ---
                # Source: web/templates/deployment.yaml
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: release-web
                spec:
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec:
                      containers:
                        - name: web
                          image: example.com/team/web:1.0
                          ports: [{name: http, containerPort: 8080}]
                          readinessProbe: {httpGet: {path: /ready, port: http}}
                ---
                apiVersion: v1
                kind: List
                items:
                  - apiVersion: v1
                    kind: Service
                    metadata: {name: web, namespace: shop}
                    spec: {selector: {app: other}, ports: [{port: 80}]}
                  - {apiVersion: v1, kind: Namespace, metadata: {name: shop}}
                """;
        CommandLine.Result result = input(chart, "-");
        assertTrue(result.out().startsWith("STDIN:26: Service shop/web: no endpoints: "), result.out());
        assertTrue(
                result.out().endsWith("4 objects in 1 file: 1 finding\n")
                        || result.out().contains(": 1 finding"),
                result.out());
    }

    @Test
    void unknownKindsArePassedOverWhenAsked() {
        String widget = "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: one}\n";
        assertEquals(1, input(widget, "-").code());
        assertEquals(0, input(widget, "--ignore-missing-kinds", "-").code());
    }

    @Test
    void reportsForMachines() {
        String folder = MISTAKES.resolve("services").toString();
        CommandLine.Result sarif = check("-o", "sarif", folder);
        Obj run = Obj.parse(sarif.out()).list("runs").get(0);
        Obj place = run.list("results").get(0).list("locations").get(0);
        assertEquals(folder + "/services.yaml", place.text("physicalLocation.artifactLocation.uri"));
        assertTrue(place.number("physicalLocation.region.startLine") > 1);
        CommandLine.Result junit = check("-o", "junit", folder);
        assertTrue(junit.out().contains("<testsuite name=\"kubejar check\" tests=\"6\" failures=\"5\""), junit.out());
    }
}
