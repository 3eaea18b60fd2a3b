package dev.kubejar.build;

import dev.kubejar.build.TypeEntry.FieldEntry;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the schema as one file in which any type can be found and read alone.
 *
 * <pre>
 * int magic, types, kinds, start of descriptions
 * int[] where each type begins, in order of names; int[] where each kind begins, in order of keys
 * kinds: text key, short type;  types: see {@link #writeType};  descriptions: UTF-8
 * text: short length, bytes;  value: one letter, then an element's value or short type (-1: none)
 * </pre>
 *
 * {@code dev.kubejar.schema.SchemaReader} reads it.
 */
final class SchemaFile {
    private static final int MAGIC = 0x4B4A4631;
    private static final int REQUIRED = 1;
    private static final int POINTER = 2;
    private static final int OMIT_EMPTY = 4;
    private static final int OMIT_ZERO = 8;

    private final Map<String, Integer> indexes = new HashMap<>();
    private final Map<String, Integer> described = new HashMap<>();
    private final ByteArrayOutputStream descriptions = new ByteArrayOutputStream();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    private SchemaFile() {}

    static byte[] of(Map<String, TypeEntry> types) throws IOException {
        return new SchemaFile().write(types);
    }

    private byte[] write(Map<String, TypeEntry> types) throws IOException {
        TreeMap<String, Integer> kinds = new TreeMap<>();
        for (TypeEntry type : types.values()) {
            type.kinds.forEach(kind -> kinds.put(kind, indexes.size()));
            indexes.put(type.name, indexes.size());
        }
        int base = 4 * (4 + types.size() + kinds.size());
        List<Integer> starts = new ArrayList<>();
        for (TypeEntry type : types.values()) {
            starts.add(base + out.size());
            writeType(type);
        }
        for (Map.Entry<String, Integer> kind : kinds.entrySet()) {
            starts.add(base + out.size());
            text(kind.getKey());
            out.writeShort(kind.getValue());
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        DataOutputStream head = new DataOutputStream(file);
        head.writeInt(MAGIC);
        head.writeInt(types.size());
        head.writeInt(kinds.size());
        head.writeInt(base + out.size());
        for (int start : starts) {
            head.writeInt(start);
        }
        bytes.writeTo(file);
        descriptions.writeTo(file);
        return file.toByteArray();
    }

    private void writeType(TypeEntry type) throws IOException {
        text(type.name);
        value(type.value.isEmpty() ? "object" : type.value);
        text(type.mapType);
        texts(type.kinds);
        description(type.description);
        out.writeShort(type.fields.size());
        for (FieldEntry field : type.fields.values()) {
            writeField(field);
        }
    }

    private void writeField(FieldEntry field) throws IOException {
        text(field.name);
        out.writeShort(field.ordinal);
        out.writeByte((field.required ? REQUIRED : 0)
                | (field.pointer ? POINTER : 0)
                | (field.omitEmpty ? OMIT_EMPTY : 0)
                | (field.omitZero ? OMIT_ZERO : 0));
        value(field.value);
        text(field.goType.isEmpty() ? GoTypes.of(field.value) : field.goType);
        text(field.embedded);
        text(field.defaultValue);
        texts(field.enums);
        text(field.listType);
        texts(field.mapKeys);
        text(field.mapType);
        text(field.patchStrategy);
        text(field.patchMergeKey);
        description(field.description);
    }

    private void value(String value) throws IOException {
        if (value.startsWith("[]")) {
            out.writeByte('A');
            value(value.substring(2));
        } else if (value.startsWith("map[string]")) {
            out.writeByte('M');
            value(value.substring("map[string]".length()));
        } else {
            out.writeByte(letter(value));
            out.writeShort(indexes.getOrDefault(value, -1));
        }
    }

    private static char letter(String value) {
        return switch (value) {
            case "string", "string(date-time)" -> 's';
            case "integer(int32)" -> 'i';
            case "integer(int64)" -> 'l';
            case "number(double)" -> 'n';
            case "boolean" -> 'b';
            case "string(byte)" -> 'y';
            case "any" -> '*';
            case "int-or-string" -> 'x';
            case "object" -> 'O';
            case "io.k8s.apimachinery.pkg.api.resource.Quantity" -> 'q';
            case "io.k8s.apimachinery.pkg.util.intstr.IntOrString" -> 'x';
            case "io.k8s.apimachinery.pkg.apis.meta.v1.Time" -> 't';
            case "io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime" -> 'T';
            case "io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1", "io.k8s.apimachinery.pkg.runtime.RawExtension" -> 'r';
            default -> "any".equals(Supplement.SCALARS.get(value)) ? '*' : 'O';
        };
    }

    private void texts(List<String> texts) throws IOException {
        out.writeByte(texts.size());
        for (String text : texts) {
            text(text);
        }
    }

    private void text(String text) throws IOException {
        byte[] utf = text.getBytes(StandardCharsets.UTF_8);
        out.writeShort(utf.length);
        out.write(utf);
    }

    /** Many fields share a text, {@code kind} and {@code apiVersion} above all. */
    private void description(String text) throws IOException {
        byte[] utf = text.getBytes(StandardCharsets.UTF_8);
        Integer at = described.putIfAbsent(text, descriptions.size());
        if (at == null) {
            at = descriptions.size();
            descriptions.writeBytes(utf);
        }
        out.writeInt(at);
        out.writeInt(utf.length);
    }
}
