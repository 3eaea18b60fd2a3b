package dev.kubejar.object;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentsTest {
    private static List<Document> read(String text) {
        return Documents.read("STDIN", text.getBytes(StandardCharsets.UTF_8), Limits.FILES);
    }

    private static String json(String text) {
        StringBuilder out = new StringBuilder();
        for (Document document : read(text)) {
            out.append(out.isEmpty() ? "" : " ; ").append(GoJson.compact(document.root()));
        }
        return out.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "k: yes | true",
                "k: off | false",
                "k: Y | true",
                "k: ~ | null",
                "k: | null",
                "k: 0644 | 420",
                "k: 0o17 | 15",
                "k: 0x1F | 31",
                "k: 0b101 | 5",
                "k: -0b11 | -3",
                "k: 1_000 | 1000",
                "k: +1 | 1",
                "k: 08 | 8",
                "k: 1.0 | 1",
                "k: 1.50 | 1.5",
                "k: 1e3 | 1000",
                "k: 1e21 | 1e+21",
                "k: 1e999 | \"1e999\"",
                "k: .5 | 0.5",
                "k: 123456789012345678901234567890 | 123456789012345680000000000000",
                "k: 18446744073709551615 | 18446744073709552000",
                "k: 2026-01-01 | \"2026-01-01\"",
                "k: 12:30 | \"12:30\"",
                "k: 1.2.3 | \"1.2.3\"",
                "k: \"yes\" | \"yes\"",
                "k: 'no' | \"no\"",
                "k: !!str 1 | \"1\"",
                "k: !!int \"3\" | 3",
                "k: !!float 3 | 3",
                "k: !!binary aGk= | \"hi\"",
                "k: !mine 1 | \"1\"",
                "k: {a: b, c: [1, 2]} | {\"a\":\"b\",\"c\":[1,2]}",
                "k: {1: a, true: b, 1.5: c} | {\"1\":\"a\",\"1.5\":\"c\",\"true\":\"b\"}",
                "k: <a&b> | \"\\u003ca\\u0026b\\u003e\"",
                "k: \"\\u00e9\\x41\\/\\e\" | \"\u00e9A/\\u001b\"",
            })
    void resolvesScalarsAsGoYaml(String yaml, String value) {
        // Go writes floats past 1e21 with an exponent and those below without
        String expected = value.startsWith("1234567890123456") ? "1.2345678901234568e+29" : value;
        assertEquals("{\"k\":" + expected + "}", json(yaml));
    }

    @Test
    void mergesAndAliases() {
        assertEquals(
                "{\"a\":{\"w\":2,\"x\":1},\"b\":{\"w\":3,\"x\":1,\"z\":4},\"c\":{\"w\":2,\"x\":1}}",
                json("a: &a {x: 1, w: 2}\nb: {<<: *a, w: 3, z: 4}\nc: *a\n"));
        assertEquals("{\"k\":{\"w\":2,\"x\":1}}", json("k: {<<: [{x: 1}, {x: 9, w: 2}]}"));
        assertEquals("{\"k\":{\"x\":9}}", json("k: {x: 1, <<: {x: 9}}"));
        assertEquals("{\"a\":\"k\",\"k\":1}", json("a: &n k\n*n : 1\n"));
    }

    @Test
    void partsStreams() {
        assertEquals("{\"a\":1} ; {\"b\":2}", json("a: 1\n---\nb: 2\n"));
        assertEquals("{\"a\":1} ; {\"b\":2}", json("--- # first\na: 1\n---   \n# nothing\n---\n\n---\nb: 2"));
        assertEquals("{\"a\":1} ; {\"b\":2}", json("{\"a\": 1}\n{\"b\": 2}\n"));
        assertEquals("{\"a\":1} ; {\"b\":2} ; {\"c\":3}", json("{\"a\":1}{\"b\":2} {\"c\":3}"));
        assertEquals("{\"a\":\"b\"}", json("{a: b}"));
        assertEquals("{\"a\":1} ; {\"b\":2}", json("{\"a\": 1}\n---\nb: 2\n"));
        assertEquals("{\"a\":1}", json("a: 1\r\n---\r\n"));
        assertEquals("{\"a\":\"x\\n\"}", json("a: |\r\n  x\r\n"));
        assertEquals("", json("# only a remark\n"));
        assertEquals("", json(""));
        assertEquals("", json("---\n---\nnull\n---\n~\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "a: b: c | error converting YAML to JSON: yaml: mapping values are not allowed in this context",
                "a: b;c: d;  e:f;g: h: i | error converting YAML to JSON: yaml: line 4: mapping values are not allowed in this context",
                "a: b;c: d: e | error converting YAML to JSON: yaml: line 2: mapping values are not allowed in this context",
                "a:;  b: c; d: e | error converting YAML to JSON: yaml: line 2: did not find expected key",
                "a:; - b;- c;d: e | error converting YAML to JSON: yaml: line 2: did not find expected key",
                "a:;\t- b | error converting YAML to JSON: yaml: line 2: found character that cannot start any token",
                "a: @b | error converting YAML to JSON: yaml: found character that cannot start any token",
                "a: [b | error converting YAML to JSON: yaml: line 1: did not find expected ',' or ']'",
                "a: {b: c | error converting YAML to JSON: yaml: line 1: did not find expected ',' or '}'",
                "a: 'b | error converting YAML to JSON: yaml: line 2: found unexpected end of stream",
                "a: \"\\q\" | error converting YAML to JSON: yaml: found unknown escape character",
                "a;b: c | error converting YAML to JSON: yaml: line 2: mapping values are not allowed in this context",
                "a: b;c;d: e | error converting YAML to JSON: yaml: line 3: could not find expected ':'",
                "a: - b | error converting YAML to JSON: yaml: block sequence entries are not allowed in this context",
                "a: *b | error converting YAML to JSON: yaml: unknown anchor 'b' referenced",
                "a: &a [*a] | error converting YAML to JSON: yaml: anchor 'a' value contains itself",
                "a: {{ .x }} | error converting YAML to JSON: yaml: invalid map key: map[interface {}]interface {}{\".x\":interface {}(nil)}",
                "{{ .x }}: a | json: offset 2: invalid character '{' looking for beginning of object key string",
                "? [a] | error converting YAML to JSON: yaml: invalid map key: []interface {}{\"a\"}",
                "~: a | error converting YAML to JSON: unsupported map key of type: %!s(<nil>), key: <nil>, value: \"a\"",
                "a: .inf | error converting YAML to JSON: json: unsupported value: +Inf",
                "a: !!int b | error converting YAML to JSON: yaml: cannot decode !!str `b` as a !!int",
                "a: !!binary '?' | error converting YAML to JSON: yaml: !!binary value contains invalid base64 data",
                "a: {<<: 1} | error converting YAML to JSON: yaml: map merge requires map or sequence of maps as the value",
                "a: 1;--- b | invalid Yaml document separator: b",
                "{\"a\": 1 | unexpected EOF",
                "{\"a\": 1,} | error converting",
                "{\"a\" 1} | json: offset 6: invalid character '1' after object key",
                "{\"a\": [\"1\" 2]} | json: offset 12: invalid character '2' after array element",
                "{\"a\": \"\\x\"} | json: offset 9: invalid character 'x' in string escape code",
                "{\"a\": 1}{\"b\": 2}{] | invalid character ']' looking for beginning of object key string",
            })
    void saysWhatKubectlSays(String text, String message) {
        if (message.equals("error converting")) { // good YAML
            assertTrue(read(text).size() == 1);
            return;
        }
        ParseError e = assertThrows(ParseError.class, () -> read(text.replace(';', '\n') + "\n"));
        assertEquals("error parsing STDIN: " + message, e.getMessage());
    }

    @Test
    void readsEmptyBlocks() {
        assertEquals("{\"a\":{\"k\":\"\"},\"b\":1}", json("a:\n  k: |\nb: 1\n"));
        assertEquals("{\"a\":[\"\"],\"b\":1}", json("a:\n  - >- # nothing\n\nb: 1\n"));
        assertEquals("{\"a\":{\"k\":\"\\n\"},\"b\":1}", json("a:\n  k: |+\n\nb: 1\n"));
        assertEquals("{\"a\":\"\u2028\"}", json("a: \"\\L\"").replace("\\u2028", "\u2028"));
    }

    @Test
    void documentsBeforeABrokenOneAreSeen() {
        Documents documents =
                Documents.open("f.yaml", "a: 1\n---\nb: c: d\n".getBytes(StandardCharsets.UTF_8), Limits.FILES);
        assertEquals(1, documents.next().object().number("a"));
        ParseError e = assertThrows(ParseError.class, documents::next);
        assertEquals(
                "error parsing f.yaml: error converting YAML to JSON: yaml: mapping values are not allowed in this context",
                e.getMessage());
        assertEquals(null, documents.next());
    }

    @Test
    void knowsLinesAndDuplicates() {
        List<Document> documents = read("""
                # top
                a:
                  b: 1
                  c:
                  - x: 1
                    w: 2
                  - z
                  b: 2
                ---
                d:
                  e: |
                    text
                """);
        Document first = documents.get(0);
        assertEquals(List.of("a.b"), first.duplicates());
        assertEquals(2, first.object().number("a.b"));
        assertEquals(6, first.line("a.c[0].w"));
        assertEquals(7, first.line("a.c[1]"));
        assertEquals(7, first.line("a.c[1].missing"));
        Document second = documents.get(1);
        assertEquals(11, second.line("d.e"));
        Document json = read("\n{\n \"a\": {\n  \"b\": [1,\n   2]}, \"a\": {\"b\":[0,\n\n3]}}")
                .get(0);
        assertEquals(List.of("a"), json.duplicates());
        assertEquals(7, json.line("a.b[1]"), "of what stands twice, the last counts");
    }

    @Test
    void refusesWrongBytes() {
        List<String> messages = new ArrayList<>();
        byte[][] inputs = {
            {'a', ':', ' ', (byte) 0xFF},
            {'a', ':', ' ', (byte) 0xC3},
            {'a', ':', ' ', (byte) 0xC3, ' ', ' '},
            {'a', ':', ' ', 0},
            {'a', ':', ' ', 0x7F},
            {'a', ':', ' ', (byte) 0xED, (byte) 0xA0, (byte) 0x80},
            {'a', ':', ' ', (byte) 0xC0, (byte) 0x80},
        };
        for (byte[] input : inputs) {
            ParseError e = assertThrows(ParseError.class, () -> Documents.read("x", input, Limits.FILES));
            messages.add(e.getMessage().substring(e.getMessage().indexOf("yaml: ") + 6));
        }
        assertEquals(
                List.of(
                        "invalid leading UTF-8 octet",
                        "incomplete UTF-8 octet sequence",
                        "invalid trailing UTF-8 octet",
                        "control characters are not allowed",
                        "control characters are not allowed",
                        "invalid Unicode character",
                        "invalid length of a UTF-8 sequence"),
                messages);
    }
}
