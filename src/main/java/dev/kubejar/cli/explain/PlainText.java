package dev.kubejar.cli.explain;

import dev.kubejar.client.ApiResource;
import dev.kubejar.schema.Field;
import dev.kubejar.schema.FieldType;
import dev.kubejar.schema.ValueKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The layout of explanations since OpenAPI v3: {@code -o plaintext}. */
final class PlainText {
    private static final int WIDTH = 78;
    private static final int ENUMS_SHOWN = 4;

    private final StringBuilder out = new StringBuilder();
    private final boolean recursive;

    private PlainText(boolean recursive) {
        this.recursive = recursive;
    }

    /** The lines that come first, whether the field exists or not. */
    static String head(ApiResource resource) {
        String group = resource.group().isEmpty() ? "" : "GROUP:      " + resource.group() + "\n";
        return group + "KIND:       " + resource.kind() + "\nVERSION:    "
                + resource.resource().version() + "\n\n";
    }

    static String body(Explained explained, boolean recursive) {
        PlainText text = new PlainText(recursive);
        text.write(explained);
        return text.out.append('\n').toString();
    }

    private void write(Explained explained) {
        Field field = explained.field();
        if (field != null) {
            out.append("FIELD: ")
                    .append(field.name())
                    .append(" <")
                    .append(type(field))
                    .append(">\n");
            longEnum(field);
            out.append("\n\n");
        }
        StringBuilder about = new StringBuilder();
        explained.descriptions().forEach(each -> about.append(each).append('\n'));
        String description = about.length() == 0 ? "<empty>" : about.toString();
        out.append("DESCRIPTION:\n")
                .append(indented(WordWrap.wrap(description, WIDTH - 2), 4))
                .append('\n');
        FieldType fields = explained.fields();
        if (fields != null && !fields.fields().isEmpty()) {
            out.append("FIELDS:\n");
            fields(fields, 2, new HashSet<>());
        }
    }

    private static String type(Field field) {
        return field.value().display();
    }

    private void fields(FieldType type, int indent, Set<String> above) {
        boolean named = !type.name().isEmpty();
        if (named && !above.add(type.name())) {
            return;
        }
        for (Field field : type.fields()) {
            detail(field, indent);
            FieldType below = recursive ? Explained.structure(field.value()) : null;
            if (below != null) {
                fields(below, indent + 2, above);
            }
        }
        if (named) {
            above.remove(type.name());
        }
    }

    private void detail(Field field, int indent) {
        out.append(" ".repeat(indent))
                .append(field.name())
                .append("\t<")
                .append(type(field))
                .append('>');
        out.append(field.required() ? " -required-" : "");
        shortEnum(field, indent);
        out.append('\n');
        if (!recursive) {
            String about = field.description().isEmpty() ? "<no description>" : field.description();
            out.append(indented(WordWrap.wrap(about, WIDTH - indent), indent + 2))
                    .append("\n\n");
        }
    }

    private static List<String> enums(Field field) {
        return field.kind() == ValueKind.ARRAY || field.kind() == ValueKind.MAP ? List.of() : field.enums();
    }

    private static String shown(String value) {
        return value.isEmpty() ? "\"\"" : value;
    }

    private void shortEnum(Field field, int indent) {
        List<String> values = enums(field);
        if (values.isEmpty()) {
            return;
        }
        out.append('\n').append(" ".repeat(indent)).append("enum: ");
        for (int i = 0; i < values.size(); i++) {
            if (i == ENUMS_SHOWN) {
                out.append(", ....");
                return;
            }
            out.append(i == 0 ? "" : ", ").append(shown(values.get(i)));
        }
    }

    private void longEnum(Field field) {
        List<String> values = enums(field);
        if (values.isEmpty()) {
            return;
        }
        out.append("ENUM:");
        values.forEach(value -> out.append("\n    ").append(shown(value)));
    }

    private static String indented(String text, int by) {
        String pad = " ".repeat(by);
        return pad + text.replace("\n", "\n" + pad);
    }
}
