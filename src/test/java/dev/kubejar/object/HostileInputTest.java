package dev.kubejar.object;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Inputs made to hurt: each is read, or refused with a sentence, soon and within the usual heap. */
class HostileInputTest {
    private static final int MANY = 3_000_000;
    private static final int TEN_MIB = 10 << 20;

    private static Map<String, Supplier<byte[]>> inputs() {
        Map<String, Supplier<String>> texts = new LinkedHashMap<>();
        nesting(texts);
        aliases(texts);
        sizes(texts);
        oddities(texts);
        Map<String, Supplier<byte[]>> all = new LinkedHashMap<>();
        texts.forEach((name, text) -> all.put(name, () -> text.get().getBytes(StandardCharsets.UTF_8)));
        all.put("noise", () -> {
            byte[] noise = new byte[1 << 20];
            new Random(1).nextBytes(noise);
            return noise;
        });
        all.put("zeros", () -> new byte[1 << 20]);
        all.put("UTF-16", () -> "a: b".getBytes(StandardCharsets.UTF_16));
        all.put("cut character", () -> new byte[] {'a', ':', ' ', (byte) 0xE2, (byte) 0x82});
        all.put("surrogate", () -> new byte[] {'a', ':', ' ', (byte) 0xED, (byte) 0xA0, (byte) 0x80});
        all.put("overlong", () -> new byte[] {'a', ':', ' ', (byte) 0xF0, (byte) 0x80, (byte) 0x80, (byte) 0xAF});
        all.put("JSON wrong UTF-8", () -> new byte[] {'{', '"', (byte) 0xFF, '"', ':', '1', '}'});
        return all;
    }

    private static void nesting(Map<String, Supplier<String>> texts) {
        texts.put("3,000 braces", () -> "{a: ".repeat(3_000));
        texts.put("brackets", () -> "[".repeat(MANY));
        texts.put("closed brackets", () -> "[".repeat(50_000) + "]".repeat(50_000));
        texts.put("JSON objects", () -> "{\"a\":".repeat(1_000_000));
        texts.put("JSON lists", () -> "{\"a\":" + "[".repeat(MANY));
        texts.put("dashes", () -> "- ".repeat(500_000) + "a");
        texts.put("question marks", () -> "? ".repeat(500_000));
        texts.put("colons", () -> ": ".repeat(500_000));
        texts.put("indents", () -> indents(4_000));
        texts.put("closed, many", () -> "a: " + "[],".repeat(100));
        texts.put("brackets a line", () -> "[\n".repeat(200_000));
        texts.put("flow keys", () -> "{? ".repeat(200_000));
    }

    private static String indents(int levels) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < levels; i++) {
            out.append(" ".repeat(i)).append("a:\n");
        }
        return out.toString();
    }

    private static void aliases(Map<String, Supplier<String>> texts) {
        texts.put("billion laughs", HostileInputTest::laughs);
        texts.put("quadratic", () -> "a: &a [" + "x,".repeat(20_000) + "x]\nb: [" + "*a,".repeat(20_000) + "*a]");
        texts.put("merge bomb", () -> "a: &a {" + keys(5_000) + "}\nb: [" + "{<<: *a},".repeat(5_000) + "{}]");
        texts.put("itself", () -> "a: &a [*a]");
        texts.put("itself merged", () -> "a: &a {<<: *a}");
        texts.put("cycle", () -> "a: &a {b: &b {c: *a, d: *b}}");
        texts.put("anchors", () -> "a: [" + "&x 1,".repeat(200_000) + "*x]");
        texts.put("unknown", () -> "a: *nobody");
        texts.put("merge of a list", () -> "a: {<<: [1, 2]}");
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

    private static String keys(int count) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < count; i++) {
            out.append(i == 0 ? "" : ",").append('k').append(i).append(": 1");
        }
        return out.toString();
    }

    private static void sizes(Map<String, Supplier<String>> texts) {
        texts.put("plain scalar", () -> "a: " + "x".repeat(TEN_MIB));
        texts.put("words", () -> "a: " + "word ".repeat(TEN_MIB / 5));
        texts.put("quoted scalar", () -> "a: \"" + "x".repeat(TEN_MIB) + "\"");
        texts.put("escapes", () -> "a: \"" + "\\n".repeat(1 << 20) + "\"");
        texts.put("block scalar", () -> "a: |\n" + "  line of text\n".repeat(700_000));
        texts.put("comment", () -> "# " + "x".repeat(TEN_MIB));
        texts.put("long key", () -> "x".repeat(1 << 20) + ": a");
        texts.put("JSON scalar", () -> "{\"a\": \"" + "x".repeat(TEN_MIB) + "\"}");
        texts.put("JSON numbers", () -> "{\"a\": [" + "1,".repeat(900_000) + "1]}");
        texts.put("too many", () -> "{\"a\": [" + "1,".repeat(MANY) + "1]}");
        texts.put("YAML list", () -> "- 1\n".repeat(400_000));
        texts.put("flow list", () -> "[" + "1,".repeat(MANY) + "1]");
        texts.put("documents", () -> "a: 1\n---\n".repeat(20_000));
        texts.put("empty documents", () -> "---\n".repeat(2_000_000));
        texts.put("blank lines", () -> "\n".repeat(TEN_MIB));
        texts.put("blanks", () -> " ".repeat(TEN_MIB));
        texts.put("unclosed quote", () -> "a: '" + "x\n".repeat(1 << 20));
        texts.put("equal keys", () -> "a: 1\n".repeat(100_000));
    }

    private static void oddities(Map<String, Supplier<String>> texts) {
        texts.put("huge number", () -> "a: " + "9".repeat(1 << 20));
        texts.put("huge exponent", () -> "a: 1e999999999");
        texts.put("tiny exponent", () -> "{\"a\": 1e-999999999}");
        texts.put("JSON huge exponent", () -> "{\"a\": 1e999999999}");
        texts.put("JSON huge number", () -> "{\"a\": " + "9".repeat(1 << 20) + "}");
        texts.put("hexadecimal", () -> "a: 0x" + "f".repeat(1 << 20));
        texts.put("NUL", () -> "a: b\0c");
        texts.put("bell", () -> "a: \u0007");
        texts.put("tag", () -> "a: !<" + "x".repeat(1 << 20) + "> b");
        texts.put("directives", () -> "%TAG ! tag:x\n".repeat(10_000));
        texts.put("percent", () -> "%".repeat(1 << 20));
        texts.put("map as key", () -> "? {a: b}\n: c");
        texts.put("tabs", () -> "a:\n\t\t- b");
        texts.put("many blocks", () -> "a: |\nb:\n  c: |\n".repeat(200) + "d: e");
        texts.put("byte order mark", () -> "\uFEFFa: b");
        texts.put("emoji", () -> "a: " + "\uD83D\uDE00".repeat(500_000));
    }

    @TestFactory
    List<DynamicTest> areReadOrRefused() {
        return inputs().entrySet().stream()
                .map(input -> DynamicTest.dynamicTest(
                        input.getKey(), () -> tried(input.getValue().get())))
                .toList();
    }

    private static void tried(byte[] bytes) {
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            try {
                for (Document document : Documents.read("input", bytes, Limits.FILES)) {
                    document.object().copy();
                    document.object().toString().length();
                    Yaml.write(document.root()).length();
                    GoJson.indented(document.root(), "    ").length();
                    GoText.value(document.root()).length();
                }
            } catch (ParseError e) {
                assertFalse(e.getMessage().isEmpty());
            }
        });
    }
}
