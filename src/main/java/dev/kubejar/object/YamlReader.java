package dev.kubejar.object;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.ScannerException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads one YAML document as sigs.k8s.io/yaml turns it into JSON: YAML 1.1's booleans and numbers, merge keys, keys of
 * any scalar type as strings, the last of two equal keys. It works on the parser's events, so that no input can
 * exhaust the stack, and counts what aliases repeat as go-yaml does.
 */
final class YamlReader {
    private static final String TAG = "tag:yaml.org,2002:";
    private static final int MAX_MENDINGS = 50;

    /** A finished anchor: its tree, and how many values it holds with what its own aliases repeated. */
    private record Anchored(JsonNode node, int values) {}

    private final TreeBuilder tree;
    private final Map<String, Anchored> anchors = new HashMap<>(0);
    private final Map<String, TreeBuilder.Frame> open = new HashMap<>(0);
    private int aliased;
    private TreeBuilder.Frame nullKey;

    private YamlReader(Limits limits, Map<String, Integer> lines) {
        this.tree = new TreeBuilder(limits, lines);
    }

    /** A document's tree and the paths of its keys that came twice. */
    record Result(JsonNode root, List<String> duplicates) {}

    /**
     * Reads the first document of a text.
     *
     * @throws ParseError beginning with {@code yaml: } or {@code json: } where Go's does
     */
    static Result read(String text, Limits limits, Map<String, Integer> lines) {
        String current = text;
        for (int left = MAX_MENDINGS; left > 0; left--) {
            try {
                return attempt(current, limits, lines);
            } catch (ScannerException e) {
                current = mended(current, e);
            } catch (YamlEngineException e) {
                throw YamlErrors.of(e);
            }
        }
        throw new ParseError("yaml: too many empty block scalars");
    }

    // What go-yaml reads and the parser does not: \L and \P in quotes, and a block scalar without content before a
    // line that is indented less. The text is put in other words and read again.
    private static String mended(String text, ScannerException e) {
        String problem = e.getProblem();
        if (problem.startsWith("found unknown escape character L(")) {
            return spliced(text, offset(text, e.getProblemMark()), 1, "u2028");
        }
        if (problem.startsWith("found unknown escape character P(")) {
            return spliced(text, offset(text, e.getProblemMark()), 1, "u2029");
        }
        if (!problem.startsWith(" the leading empty lines")) {
            throw YamlErrors.of(e);
        }
        int start = offset(text, e.getContextMark());
        int end = text.indexOf('\n', start);
        String header = text.substring(start, end < 0 ? text.length() : end);
        int blank = e.getProblemMark().orElseThrow().getLine()
                - e.getContextMark().orElseThrow().getLine()
                - 1;
        String content = header.indexOf('+') > 0 ? "\\n".repeat(Math.max(0, blank)) : "";
        return spliced(text, start, header.length(), '"' + content + '"');
    }

    private static int offset(String text, Optional<Mark> mark) {
        return text.offsetByCodePoints(0, mark.orElseThrow().getIndex());
    }

    private static String spliced(String text, int at, int length, String with) {
        return text.substring(0, at) + with + text.substring(at + length);
    }

    private static Result attempt(String text, Limits limits, Map<String, Integer> lines) {
        YamlReader reader = new YamlReader(limits, lines);
        try {
            reader.events(text);
        } catch (ParseError e) {
            boolean limit =
                    e.getMessage().startsWith("exceeded") || e.getMessage().startsWith("document has");
            throw limit ? new ParseError("yaml: " + e.getMessage()) : e;
        }
        JsonNode root = reader.tree.root();
        return new Result(root == null ? Json.NODES.nullNode() : root, reader.tree.duplicates());
    }

    private void events(String text) {
        // One read of the whole: the scanner copies its window at each refill.
        LoadSettings settings = LoadSettings.builder()
                .setBufferSize(Math.max(1_024, text.length() + 1))
                .setCodePointLimit(Integer.MAX_VALUE)
                .build();
        ParserImpl parser = new ParserImpl(settings, new StreamReader(settings, text));
        while (parser.hasNext()) {
            Event event = parser.next();
            switch (event.getEventId()) {
                case Scalar -> scalar((ScalarEvent) event);
                case Alias -> alias((AliasEvent) event);
                case MappingStart -> start((NodeEvent) event, true);
                case SequenceStart -> start((NodeEvent) event, false);
                case MappingEnd, SequenceEnd -> end();
                case DocumentEnd -> {
                    return;
                }
                default -> {
                    // starts of stream and document, its end
                }
            }
        }
    }

    private static int line(Event event) {
        Mark mark = event.getStartMark().orElse(null);
        return mark == null ? 0 : mark.getLine() + 1;
    }

    private void start(NodeEvent event, boolean map) {
        tree.start(map ? Json.object() : Json.array(), line(event));
        Anchor anchor = event.getAnchor().orElse(null); // no lambdas here: the first one costs milliseconds
        if (anchor != null) {
            tree.top().anchor = anchor.getValue();
            anchors.remove(anchor.getValue());
            open.put(anchor.getValue(), tree.top());
        }
    }

    private void end() {
        TreeBuilder.Frame frame = tree.top();
        if (frame.anchor != null) {
            open.remove(frame.anchor, frame);
            anchors.put(frame.anchor, new Anchored(frame.node, tree.values() - frame.valuesBefore));
        }
        if (frame.parent != null && frame.parent.awaitsKey()) {
            throw new ParseError("yaml: invalid map key: " + GoText.syntax(frame.node));
        }
        namedNull(frame.parent, frame.node);
        tree.end();
    }

    private void namedNull(TreeBuilder.Frame parent, JsonNode value) {
        if (nullKey != null && nullKey == parent) {
            String shown = value.isNull() ? "<nil>" : GoText.syntax(value);
            throw new ParseError("unsupported map key of type: %!s(<nil>), key: <nil>, value: " + shown);
        }
    }

    private void alias(AliasEvent event) {
        String name = event.getAlias().getValue();
        Anchored target = anchors.get(name);
        if (open.containsKey(name)) {
            throw new ParseError("yaml: anchor '" + name + "' value contains itself");
        }
        if (target == null) {
            throw new ParseError("yaml: unknown anchor '" + name + "' referenced");
        }
        aliased += target.values();
        tree.count(target.values());
        bounded();
        TreeBuilder.Frame top = tree.top();
        if (top != null && top.awaitsKey()) {
            if (target.node().isContainerNode()) {
                throw new ParseError("yaml: invalid map key: " + GoText.syntax(target.node()));
            }
            tree.key(target.node().asText(), line(event));
            return;
        }
        if (top != null && top.merge && !target.node().isObject()) {
            throw TreeBuilder.mergeFault();
        }
        namedNull(top, target.node());
        tree.attach(target.node().deepCopy());
    }

    // go-yaml's measure against documents that are small only until their aliases are followed.
    private void bounded() {
        int all = tree.values();
        if (aliased <= 100 || all <= 1_000) {
            return;
        }
        double ratio = 0.99;
        if (all > 400_000) {
            ratio = all >= 4_000_000 ? 0.10 : 0.99 - 0.89 * ((all - 400_000) / 3_600_000.0);
        }
        if ((double) aliased / all > ratio) {
            throw new ParseError("yaml: document contains excessive aliasing");
        }
    }

    private void scalar(ScalarEvent event) {
        TreeBuilder.Frame top = tree.top();
        boolean plain = event.isPlain() && event.getImplicit().canOmitTagInPlainScalar();
        String tag = event.getTag().orElse("");
        if (top != null && top.awaitsKey()) {
            if (event.getValue().equals("<<") && (tag.isEmpty() ? plain : tag.equals(TAG + "merge"))) {
                top.merge = true;
                return;
            }
            key(event, tag, plain);
            return;
        }
        JsonNode node = value(event, tag, plain);
        anchored(event, node);
        namedNull(top, node);
        tree.scalar(node, line(event));
    }

    private void anchored(ScalarEvent event, JsonNode node) {
        if (event.getAnchor().isPresent()) {
            anchors.put(event.getAnchor().get().getValue(), new Anchored(node, 1));
        }
    }

    private void key(ScalarEvent event, String tag, boolean plain) {
        YamlScalars.Resolved resolved = resolve(event, tag, plain);
        String key =
                switch (resolved.tag()) {
                    case STR, TIMESTAMP, BOOL -> resolved.node().asText();
                    case INT -> GoNumber.text(resolved.node());
                    case FLOAT -> infinite(GoNumber.shortest((float) resolved.number()));
                    case NULL -> {
                        nullKey = tree.top();
                        yield "";
                    }
                };
        anchored(event, Json.NODES.textNode(key));
        tree.key(key, line(event));
    }

    private static String infinite(String text) {
        return switch (text) {
            case "+Inf" -> ".inf";
            case "-Inf" -> "-.inf";
            case "NaN" -> ".nan";
            default -> text;
        };
    }

    private static JsonNode value(ScalarEvent event, String tag, boolean plain) {
        YamlScalars.Resolved resolved = resolve(event, tag, plain);
        if (resolved.node() == null) {
            throw new ParseError("json: unsupported value: " + GoNumber.shortest(resolved.number()));
        }
        return resolved.node();
    }

    private static YamlScalars.Resolved resolve(ScalarEvent event, String tag, boolean plain) {
        String text = event.getValue();
        if (tag.isEmpty() || tag.equals("!")) {
            return plain && tag.isEmpty() ? YamlScalars.resolve(text) : string(text);
        }
        if (!tag.startsWith(TAG)) {
            return string(text);
        }
        String type = tag.substring(TAG.length());
        return switch (type) {
            case "bool", "int", "float", "null", "timestamp" -> tagged(text, type);
            case "binary" -> string(binary(text));
            default -> string(text);
        };
    }

    private static YamlScalars.Resolved string(String text) {
        return new YamlScalars.Resolved(YamlScalars.Tag.STR, Json.NODES.textNode(text), 0);
    }

    private static YamlScalars.Resolved tagged(String text, String type) {
        YamlScalars.Resolved resolved = YamlScalars.resolve(text);
        String found = resolved.tag().name().toLowerCase(Locale.ROOT);
        if (found.equals(type)) {
            return resolved;
        }
        if (type.equals("float") && resolved.tag() == YamlScalars.Tag.INT) {
            return new YamlScalars.Resolved(YamlScalars.Tag.FLOAT, resolved.node(), resolved.number());
        }
        throw new ParseError("yaml: cannot decode !!" + found + " `" + text + "` as a !!" + type);
    }

    private static String binary(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text.replace("\n", "").replace("\r", ""));
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ParseError("yaml: !!binary value contains invalid base64 data");
        }
    }
}
