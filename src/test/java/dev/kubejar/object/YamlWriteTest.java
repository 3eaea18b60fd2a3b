package dev.kubejar.object;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlWriteTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "\"a\" | a",
                "\"\" | \"\"",
                "\"yes\" | \"yes\"",
                "\"y\" | \"y\"",
                "\"on\" | \"on\"",
                "\"null\" | \"null\"",
                "\"~\" | \"~\"",
                "\"1\" | \"1\"",
                "\"1e3\" | \"1e3\"",
                "\"0x1F\" | \"0x1F\"",
                "\"0o17\" | \"0o17\"",
                "\"08\" | \"08\"",
                "\"1_000\" | \"1_000\"",
                "\"12:30\" | \"12:30\"",
                "\"12:30:45.5\" | \"12:30:45.5\"",
                "\"12:75\" | 12:75",
                "\"1.2.3\" | 1.2.3",
                "\"1.5\" | \"1.5\"",
                "\".5\" | \".5\"",
                "\".inf\" | \".inf\"",
                "\"1e999\" | 1e999",
                "\"2026-01-01\" | \"2026-01-01\"",
                "\"2026-01-01T00:00:00Z\" | \"2026-01-01T00:00:00Z\"",
                "\"2026-13-01\" | 2026-13-01",
                "\"-\" | ^'-'^",
                "\"- a\" | ^'- a'^",
                "\"-a\" | -a",
                "\"=\" | =",
                "\"a: b\" | ^'a: b'^",
                "\"a:b\" | a:b",
                "\"a:\" | ^'a:'^",
                "\"a #b\" | ^'a #b'^",
                "\"a#b\" | a#b",
                "\"#b\" | ^'#b'^",
                "\"*\" | ^'*'^",
                "\"it's\" | it's",
                "\"'a'\" | ^'''a'''^",
                "\" a\" | ^' a'^",
                "\"a \" | ^'a '^",
                "\"a\\tb\" | \"a\\tb\"",
                "\"{a\" | ^'{a'^",
                "\"a{b\" | a{b",
                "\"%a\" | ^'%a'^",
                "\"---\" | ^'---'^",
                "\"\\u00e9\" | \u00e9",
                "\"\\ud83d\\ude00\" | \"\\U0001F600\"",
                "\"\\u0007\\u001b\\u0085\\u00a0x\\u007f\" | \"\\a\\e\\N\u00a0x\\x7F\"",
                "true | true",
                "null | null",
                "1.5 | 1.5",
                "1234567.5 | 1.2345675e+06",
                "100000000000 | 100000000000",
                "{} | {}",
                "[] | []",
            })
    void writesScalars(String json, String yaml) {
        assertEquals("k: " + yaml + "\n", Yaml.write(GoJson.read("{\"k\":" + json + "}")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '%',
            value = {
                "a\\nb % |-;  a;  b;",
                "a\\nb\\n % |;  a;  b;",
                "a\\n\\n % |+;  a;;",
                "\\na % |2-;;  a;",
                "\\u0020a\\nb % |2-;   a;  b;",
                "a\\n\\nb % |-;  a;;  b;",
                "a \\nb % \"a \\nb\";",
                "a\\nb\\u0020 % \"a\\nb \";",
            })
    void writesBlocks(String json, String yaml) {
        String expected = "k: " + yaml.replace(';', '\n');
        assertEquals(expected, Yaml.write(GoJson.read("{\"k\":\"" + json + "\"}")));
    }

    @Test
    void laysOutMapsAndLists() {
        JsonNode tree = GoJson.read(
                "{\"b\":[{\"x\":1,\"y\":[1,[2,3],{}]},\"s\"],\"a\":{\"c\":{\"d\":null}},\"z\":[[{\"q\":1}]],"
                        + "\"l\":[\"a\\nb\\n\"]}");
        assertEquals("""
                a:
                  c:
                    d: null
                b:
                - x: 1
                  "y":
                  - 1
                  - - 2
                    - 3
                  - {}
                - s
                l:
                - |
                  a
                  b
                z:
                - - q: 1
                """, Yaml.write(tree));
    }

    @Test
    void ordersKeysAsGoYaml() {
        JsonNode tree = GoJson.read("{\"b\":1,\"a10\":1,\"a2\":1,\"B\":1,\"_a\":1,\"1\":1,\"a-b\":1,\"a\":1,\"ab\":1}");
        assertEquals("_a: 1\n\"1\": 1\nB: 1\na: 1\na-b: 1\na2: 1\na10: 1\nab: 1\nb: 1\n", Yaml.write(tree));
    }

    @Test
    void whatIsWrittenReadsBackEqual() {
        long seed = 23;
        Random random = new Random(seed);
        for (int i = 0; i < 4_000; i++) {
            JsonNode tree = value(random, 0);
            String text = Yaml.write(tree);
            assertEquals(tree, assertDoesNotThrow(() -> Yaml.read(text), text), () -> "seed " + seed + "\n" + text);
            assertEquals(tree, GoJson.read(GoJson.indented(tree, "    ")), "seed " + seed);
        }
    }

    private static final String[] PIECES = {
        "a", "b", " ", "\n", "\t", ":", "#", "-", "'", "\"", "\\", "\u00e9", "\ud83d\ude00", "1", "0", ".", "e", "y",
        "no", "{", "[", ",", "&", "*", "!", "|", ">", "%", "@", "`", "?", "\u0001", "\r", "\u0085", "\u2028", "\u00a0",
        "\ufeff", "~", "null", "---", "...", "=", "<<", "\u007f", "/", "x"
    };

    private static String text(Random random) {
        StringBuilder out = new StringBuilder();
        for (int n = random.nextInt(6); n > 0; n--) {
            out.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return out.toString();
    }

    private static JsonNode value(Random random, int depth) {
        switch (random.nextInt(depth > 3 ? 5 : 8)) {
            case 0:
                return GoNumber.node(random.nextInt(1000) - 500L);
            case 1:
                return GoNumber.node(random.nextGaussian() * Math.pow(10, random.nextInt(30) - 10));
            case 2:
                return random.nextBoolean() ? Json.NODES.nullNode() : Json.NODES.booleanNode(random.nextBoolean());
            case 5:
                ArrayNode list = Json.array();
                for (int n = random.nextInt(4); n > 0; n--) {
                    list.add(value(random, depth + 1));
                }
                return list;
            case 6, 7:
                ObjectNode map = Json.object();
                for (int n = random.nextInt(4); n > 0; n--) {
                    map.set(text(random), value(random, depth + 1));
                }
                return map;
            default:
                return Json.NODES.textNode(text(random));
        }
    }
}
