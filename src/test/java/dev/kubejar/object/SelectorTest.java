package dev.kubejar.object;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectorTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "a=b | a=b",
                "a==b | a==b",
                "b=c , a != d | a!=d,b=c",
                "x in (b,a) | x in (a,b)",
                "x in (a,,b) | x in (,a,b)",
                "x in (,) | x in ()",
                "x in () | x in ()",
                "x notin (in,notin) | x notin (in,notin)",
                "x | x",
                "!x,y | !x,y",
                "a= | a=",
                "a=,b | a=,b",
                "x>1,y<2 | x>1,y<2",
                "in | in",
                "a.b/c=d | a.b/c=d",
            })
    void writesTheCanonicalForm(String text, String canonical) {
        assertEquals(canonical, LabelSelector.parse(text).toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "a=b=c | found '=', expected: ',' or 'end of string'",
                "a b | unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt",
                "a in b | unable to parse requirement: found 'b' expected: '('",
                "a in (b | unable to parse requirement: found '', expected: ',' or ')'",
                "a in (b c) | unable to parse requirement: found 'c', expected: ',' or ')'",
                "a in (=) | unable to parse requirement: found '=', expected: ',', ')' or identifier",
                "a in (,=) | unable to parse requirement: found '=', expected: ',', or identifier",
                "a, | found '', expected: identifier after ','",
                "=a | found '=', expected: !, identifier, or 'end of string'",
                "! | unable to parse requirement: found '', expected: identifier",
                "!a=b | found '=', expected: ',' or 'end of string'",
                "a=! | unable to parse requirement: found '!', expected: identifier",
                "a>b | unable to parse requirement: values[0]: Invalid value: \"b\": for 'Gt', 'Lt' operators, the value"
                        + " must be an integer",
                "-a | unable to parse requirement: <nil>: Invalid value: \"-a\": name part must consist of alphanumeric"
                        + " characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g."
                        + " 'MyName',  or 'my.name',  or '123-abc', regex used for validation is"
                        + " '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
                "a=-b | unable to parse requirement: values[0][a]: Invalid value: \"-b\": a valid label must be an empty"
                        + " string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with"
                        + " an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for"
                        + " validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
            })
    void saysWhereItStumbles(String text, String message) {
        assertEquals(
                message,
                assertThrows(ParseError.class, () -> LabelSelector.parse(text)).getMessage());
    }

    @Test
    void matchesLabels() {
        Map<String, String> labels = Map.of("app", "web", "tier", "5");
        String[] yes = {
            "", "app", "app=web", "app in (web,db)", "app!=db", "x!=y", "!x", "x notin (a)", "tier>4", "tier<6"
        };
        String[] no = {"x", "app=db", "app in (a,b)", "app!=web", "!app", "app notin (web)", "tier>5", "app>1"};
        for (String each : yes) {
            assertTrue(LabelSelector.parse(each).matches(labels), each);
        }
        for (String each : no) {
            assertFalse(LabelSelector.parse(each).matches(labels), each);
        }
    }

    @Test
    void readsTheObjectForm() {
        Obj object = Obj.parse(
                "{\"s\":{\"matchLabels\":{\"b\":\"1\"},\"matchExpressions\":[{\"key\":\"a\",\"operator\":\"NotIn\","
                        + "\"values\":[\"y\",\"x\"]},{\"key\":\"c\",\"operator\":\"Exists\"}]},\"e\":{}}");
        LabelSelector selector = LabelSelector.of(object, "s");
        assertEquals("a notin (x,y),b=1,c", selector.toString());
        assertEquals(Optional.of("1"), selector.exactMatch("b"));
        assertTrue(LabelSelector.of(object, "e").matches(Map.of()));
        assertFalse(LabelSelector.of(object, "missing").matches(Map.of()));
        assertEquals("<none>", LabelSelector.format(object.at("missing")));
        assertEquals(
                "{\"matchLabels\":{\"b\":\"1\"},\"matchExpressions\":[{\"key\":\"a\",\"operator\":\"NotIn\","
                        + "\"values\":[\"x\",\"y\"]},{\"key\":\"c\",\"operator\":\"Exists\"}]}",
                selector.toNode().toString());
        Obj wrong = Obj.parse("{\"s\":{\"matchExpressions\":[{\"key\":\"a\",\"operator\":\"in\"}]}}");
        assertEquals("<error>", LabelSelector.format(wrong.at("s")));
    }

    @Test
    void fieldSelectors() {
        FieldSelector selector = FieldSelector.parse("status.phase!=Running,metadata.name==a\\,b\\=c\\\\");
        assertEquals("metadata.name=a\\,b\\=c\\\\,status.phase!=Running", selector.toString());
        assertEquals(Optional.of("a,b=c\\"), selector.exactMatch("metadata.name"));
        assertTrue(selector.matches(field -> field.equals("metadata.name") ? "a,b=c\\" : "Failed"));
        assertFalse(selector.matches(field -> "Running"));
        assertTrue(FieldSelector.parse(",").isEmpty());
        refused("a", "invalid selector: 'a'; can't understand 'a'");
        refused("a=b,c", "invalid selector: 'a=b,c'; can't understand 'c'");
        refused("a=b=c", "invalid field selector: unescaped character in value: 61");
        refused("a=\\x", "invalid field selector: invalid escape sequence: \\x");
        refused("a=\\", "invalid field selector: invalid escape sequence: \\");
    }

    private static void refused(String text, String message) {
        assertEquals(
                message,
                assertThrows(ParseError.class, () -> FieldSelector.parse(text)).getMessage());
    }

    @Test
    void neverFailsButByParseError() {
        long seed = 11;
        Random random = new Random(seed);
        String alphabet = "ab=!(),<> in\\\u00e9\u0000/.-";
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(12); n > 0; n--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                LabelSelector read = LabelSelector.parse(text.toString());
                assertEquals(read, LabelSelector.parse(read.toString()), "seed " + seed + " " + text);
            } catch (ParseError expected) {
                assertFalse(expected.getMessage().isEmpty());
            }
            try {
                FieldSelector read = FieldSelector.parse(text.toString());
                assertEquals(read, FieldSelector.parse(read.toString()), "seed " + seed + " " + text);
            } catch (ParseError expected) {
                assertFalse(expected.getMessage().isEmpty());
            }
        }
    }
}
