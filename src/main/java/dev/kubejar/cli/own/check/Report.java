package dev.kubejar.cli.own.check;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.cli.Output;
import dev.kubejar.object.GoJson;
import dev.kubejar.object.Json;
import java.util.ArrayList;
import java.util.List;

/** Writes what was found: for people, as JSON, as JUnit's XML or as SARIF 2.1.0. */
final class Report {
    private final List<Finding> findings;
    private final List<Manifest> manifests;
    private final int files;

    Report(Findings findings, Inputs inputs) {
        this.findings = findings.sorted();
        this.manifests = inputs.manifests;
        this.files = inputs.files;
    }

    void write(String format, Output out) {
        switch (format) {
            case "json" -> out.println(GoJson.indentedInOrder(json(), "  "));
            case "junit" -> junit(out);
            case "sarif" -> out.println(GoJson.indentedInOrder(sarif(), "  "));
            default -> text(out);
        }
    }

    private void text(Output out) {
        for (Finding each : findings) {
            String object = each.object();
            out.println(each.place + ": " + (object.isEmpty() ? "" : object + ": ") + each.message + " [" + each.cause
                    + "]");
            each.also.forEach(place -> out.println("    also at " + place));
        }
        long workloads =
                manifests.stream().filter(each -> each.template() != null).count();
        String all = count(manifests.size(), "object") + " in " + count(files, "file");
        out.println(
                findings.isEmpty()
                        ? "ok: " + all
                                + (workloads == 0
                                        ? " accepted"
                                        : " accepted, " + count(workloads, "workload") + " ready")
                        : all + ": " + count(findings.size(), "finding"));
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private ObjectNode json() {
        ObjectNode root = Json.object();
        root.put("ok", findings.isEmpty()).put("files", files).put("objects", manifests.size());
        ArrayNode list = root.putArray("findings");
        for (Finding each : findings) {
            ObjectNode one = list.addObject();
            one.put("cause", each.cause).put("file", each.place.file()).put("line", each.place.line());
            if (each.manifest != null) {
                one.putObject("object")
                        .put("apiVersion", each.manifest.written.apiVersion())
                        .put("kind", each.manifest.kind())
                        .put("namespace", each.manifest.namespace)
                        .put("name", each.manifest.name());
            }
            one.put("field", each.field).put("message", each.message);
            ArrayNode also = one.putArray("also");
            each.also.forEach(
                    place -> also.addObject().put("file", place.file()).put("line", place.line()));
        }
        return root;
    }

    /** One test case an object, its findings as failures; what belongs to no object is a case of its file. */
    private void junit(Output out) {
        List<Finding> loose = new ArrayList<>(findings);
        loose.removeIf(each -> each.manifest != null);
        long failed = manifests.stream().filter(each -> !of(each).isEmpty()).count() + loose.size();
        out.println("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        out.println("<testsuites>");
        out.println("  <testsuite name=\"kubejar check\" tests=\"" + (manifests.size() + loose.size())
                + "\" failures=\"" + failed + "\" errors=\"0\" skipped=\"0\">");
        for (Manifest each : manifests) {
            testcase(out, each.title(), each.place("").file(), of(each));
        }
        for (Finding each : loose) {
            testcase(out, each.place.toString(), each.place.file(), List.of(each));
        }
        out.println("  </testsuite>");
        out.println("</testsuites>");
    }

    private List<Finding> of(Manifest manifest) {
        return findings.stream().filter(each -> each.manifest == manifest).toList();
    }

    private static void testcase(Output out, String name, String file, List<Finding> failures) {
        String head = "    <testcase name=\"" + escaped(name) + "\" classname=\"" + escaped(file) + "\"";
        if (failures.isEmpty()) {
            out.println(head + "/>");
            return;
        }
        out.println(head + ">");
        for (Finding each : failures) {
            out.println("      <failure type=\"" + each.cause + "\" message=\"" + escaped(each.message) + "\">"
                    + escaped(each.place + ": " + each.message) + "</failure>");
        }
        out.println("    </testcase>");
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        for (char c : text.toCharArray()) {
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\n' -> out.append("&#10;");
                default -> out.append(c < ' ' && c != '\t' ? ' ' : c);
            }
        }
        return out.toString();
    }

    private ObjectNode sarif() {
        ObjectNode root = Json.object();
        root.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json").put("version", "2.1.0");
        ObjectNode run = root.putArray("runs").addObject();
        ObjectNode driver = run.putObject("tool").putObject("driver").put("name", "kubejar check");
        ArrayNode rules = driver.putArray("rules");
        findings.stream().map(each -> each.cause).distinct().sorted().forEach(cause -> rules.addObject()
                .put("id", cause)
                .putObject("shortDescription")
                .put("text", cause.replace('-', ' ')));
        ArrayNode results = run.putArray("results");
        for (Finding each : findings) {
            ObjectNode result = results.addObject().put("ruleId", each.cause).put("level", "error");
            String object = each.object();
            result.putObject("message").put("text", (object.isEmpty() ? "" : object + ": ") + each.message);
            location(result.putArray("locations"), each.place);
            if (!each.also.isEmpty()) {
                ArrayNode related = result.putArray("relatedLocations");
                each.also.forEach(place -> location(related, place));
            }
        }
        return root;
    }

    private static void location(ArrayNode list, Place place) {
        ObjectNode physical = list.addObject().putObject("physicalLocation");
        physical.putObject("artifactLocation")
                .put("uri", place.file().replace('\\', '/').replace(" ", "%20"));
        physical.putObject("region").put("startLine", place.line());
    }
}
