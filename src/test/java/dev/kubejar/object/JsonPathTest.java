package dev.kubejar.object;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPathTest {
    private static final JsonNode SERVICE = Yaml.read("""
            kind: Service
            metadata:
              name: terminus
              namespace: default
              annotations: {example.com/owner: treasury}
            spec:
              selector: {line: "17"}
              ratio: 1.5
              flag: true
              nothing: null
              ports:
              - {name: web, port: 80, targetPort: 8080, appProtocol: http, protocol: TCP}
              - {name: grpc, port: 9090, targetPort: rpc, protocol: TCP}
              - {name: dns, port: 53, protocol: UDP, targetPort: 53}
              - {name: debug, port: 9229, appProtocol: example.com/raw, protocol: TCP}
            items:
            - {id: a, l: [1, 2]}
            - {id: b, l: []}
            - {id: c}
            """);

    private static String text(String template) {
        return JsonPath.parse(template).allowMissingKeys(true).text(SERVICE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "name={.metadata.name}, {\"x\\ty\"}{.kind} | name=terminus, x\tyService",
                "{.spec.ports[*].port} | 80 9090 53 9229",
                ".metadata.name | .metadata.name",
                "{.spec.ports[?(@.name==\"grpc\")].targetPort} {.spec.ports[?(@.protocol!=\"TCP\")].name} | rpc dns",
                "{range .spec.ports[?(@.port>=9090)]}{.name}={.port};{end} | grpc=9090;debug=9229;",
                "{.spec.ports[?(@.appProtocol)].name}{.spec.ports[?(@.name==\"ftp\")].port} | web debug",
                "{.spec.ports[0:2].name}/{.spec.ports[2:].name}/{.spec.ports[::2].name}/{.spec.ports[-1].name} | web grpc/dns debug/web dns/debug",
                "{.spec.ports[-3:-1].name} | grpc dns",
                "{.spec.ports[0,3].name} {.metadata['name','namespace']} | web debug terminus default",
                "{..ports[*].name} | web grpc dns debug",
                "{.spec.selector} {.spec.ports[0]} | {\"line\":\"17\"} {\"appProtocol\":\"http\",\"name\":\"web\",\"port\":80,\"protocol\":\"TCP\",\"targetPort\":8080}",
                "{.metadata.annotations.example\\.com/owner} | treasury",
                "{.metadata.annotations['example\\.com/owner']} | treasury",
                "[{.spec.externalName}] [{.spec.ports[0].nodePort}] | [] []",
                "{.spec.ratio} {.spec.flag} {.spec.nothing} | 1.5 true null",
                "{range .items[*]}{.id}:{range .l[*]}{@},{end};{end} | a:1,2,;b:;c:;",
                "{range .none[*]}x{.y}{end}z | z",
                "{@.kind}{$.kind} | ServiceService",
                "{range .items[?(@.id=='a')]}{.l[1]}{end} | 2",
                "{.items[].id} | a",
                "{1}{true}{'q'} | 1trueq",
            })
    void findsAndPrints(String template, String expected) {
        assertEquals(expected, text(template));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{.metadata.name | unclosed action",
                "{.spec.ports[first].name} | invalid array index first",
                "{.spec.ports[?(@.port==80].name} | unterminated filter",
                "{.spec.ports[?(@.port==80)} | unclosed array expect ]",
                "{.spec.ports[1 | unterminated array",
                "{.a....b} | invalid multiple recursive descent",
                "{\"a} | unterminated quoted string",
                "{\"\\q\"} | unquote string \"\\q\" error invalid syntax",
                "{!} | unrecognized character in action: U+0021 '!'",
                "{.spec.ports[9].name} | array index out of bounds: index 9, length 4",
                "{.spec.ports[3:1].name} | starting index 3 is greater than ending index 1",
                "{.spec.ports[0:1:-1].name} | step must be > 0",
                "{.spec.ports[-].name} | array index - is not a number",
                "{.kind}{end} | not in range, nothing to end",
                "{upper .kind} | unrecognized identifier upper",
                "{.spec.selector[?(@.line==\"17\")]} | map[line:17] is not array or slice and cannot be filtered",
                "{.spec.ports[?(@.port==\"80\")].name} | incompatible types for comparison",
                "{.spec.ports[?(@.port=~80)].name} | unrecognized character in action: U+007E '~'",
                "{.spec.ports[?(@.port=80)].name} | unrecognized filter operator =",
                "{.kind[0]} | string is not array or slice",
                "{.missing} | missing is not found",
            })
    void saysWhatIsWrong(String template, String message) {
        ParseError e =
                assertThrows(ParseError.class, () -> JsonPath.parse(template).text(SERVICE));
        assertEquals(message, e.getMessage());
    }

    @Test
    void printsJson() {
        String template = "{.spec.ports[?(@.protocol==\"TCP\")].name}";
        assertEquals(
                "[\n    \"web\",\n    \"grpc\",\n    \"debug\"\n]\n",
                JsonPath.parse(template).json(SERVICE));
    }

    @Test
    void relaxes() {
        for (String each : new String[] {"a.b", ".a.b", "{a.b}", "{.a.b}"}) {
            assertEquals("{.a.b}", JsonPath.relaxed(each));
        }
        assertEquals("", JsonPath.relaxed(""));
        for (String each : new String[] {".a}", "{.a", "{}", "a{b}"}) {
            assertTrue(assertThrows(ParseError.class, () -> JsonPath.relaxed(each))
                    .getMessage()
                    .startsWith("unexpected path string"));
        }
    }

    @Test
    void neverFailsButByParseError() {
        long seed = 5;
        Random random = new Random(seed);
        String[] pieces = {
            "{",
            "}",
            ".",
            "..",
            "[",
            "]",
            "[?(",
            ")]",
            "*",
            "@",
            "$",
            "'",
            "\"",
            "a",
            "spec",
            "ports",
            "items",
            "range ",
            "end",
            "0",
            "-1",
            ":",
            ",",
            "==",
            "<",
            " ",
            "\\",
            "\n",
            "name",
            "true",
            "{range .items[*]}",
            "{end}",
            "1.5"
        };
        for (int i = 0; i < 30_000; i++) {
            StringBuilder template = new StringBuilder();
            for (int n = random.nextInt(10); n > 0; n--) {
                template.append(pieces[random.nextInt(pieces.length)]);
            }
            try {
                text(template.toString());
            } catch (ParseError expected) {
                // fine
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + template, e);
            }
        }
    }
}
