package dev.kubejar.cli.explain;

import dev.kubejar.schema.Field;
import dev.kubejar.schema.FieldType;
import dev.kubejar.schema.ValueKind;
import dev.kubejar.schema.ValueType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The older layout of explanations: {@code -o plaintext-openapiv2}. */
final class OldPlainText {
    private static final int WIDTH = 80;
    private static final Pattern BULLET = Pattern.compile("^(\\d+\\.?|-|\\*)\\s.*", Pattern.DOTALL);

    private final StringBuilder out = new StringBuilder();

    private OldPlainText() {}

    static String of(Explained explained, boolean recursive) {
        OldPlainText text = new OldPlainText();
        text.write(explained, recursive);
        return text.out.toString();
    }

    private void write(Explained explained, boolean recursive) {
        line(0, "KIND:     " + explained.resource().kind());
        line(0, "VERSION:  " + explained.resource().groupVersion() + "\n");
        FieldType fields = explained.fields();
        if (explained.field() != null) {
            String heading = fields == null ? "FIELD:    " : "RESOURCE: ";
            line(
                    0,
                    heading + explained.fieldName() + " <"
                            + type(explained.field().value()) + ">\n");
        }
        description(explained);
        if (fields != null) {
            line(0, "\nFIELDS:");
            fields(fields, 3, recursive, new HashSet<>());
        }
    }

    private void description(Explained explained) {
        line(0, "DESCRIPTION:");
        List<String> all = explained.descriptions();
        for (int i = 0; i < all.size(); i++) {
            if (i > 0) {
                line(0, "");
            }
            wrapped(5, all.get(i));
        }
        if (all.isEmpty()) {
            wrapped(5, "<empty>");
        }
    }

    private void fields(FieldType type, int indent, boolean recursive, Set<String> above) {
        if (!type.name().isEmpty() && !above.add(type.name())) {
            return;
        }
        for (Field field : type.fields()) {
            boolean required = field.required() && !recursive;
            line(indent, field.name() + "\t<" + type(field.value()) + ">" + (required ? " -required-" : ""));
            if (!recursive) {
                wrapped(indent + 2, field.description());
                line(0, "");
                continue;
            }
            FieldType below = Explained.structure(field.value());
            if (below != null) {
                fields(below, indent + 3, true, above);
            }
        }
        above.remove(type.name());
    }

    private static String type(ValueType value) {
        if (value.kind() == ValueKind.ARRAY) {
            return "[]" + type(value.element());
        }
        if (value.kind() == ValueKind.MAP) {
            return "map[string]" + type(value.element());
        }
        return switch (value.kind()) {
            case INT32, INT64 -> "integer";
            case NUMBER -> "number";
            case BOOLEAN -> "boolean";
            case OBJECT, RAW, ANY -> "Object";
            default -> "string";
        };
    }

    private void line(int indent, String text) {
        out.append(text.isEmpty() ? "" : " ".repeat(indent)).append(text).append('\n');
    }

    private void wrapped(int indent, String text) {
        lines(text, WIDTH - indent).forEach(each -> line(indent, each));
    }

    private static List<String> lines(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        String last = "";
        for (String source : text.split("\n", -1)) {
            boolean code = source.startsWith("    ");
            boolean empty = !lines.isEmpty() && source.isBlank();
            boolean fresh = last.endsWith(":")
                    || source.isBlank()
                    || BULLET.matcher(source.strip()).matches();
            if (code || empty || fresh) {
                last = flush(line, lines, last);
            }
            if (code || empty) {
                lines.add(code ? source : "");
                continue;
            }
            for (String word : source.strip().split("\\s+")) {
                if (word.isEmpty()) {
                    continue;
                }
                if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                    flush(line, lines, last);
                }
                line.append(line.length() == 0 ? "" : " ").append(word);
                last = word;
            }
        }
        flush(line, lines, last);
        return lines;
    }

    private static String flush(StringBuilder line, List<String> lines, String last) {
        if (line.length() == 0) {
            return last;
        }
        lines.add(line.toString());
        line.setLength(0);
        return "";
    }
}
