package dev.kubejar.print;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.Obj;
import dev.kubejar.object.ParseError;
import dev.kubejar.object.Yaml;
import dev.kubejar.schema.Describe;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrintersTest {
    private static final Obj TABLE = Obj.of((ObjectNode) Yaml.read("""
            kind: Table
            columnDefinitions:
            - {name: Name, type: string, format: name, priority: 0}
            - {name: Ready, type: string, priority: 0}
            - {name: Age, type: string, priority: 0}
            - {name: Node, type: string, priority: 1}
            rows:
            - cells: [web-1, 1/1, 5s, worker-1]
              object: {metadata: {name: web-1, namespace: default, labels: {app: web, example.com/tier: front}}}
            - cells: [a-much-longer-name, "0/1\\nmore", 2m, <none>, surplus]
              object: {metadata: {name: a-much-longer-name, namespace: kube-system}}
            """));
    private static final Obj POD = Obj.of((ObjectNode) Yaml.read("""
            apiVersion: v1
            kind: Pod
            metadata: {name: kiln, labels: {craft: pottery, floor: "2"}, managedFields: [{manager: x}]}
            spec: {containers: [{name: a, ports: [{containerPort: 80}], resources: {}}, {name: b, command: [sleep, "1"]}]}
            """));

    private static String table(TableOptions options) {
        StringBuilder out = new StringBuilder();
        new TablePrinter(options, Instant.EPOCH).print(TABLE, out);
        return out.toString();
    }

    @Test
    void printsTables() {
        assertEquals("""
                NAME                 READY    AGE
                web-1                1/1      5s
                a-much-longer-name   0/1...   2m
                """, table(TableOptions.PLAIN));
        assertEquals("""
                NAMESPACE     NAME                     READY    AGE   NODE       TIER    LABELS
                default       pod/web-1                1/1      5s    worker-1   front   app=web,example.com/tier=front
                kube-system   pod/a-much-longer-name   0/1...   2m    <none>             <none>
                """, table(new TableOptions(false, true, true, true, "Pod", List.of("example.com/tier"))));
        assertEquals(
                "web-1                1/1      5s\na-much-longer-name   0/1...   2m\n",
                table(new TableOptions(true, false, false, false, "", List.of())));
    }

    @Test
    void printsHeadersOnce() {
        StringBuilder out = new StringBuilder();
        TablePrinter printer = new TablePrinter(TableOptions.PLAIN, Instant.EPOCH);
        TabWriter aligned = TabWriter.forTables(out);
        printer.print(TABLE, aligned);
        aligned.flush();
        Obj next = TABLE.copy().remove("columnDefinitions");
        next.node().withArray("/rows").remove(1);
        printer.printEvent("MODIFIED", next, aligned);
        aligned.flush();
        assertEquals("""
                NAME                 READY    AGE
                web-1                1/1      5s
                a-much-longer-name   0/1...   2m
                MODIFIED             web-1    1/1   5s
                """, out.toString());
    }

    @Test
    void fallsBackToNameAndAge() {
        StringBuilder out = new StringBuilder();
        Obj list = Obj.parse("{\"kind\":\"List\",\"items\":[{\"metadata\":{\"name\":\"a\","
                + "\"creationTimestamp\":\"2026-01-01T00:00:00Z\"}},{\"metadata\":{\"name\":\"b\"}}]}");
        new TablePrinter(TableOptions.PLAIN, Instant.parse("2026-01-01T00:05:01Z")).print(list, out);
        assertEquals("NAME   AGE\na      5m1s\nb      <unknown>\n", out.toString());
    }

    @Test
    void alignsAsGo() {
        StringBuilder out = new StringBuilder();
        TabWriter writer = TabWriter.forDescriptions(out);
        writer.append("Name:\tx\nLabels:\ta=b\n\tc=d\nPlain line\nA:\tb\nLonger:\tc\td\n");
        writer.flush();
        assertEquals("Name:    x\nLabels:  a=b\n         c=d\nPlain line\nA:       b\nLonger:  c  d\n", out.toString());
    }

    @Test
    void describes() {
        StringBuilder out = new StringBuilder();
        Describe text = new Describe()
                .field("Name", "kiln")
                .map("Labels", Map.of("b", "2", "a", "1"), "=")
                .line(0, "Containers:")
                .line(1, "fire:")
                .field(2, "Image", "nginx");
        DescribePrinter.print(text, out);
        assertEquals(
                "Name:    kiln\nLabels:  a=1\n         b=2\nContainers:\n  fire:\n    Image:  nginx\n", out.toString());
    }

    private static String print(String output, Obj object) {
        StringBuilder out = new StringBuilder();
        Printers.of(output, PrintOptions.tables(TableOptions.PLAIN).files(name -> "N  C\n.metadata.name  .spec.x\n"))
                .print(object, out);
        return out.toString();
    }

    @Test
    void printsTrees() {
        Obj small = Obj.parse(
                "{\"kind\":\"A\",\"apiVersion\":\"v1\",\"metadata\":{\"managedFields\":[]},\"x\":\"<&>\",\"e\":{},\"l\":[],"
                        + "\"n\":[1,\"b\"]}");
        assertEquals(
                "{\n    \"apiVersion\": \"v1\",\n    \"e\": {},\n    \"kind\": \"A\",\n    \"l\": [],\n    \"metadata\": {},\n"
                        + "    \"n\": [\n        1,\n        \"b\"\n    ],\n    \"x\": \"\\u003c\\u0026\\u003e\"\n}\n",
                print("json", small));
        assertEquals(
                "apiVersion: v1\ne: {}\nkind: A\nl: []\nmetadata: {}\n\"n\":\n- 1\n- b\nx: <&>\n",
                print("YAML", small));
        assertEquals(
                "---\n{\n  apiVersion: \"v1\",\n  e: {},\n  kind: \"A\",\n  l: [],\n  metadata: {},\n  \"n\": [\n    1,\n"
                        + "    \"b\",\n  ],\n  x: \"<&>\",\n}\n",
                print("kyaml", small));
        Obj lines = Obj.parse("{\"lines\":\"one\\ntwo\\n\\n\",\"s\":\"a\\n b\",\"l\":[{\"a\":1},{}]}");
        assertEquals("""
                ---
                {
                  l: [{
                    a: 1,
                  }, {}],
                  lines: "\\
                     one\\n\\
                     two\\n\\
                     \\n\\
                    ",
                  s: "\\
                     a\\n\\
                    \\ b\\
                    ",
                }
                """, print("kyaml", lines));
        assertEquals(lines.node(), Yaml.read(print("kyaml", lines)));
    }

    @Test
    void printsNames() {
        Obj list = Obj.parse(
                "{\"kind\":\"List\",\"items\":[{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":"
                        + "\"w\"}},{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"p\"}}]}");
        assertEquals("deployment.apps/w\npod/p\n", print("name", list));
        StringBuilder out = new StringBuilder();
        Printers.of("", PrintOptions.operation("created (dry run)")).print(POD, out);
        assertEquals("pod/kiln created (dry run)\n", out.toString());
    }

    @Test
    void printsCustomColumns() {
        assertEquals(
                """
                NAME   LABELS                       PORTS   RES     COMMAND
                kiln   map[craft:pottery floor:2]   80      map[]   [sleep 1]
                """,
                print(
                        "custom-columns=NAME:.metadata.name,LABELS:{metadata.labels},PORTS:.spec.containers[*].ports[*]"
                                + ".containerPort,RES:spec.containers[0].resources,COMMAND:.spec.containers[-1:].command",
                        POD));
        assertEquals("N      C\nkiln   <none>\n", print("custom-columns-file=f", POD));
        assertEquals("kiln", print("jsonpath={.metadata.name}", POD));
    }

    @Test
    void refuses() {
        refused(
                "xml",
                "unable to match a printer suitable for the output format \"xml\", allowed formats are: custom-columns,"
                        + "custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,"
                        + "template,templatefile,wide,yaml");
        refused("custom-columns", "custom-columns format specified but no custom columns given");
        refused("custom-columns=NAME", "unexpected custom-columns spec: NAME, expected <header>:<json-path-expr>");
        refused("jsonpath", "template format specified but no template given");
        refused("jsonpath={.a", "error parsing jsonpath {.a, unclosed action");
        ParseError e = assertThrows(
                ParseError.class, () -> Printers.of("jsonpath-file=x", PrintOptions.tables(TableOptions.PLAIN)));
        assertEquals("error reading --template x, open x: no such file or directory", e.getMessage());
        ParseError plain = assertThrows(ParseError.class, () -> Printers.of("wide", PrintOptions.operation("created")));
        assertEquals(
                "unable to match a printer suitable for the output format \"wide\", allowed formats are: go-template,"
                        + "go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,yaml",
                plain.getMessage());
    }

    private static void refused(String output, String message) {
        assertEquals(
                message,
                assertThrows(ParseError.class, () -> print(output, POD)).getMessage());
    }
}
