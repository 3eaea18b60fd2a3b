package dev.kubejar.cli.own.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.Json;
import dev.kubejar.schema.Field;
import dev.kubejar.schema.FieldSchema;
import dev.kubejar.schema.FieldType;
import dev.kubejar.schema.StrictDecoder;
import dev.kubejar.schema.ValueKind;
import dev.kubejar.schema.ValueType;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Finds unknown fields, fields that stand twice and values of a wrong type, all of them with their places, and puts them
 * right in what is sent: so neither hides the next mistake, nor does it bring forth others.
 */
final class Decoding {
    private static final int MOST_ROUNDS = 10;

    private final Findings findings;
    /** Maps from which an unknown field was dropped: what is missing there is what it was meant to be. */
    final Set<String> dropped = new HashSet<>();

    Decoding(Findings findings) {
        this.findings = findings;
    }

    void check(Manifest manifest) {
        FieldType type = FieldSchema.forKind(manifest.written.apiVersion(), manifest.kind());
        if (type == null) {
            return;
        }
        Set<String> told = new HashSet<>();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            List<StrictDecoder.Fault> faults = StrictDecoder.decode(
                            manifest.sent.node(), type, round == 0 ? duplicates(manifest) : List.of())
                    .faults();
            boolean mended = false;
            for (StrictDecoder.Fault fault : faults) {
                if (told.add(fault.path() + fault.message())) {
                    mended |= one(manifest, type, fault);
                }
            }
            if (!mended) {
                return;
            }
        }
    }

    private static List<String> duplicates(Manifest manifest) {
        String prefix = manifest.prefix.isEmpty() ? "" : manifest.prefix + ".";
        return manifest.document.duplicates().stream()
                .filter(path -> path.startsWith(prefix))
                .map(path -> path.substring(prefix.length()))
                .toList();
    }

    private boolean one(Manifest manifest, FieldType root, StrictDecoder.Fault fault) {
        if (fault.what().equals("duplicate field")) {
            findings.add("duplicate-field", manifest, fault.path(), fault.message());
            return false;
        }
        if (fault.what().isEmpty()) {
            JsonNode found = Fields.at(manifest.sent.node(), fault.path());
            findings.add("wrong-type", manifest, fault.path(), fault.path() + ": " + plain(fault.message()));
            Fields.put(manifest.sent.node(), fault.path(), coerced(found, typeAt(root, fault.path())));
            manifest.mended |= manifest.template() != null;
            return true;
        }
        unknown(manifest, root, fault);
        return true;
    }

    private void unknown(Manifest manifest, FieldType root, StrictDecoder.Fault fault) {
        String parent = Fields.parent(fault.path());
        String name = Fields.last(fault.path());
        ValueType above = typeAt(root, parent);
        FieldType type = parent.isEmpty() ? root : above == null ? null : above.type();
        JsonNode value = Fields.at(manifest.sent.node(), fault.path());
        JsonNode siblings = Fields.at(manifest.sent.node(), parent);
        String meant = type == null ? null : near(type, name, value, siblings);
        findings.add(
                "unknown-field",
                manifest,
                fault.path(),
                fault.message() + (meant == null ? "" : " (did you mean \"" + meant + "\"?)"));
        Fields.put(manifest.sent.node(), fault.path(), null);
        if (meant == null) {
            dropped.add(key(manifest, parent));
            manifest.mended |= manifest.template() != null;
            return;
        }
        String path = parent.isEmpty() ? meant : parent + "." + meant;
        Fields.put(manifest.sent.node(), path, value);
        manifest.renamed.put(fault.path(), path);
    }

    static String key(Manifest manifest, String parent) {
        return manifest.place("") + " " + manifest.title() + " " + parent;
    }

    /** The field that the writer may have meant: little else in its name, not there yet, and of a fitting shape. */
    private static String near(FieldType type, String name, JsonNode value, JsonNode siblings) {
        String best = null;
        int least = name.length() < 4 ? 2 : name.length() < 8 ? 3 : 4;
        for (Field field : type.fields()) {
            int distance = field.name().equalsIgnoreCase(name) ? 0 : distance(lower(name), lower(field.name()));
            if (distance < least && !siblings.has(field.name()) && fits(field.value(), value)) {
                least = distance;
                best = field.name();
            }
        }
        return best;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static boolean fits(ValueType type, JsonNode value) {
        return switch (type.kind()) {
            case OBJECT, MAP -> value.isObject() || value.isNull();
            case ARRAY -> value.isArray() || value.isNull();
            case ANY, RAW -> true;
            default -> value.isValueNode();
        };
    }

    /** Levenshtein's distance. */
    static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(previous[j], row[j - 1]) + 1);
            }
            previous = row;
        }
        return previous[b.length()];
    }

    /** The type of the value at a path, or null. */
    private static ValueType typeAt(FieldType root, String path) {
        FieldType type = root;
        ValueType value = null;
        for (String part : path.replace("[", ".[").split("\\.")) {
            if (value != null && (value.kind() == ValueKind.ARRAY || value.kind() == ValueKind.MAP)) {
                value = value.element();
            } else {
                Field field = type == null ? null : type.field(part);
                value = field == null ? null : field.value();
            }
            if (value == null) {
                return null;
            }
            type = value.type();
        }
        return value;
    }

    /** The value that was probably meant: a number in quotes, a bare word that should be text; null where none is near. */
    private static JsonNode coerced(JsonNode value, ValueType type) {
        if (type == null || !value.isValueNode()) {
            return null;
        }
        String text = value.asText().strip();
        switch (type.kind()) {
            case BYTES:
                return Json.NODES.textNode("");
            case STRING:
                return value.isTextual() ? null : Json.NODES.textNode(text);
            case INT32, INT64:
                return text.matches("-?\\d{1,9}") ? Json.NODES.numberNode(Integer.parseInt(text)) : null;
            case BOOLEAN:
                return switch (lower(text)) {
                    case "true", "yes", "on" -> Json.NODES.booleanNode(true);
                    case "false", "no", "off" -> Json.NODES.booleanNode(false);
                    default -> null;
                };
            default:
                return null;
        }
    }

    /** Go's words for a wrong type in fewer: {@code expected int32, got string}. */
    private static String plain(String message) {
        String head = "json: cannot unmarshal ";
        int into = message.indexOf(" into Go struct field ");
        int of = message.lastIndexOf(" of type ");
        if (!message.startsWith(head) || into < 0 || of < into) {
            return message;
        }
        return "cannot unmarshal " + message.substring(head.length(), into) + " into a field of type "
                + message.substring(of + 9);
    }
}
