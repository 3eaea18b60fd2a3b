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
        ValueType above = typeAt(root, parent);
        FieldType type = parent.isEmpty() ? root : above == null ? null : above.type();
        JsonNode value = Fields.at(manifest.sent.node(), fault.path());
        String meant = type == null ? null : meant(manifest, root, type, fault.path());
        String message = fault.message() + (meant == null ? "" : " (did you mean \"" + shown(parent, meant) + "\"?)");
        boolean moved = meant != null && !Fields.parent(meant).equals(parent);
        if (moved) {
            findings.shared(home(manifest, parent, meant), "unknown-field", manifest, fault.path(), message);
        } else {
            findings.add("unknown-field", manifest, fault.path(), message);
        }
        Fields.put(manifest.sent.node(), fault.path(), null);
        if (meant == null) {
            dropped.add(key(manifest, parent));
            manifest.mended |= manifest.template() != null;
            return;
        }
        Fields.make(manifest.sent.node(), meant, value);
        manifest.renamed.put(fault.path(), Fields.plain(meant));
    }

    /** The path of the field that was probably meant: one of much the same name, or of the same name at another level. */
    private static String meant(Manifest manifest, FieldType root, FieldType type, String path) {
        String parent = Fields.parent(path);
        String name = Fields.last(path);
        JsonNode value = Fields.at(manifest.sent.node(), path);
        String home = new Homes(root, manifest.sent.node()).find(parent, type, name, value);
        if (home != null) {
            return home;
        }
        String near = near(type, name, value, Fields.at(manifest.sent.node(), parent));
        return near == null ? null : parent.isEmpty() ? near : parent + "." + near;
    }

    private static String shown(String parent, String meant) {
        return Fields.parent(meant).equals(parent) ? Fields.plain(Fields.last(meant)) : Fields.plain(meant);
    }

    /** What slipped from one place to another did so by one slip, however many fields it takes along. */
    private static String home(Manifest manifest, String parent, String meant) {
        boolean below = parent.isEmpty() || meant.startsWith(parent + ".");
        String rest = parent.isEmpty() || !below ? meant : meant.substring(parent.length() + 1);
        int dot = rest.indexOf('.');
        return key(manifest, parent) + " " + (below && dot > 0 ? rest.substring(0, dot) : Fields.parent(meant));
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

    static boolean fits(ValueType type, JsonNode value) {
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
    static ValueType typeAt(FieldType root, String path) {
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
            case QUANTITY:
                return Json.NODES.textNode(quantity(text));
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

    /** {@code 100MB} is 100M, {@code 0.5 gb} 0.5G; what cannot be guessed is 1. */
    private static String quantity(String text) {
        int end = 0;
        while (end < text.length() && (Character.isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        String number = text.substring(0, end);
        String unit = lower(text.substring(end).strip());
        if (number.isEmpty() || number.startsWith(".") || number.indexOf('.') != number.lastIndexOf('.')) {
            return "1";
        }
        int scale = unit.isEmpty() ? -1 : "kmgt".indexOf(unit.charAt(0));
        String letter = scale < 0 ? "" : "kMGT".substring(scale, scale + 1);
        boolean binary = scale >= 0 && unit.startsWith("i", 1);
        return number + (binary ? letter.toUpperCase(Locale.ROOT) + "i" : letter);
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
