package dev.kubejar.build;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a compiled class says about itself: its interfaces, members, generic signatures, annotations and string constants.
 *
 * <p>Loading the class instead would need every library that it was compiled against. Format: the Java Virtual Machine
 * Specification, chapter 4.
 */
final class ClassFile {
    /** A field or a method. */
    record Member(String name, String descriptor, String signature, Map<String, Map<String, Object>> annotations) {}

    final String name;
    final List<String> interfaces = new ArrayList<>();
    final List<Member> fields;
    final List<Member> methods;
    final Map<String, Map<String, Object>> annotations = new LinkedHashMap<>();
    final List<String> classes = new ArrayList<>();
    final List<String> strings = new ArrayList<>();

    private final Object[] pool;
    private final DataInputStream in;

    ClassFile(byte[] bytes) throws IOException {
        in = new DataInputStream(new ByteArrayInputStream(bytes));
        if (in.readInt() != 0xCAFEBABE) {
            throw new IOException("not a class file");
        }
        in.readInt();
        pool = readPool();
        in.readUnsignedShort();
        name = className(in.readUnsignedShort());
        in.readUnsignedShort();
        for (int i = in.readUnsignedShort(); i > 0; i--) {
            interfaces.add(className(in.readUnsignedShort()));
        }
        fields = readMembers();
        methods = readMembers();
        readAttributes(annotations);
    }

    private Object[] readPool() throws IOException {
        Object[] read = new Object[in.readUnsignedShort()];
        List<Integer> classIndexes = new ArrayList<>();
        List<Integer> stringIndexes = new ArrayList<>();
        for (int i = 1; i < read.length; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> read[i] = in.readUTF();
                case 3 -> read[i] = in.readInt();
                case 4 -> read[i] = in.readFloat();
                case 5 -> read[i++] = in.readLong();
                case 6 -> read[i++] = in.readDouble();
                case 7 -> {
                    int text = in.readUnsignedShort();
                    read[i] = text;
                    classIndexes.add(text);
                }
                case 8 -> stringIndexes.add(in.readUnsignedShort());
                case 16, 19, 20 -> read[i] = in.readUnsignedShort();
                case 9, 10, 11, 12, 17, 18 -> in.readInt();
                case 15 -> in.skipBytes(3);
                default -> throw new IOException("constant of unknown tag " + tag);
            }
        }
        classIndexes.forEach(i -> classes.add((String) read[i]));
        stringIndexes.forEach(i -> strings.add((String) read[i]));
        return read;
    }

    private String className(int index) {
        return (String) pool[(Integer) pool[index]];
    }

    private List<Member> readMembers() throws IOException {
        List<Member> members = new ArrayList<>();
        for (int i = in.readUnsignedShort(); i > 0; i--) {
            in.readUnsignedShort();
            String member = (String) pool[in.readUnsignedShort()];
            String descriptor = (String) pool[in.readUnsignedShort()];
            Map<String, Map<String, Object>> found = new LinkedHashMap<>();
            String signature = readAttributes(found);
            members.add(new Member(member, descriptor, signature == null ? descriptor : signature, found));
        }
        return members;
    }

    /** Collects the annotations, and gives the generic signature or null. */
    private String readAttributes(Map<String, Map<String, Object>> into) throws IOException {
        String signature = null;
        for (int i = in.readUnsignedShort(); i > 0; i--) {
            String attribute = (String) pool[in.readUnsignedShort()];
            int length = in.readInt();
            if (attribute.equals("Signature")) {
                signature = (String) pool[in.readUnsignedShort()];
            } else if (attribute.equals("RuntimeVisibleAnnotations")) {
                for (int n = in.readUnsignedShort(); n > 0; n--) {
                    String type = (String) pool[in.readUnsignedShort()];
                    into.put(type, readAnnotation());
                }
            } else {
                in.skipNBytes(length);
            }
        }
        return signature;
    }

    private Map<String, Object> readAnnotation() throws IOException {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int n = in.readUnsignedShort(); n > 0; n--) {
            String key = (String) pool[in.readUnsignedShort()];
            values.put(key, readElement());
        }
        return values;
    }

    private Object readElement() throws IOException {
        char tag = (char) in.readUnsignedByte();
        switch (tag) {
            case 'e':
                in.readUnsignedShort();
                return pool[in.readUnsignedShort()];
            case '@':
                in.readUnsignedShort();
                return readAnnotation();
            case '[':
                List<Object> values = new ArrayList<>();
                for (int n = in.readUnsignedShort(); n > 0; n--) {
                    values.add(readElement());
                }
                return values;
            case 'Z':
                return !pool[in.readUnsignedShort()].equals(0);
            default:
                return pool[in.readUnsignedShort()];
        }
    }
}
