package dev.kubejar.schema;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Reads types out of the resource that the build makes of Kubernetes' published artifacts. Opening reads its structural
 * part into memory and parses nothing; a type is parsed when it is asked for, a description when it is shown.
 *
 * <p>The format is described where it is written, in {@code dev.kubejar.build.SchemaFile}.
 */
final class SchemaReader {
    private static final String RESOURCE = "fields.bin";
    private static final int MAGIC = 0x4B4A4631;
    private static final int HEAD = 16;

    private final byte[] bytes;
    private final int types;
    private final int kinds;
    private final AtomicReferenceArray<FieldType> loaded;
    private SoftReference<byte[]> descriptions = new SoftReference<>(null);

    private SchemaReader(byte[] bytes) {
        this.bytes = bytes;
        this.types = new Cursor(4).integer();
        this.kinds = new Cursor(8).integer();
        this.loaded = new AtomicReferenceArray<>(types);
    }

    /** Opened by the first one who asks. */
    private static final class Opened {
        static final SchemaReader READER = open();
    }

    static SchemaReader get() {
        return Opened.READER;
    }

    private static SchemaReader open() {
        byte[] head = read(0, HEAD);
        if (head.length < HEAD || integer(head, 0) != MAGIC) {
            throw new IllegalStateException("the field schema is of another format than this program reads");
        }
        return new SchemaReader(read(0, integer(head, 12)));
    }

    /** A jar that is the whole class path is read as a zip file: the first resource by URL costs a command 7 ms. */
    private static byte[] read(int from, int length) {
        String jar = System.getProperty("java.class.path", "");
        try {
            if (jar.endsWith(".jar") && jar.indexOf(File.pathSeparatorChar) < 0) {
                try (ZipFile zip = new ZipFile(jar)) {
                    ZipEntry entry = zip.getEntry("dev/kubejar/schema/" + RESOURCE);
                    if (entry != null) {
                        return read(zip.getInputStream(entry), from, length);
                    }
                }
            }
            InputStream in = SchemaReader.class.getResourceAsStream(RESOURCE);
            if (in == null) {
                throw new IllegalStateException("the field schema is missing; the build makes it");
            }
            return read(in, from, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(InputStream stream, int from, int length) throws IOException {
        try (InputStream in = stream) {
            in.skipNBytes(from);
            return in.readNBytes(length);
        }
    }

    int typeCount() {
        return types;
    }

    int kindCount() {
        return kinds;
    }

    /** The index of a type, or -1. */
    int indexOfType(String name) {
        return find(name, 0, types);
    }

    /** The index of the type that a kind is, or -1; the key is {@code apps/v1/Deployment}. */
    int indexOfKind(String key) {
        int at = find(key, types, types + kinds);
        return at < 0 ? -1 : startOf(at).skipText().shorts();
    }

    String typeName(int index) {
        return startOf(index).text();
    }

    String kindKey(int index) {
        return startOf(types + index).text();
    }

    private int find(String key, int from, int to) {
        int low = from;
        int high = to - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = startOf(middle).text().compareTo(key);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    private Cursor startOf(int entry) {
        return new Cursor(integer(bytes, HEAD + 4 * entry));
    }

    FieldType type(int index) {
        FieldType type = loaded.get(index);
        if (type == null) {
            loaded.compareAndSet(index, null, readType(startOf(index)));
            type = loaded.get(index);
        }
        return type;
    }

    private FieldType readType(Cursor in) {
        String name = in.text();
        ValueKind kind = in.value().kind();
        String mapType = in.text();
        List<String> groupVersionKinds = in.texts();
        Description description = in.description();
        Field[] fields = new Field[in.shorts()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = readField(in);
        }
        FieldType type = new FieldType(name, kind, fields);
        type.mapType = mapType;
        type.groupVersionKinds = groupVersionKinds;
        type.description = description;
        return type;
    }

    private static Field readField(Cursor in) {
        String name = in.text();
        int ordinal = in.shorts();
        int flags = in.bytes();
        Field field = new Field(name, ordinal, in.value());
        field.required = (flags & 1) != 0;
        field.pointer = (flags & 2) != 0;
        field.omitEmpty = (flags & 4) != 0;
        field.omitZero = (flags & 8) != 0;
        field.goType = in.text();
        field.embedded = in.text();
        field.defaultText = in.text();
        field.enums = in.texts();
        field.listType = in.text();
        field.mapKeys = in.texts();
        field.mapType = in.text();
        field.patchStrategy = in.text();
        field.patchMergeKey = in.text();
        field.description = in.description();
        return field;
    }

    String description(int at, int length) {
        byte[] all = descriptions.get();
        if (all == null) {
            all = read(bytes.length, Integer.MAX_VALUE);
            descriptions = new SoftReference<>(all);
        }
        return new String(all, at, length, StandardCharsets.UTF_8);
    }

    private static int integer(byte[] from, int at) {
        return from[at] << 24 | (from[at + 1] & 0xFF) << 16 | (from[at + 2] & 0xFF) << 8 | from[at + 3] & 0xFF;
    }

    /** A place in the structural part that moves on as things are read. */
    private final class Cursor {
        private int at;

        Cursor(int at) {
            this.at = at;
        }

        int bytes() {
            return bytes[at++];
        }

        int shorts() {
            int value = bytes[at] << 8 | bytes[at + 1] & 0xFF;
            at += 2;
            return value;
        }

        int integer() {
            int value = SchemaReader.integer(bytes, at);
            at += 4;
            return value;
        }

        String text() {
            int length = shorts();
            String text = length == 0 ? "" : new String(bytes, at, length, StandardCharsets.UTF_8);
            at += length;
            return text;
        }

        Cursor skipText() {
            int length = shorts();
            at += length;
            return this;
        }

        List<String> texts() {
            int count = bytes();
            if (count == 0) {
                return List.of();
            }
            List<String> texts = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                texts.add(text());
            }
            return List.copyOf(texts);
        }

        Description description() {
            return new Description(integer(), integer(), null);
        }

        ValueType value() {
            char letter = (char) bytes();
            if (letter == 'A') {
                return ValueType.arrayOf(value());
            }
            if (letter == 'M') {
                return ValueType.mapOf(value());
            }
            return ValueType.named(kind(letter), shorts());
        }
    }

    private static ValueKind kind(char letter) {
        return switch (letter) {
            case 's' -> ValueKind.STRING;
            case 'i' -> ValueKind.INT32;
            case 'l' -> ValueKind.INT64;
            case 'n' -> ValueKind.NUMBER;
            case 'b' -> ValueKind.BOOLEAN;
            case 'y' -> ValueKind.BYTES;
            case 'O' -> ValueKind.OBJECT;
            case 'q' -> ValueKind.QUANTITY;
            case 'x' -> ValueKind.INT_OR_STRING;
            case 't' -> ValueKind.TIME;
            case 'T' -> ValueKind.MICRO_TIME;
            case 'r' -> ValueKind.RAW;
            case '*' -> ValueKind.ANY;
            default -> throw new IllegalStateException("unknown value letter " + letter);
        };
    }
}
