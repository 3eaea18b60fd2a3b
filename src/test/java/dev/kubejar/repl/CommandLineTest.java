package dev.kubejar.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Command lines are taken apart as sh does. */
final class CommandLineTest {
    private static List<Step> steps(String text) {
        Lines lines = Lines.of(text);
        return CommandLine.read(lines.next(), lines, Map.of("HOME", "/home/me", "NAME", "a b"), words -> words);
    }

    private static List<String> words(String text) {
        return steps(text).get(0).stages().get(0).words();
    }

    @Test
    void quotes() {
        assertEquals(
                List.of("get", "-o", "jsonpath={.items[*].metadata.name}"),
                words("get -o 'jsonpath={.items[*].metadata.name}'"));
        assertEquals(List.of("a b", "$NAME", "a b", "x\"y", ""), words("\"$NAME\" '$NAME' ${NAME} \"x\\\"y\" ''"));
        assertEquals(List.of("a b", "c#d"), words("a\\ b c#d # and a remark"));
        assertEquals(List.of("/home/me/x", "a~"), words("~/x a~"));
        assertEquals(List.of("$5", "{\"a\":1}"), words("'$5' '{\"a\":1}'"));
    }

    @Test
    void stepsAndStages() {
        List<Step> steps = steps("get pods | grep 'a|b' | sort; get ns && echo done || echo not");
        assertEquals(4, steps.size());
        assertEquals("grep 'a|b'", steps.get(0).stages().get(1).raw());
        assertEquals(
                List.of("", "", "&&", "||"), steps.stream().map(Step::after).toList());
    }

    @Test
    void redirections() {
        List<Redirect> redirects =
                steps("get pods >out 2>&1 >> more < in").get(0).stages().get(0).redirects();
        assertEquals(
                List.of(
                        new Redirect(1, Redirect.Kind.WRITE, "out"),
                        new Redirect(2, Redirect.Kind.JOIN, "1"),
                        new Redirect(1, Redirect.Kind.APPEND, "more"),
                        new Redirect(0, Redirect.Kind.READ, "in")),
                redirects);
        assertEquals(List.of("get", "2"), words("get 2"));
    }

    @Test
    void documents() {
        Stage stage =
                steps("apply -f - <<EOF\nname: $NAME\n---\nEOF").get(0).stages().get(0);
        assertEquals("name: a b\n---\n", stage.redirects().get(0).target());
        stage = steps("apply -f - <<'EOF'\nname: $NAME\nEOF").get(0).stages().get(0);
        assertEquals("name: $NAME\n", stage.redirects().get(0).target());
    }

    @Test
    void whatGoesOn() {
        for (String open : List.of("get 'a", "get \"a", "get |", "get &&", "get \\", "apply -f - <<EOF\na: b")) {
            assertThrows(Incomplete.class, () -> steps(open), open);
        }
        assertEquals(List.of("get", "pods"), words("get \\\npods"));
        assertEquals(List.of("patch", "a\nb"), words("patch 'a\nb'"));
        assertEquals(2, steps("get pods |\n  sort").get(0).stages().size());
        assertThrows(IllegalArgumentException.class, () -> steps("| sort"));
        assertThrows(IllegalArgumentException.class, () -> steps("get pods &"));
        assertThrows(IllegalArgumentException.class, () -> steps("get pods >"));
    }
}
