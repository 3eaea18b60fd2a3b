package dev.kubejar.cel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The functions of the language with their overloads, read from a table. */
final class Signatures {
    /** One overload; of a member the first argument is the receiver. */
    record Overload(String id, boolean member, List<Type> args, Type result) {}

    private static Map<String, List<Overload>> all;

    private Signatures() {}

    static synchronized Map<String, List<Overload>> all() {
        if (all == null) {
            all = read();
        }
        return all;
    }

    private static Map<String, List<Overload>> read() {
        Map<String, List<Overload>> read = new HashMap<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                Signatures.class.getResourceAsStream("/dev/kubejar/cel/functions.txt"), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (!line.isEmpty() && line.charAt(0) != '#') {
                    add(line, read);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read;
    }

    // name id [receiver.](args) result
    private static void add(String line, Map<String, List<Overload>> into) {
        int first = line.indexOf(' ');
        int second = line.indexOf(' ', first + 1);
        String name = line.substring(0, first);
        String id = line.substring(first + 1, second);
        Reader reader = new Reader(line.substring(second + 1));
        List<Type> args = new ArrayList<>();
        boolean member = reader.peek() != '(';
        if (member) {
            args.add(reader.type());
            reader.skip('.');
        }
        reader.skip('(');
        while (reader.peek() != ')') {
            args.add(reader.type());
            if (reader.peek() == ',') {
                reader.skip(',');
                reader.skip(' ');
            }
        }
        reader.skip(')');
        reader.skip(' ');
        into.computeIfAbsent(name, key -> new ArrayList<>()).add(new Overload(id, member, args, reader.type()));
    }

    /** A named plain type; null for none. */
    static Type named(String name) {
        return switch (name) {
            case "bool" -> Type.BOOL;
            case "int" -> Type.INT;
            case "uint" -> Type.UINT;
            case "double" -> Type.DOUBLE;
            case "string" -> Type.STRING;
            case "bytes" -> Type.BYTES;
            case "null_type" -> Type.NULL;
            case "dyn" -> Type.DYN;
            case "google.protobuf.Timestamp", "timestamp" -> Type.TIMESTAMP;
            case "google.protobuf.Duration", "duration" -> Type.DURATION;
            case "kubernetes.URL", "url" -> Type.URL;
            case "kubernetes.Quantity", "quantity" -> Type.QUANTITY;
            case "kubernetes.Semver", "semver" -> Type.SEMVER;
            case "kubernetes.NamedFormat", "format" -> Type.FORMAT;
            case "net.IP", "ip" -> Type.IP;
            case "net.CIDR", "cidr" -> Type.CIDR;
            case "authorizer" -> Type.AUTHORIZER;
            case "pathCheck" -> Type.PATH_CHECK;
            case "groupCheck" -> Type.GROUP_CHECK;
            case "resourceCheck" -> Type.RESOURCE_CHECK;
            case "decision" -> Type.DECISION;
            default -> null;
        };
    }

    /** The types that an expression may name. */
    static Type nameable(String name) {
        return switch (name) {
            case "list" -> Type.type(Type.list(Type.DYN));
            case "map" -> Type.type(Type.map(Type.DYN, Type.DYN));
            case "type" -> Type.type(Type.type(Type.DYN));
            case "optional_type" -> Type.type(Type.optional(Type.DYN));
            case "bool", "int", "uint", "double", "string", "bytes", "null_type", "dyn" -> Type.type(named(name));
            default -> name.indexOf('.') < 0 || named(name) == null ? null : Type.type(named(name));
        };
    }

    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        char peek() {
            return at < text.length() ? text.charAt(at) : 0;
        }

        void skip(char c) {
            if (peek() != c) {
                throw new IllegalStateException("no " + c + " at " + at + " of " + text);
            }
            at++;
        }

        Type type() {
            int start = at;
            while (at < text.length() && "(),. ".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            String name = text.substring(start, at);
            if (name.length() == 1 && Character.isUpperCase(name.charAt(0))) {
                return Type.param(name);
            }
            if (name.equals("list") || name.equals("optional") || name.equals("type")) {
                skip('(');
                Type inner = type();
                skip(')');
                return name.equals("list")
                        ? Type.list(inner)
                        : name.equals("type") ? Type.type(inner) : Type.optional(inner);
            }
            if (name.equals("map")) {
                skip('(');
                Type key = type();
                skip(',');
                skip(' ');
                Type value = type();
                skip(')');
                return Type.map(key, value);
            }
            Type type = named(name);
            if (type == null) {
                throw new IllegalStateException("no type " + name + " in " + text);
            }
            return type;
        }
    }
}
