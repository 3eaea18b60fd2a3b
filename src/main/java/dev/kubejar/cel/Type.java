package dev.kubejar.cel;

import java.util.List;
import java.util.Map;

/** A type of the expression language. */
public final class Type {
    /** What a type is at its outermost. */
    public enum Kind {
        ERROR,
        DYN,
        NULL,
        BOOL,
        INT,
        UINT,
        DOUBLE,
        STRING,
        BYTES,
        TIMESTAMP,
        DURATION,
        LIST,
        MAP,
        STRUCT,
        OPAQUE,
        PARAM,
        TYPE
    }

    public static final Type ERROR = new Type(Kind.ERROR, "!error!");
    public static final Type DYN = new Type(Kind.DYN, "dyn");
    public static final Type NULL = new Type(Kind.NULL, "null_type");
    public static final Type BOOL = new Type(Kind.BOOL, "bool");
    public static final Type INT = new Type(Kind.INT, "int");
    public static final Type UINT = new Type(Kind.UINT, "uint");
    public static final Type DOUBLE = new Type(Kind.DOUBLE, "double");
    public static final Type STRING = new Type(Kind.STRING, "string");
    public static final Type BYTES = new Type(Kind.BYTES, "bytes");
    public static final Type TIMESTAMP = new Type(Kind.TIMESTAMP, "google.protobuf.Timestamp");
    public static final Type DURATION = new Type(Kind.DURATION, "google.protobuf.Duration");
    public static final Type URL = struct("kubernetes.URL", Map.of());
    public static final Type QUANTITY = struct("kubernetes.Quantity", Map.of());
    public static final Type SEMVER = struct("kubernetes.Semver", Map.of());
    public static final Type FORMAT = struct("kubernetes.NamedFormat", Map.of());
    public static final Type IP = opaque("net.IP");
    public static final Type CIDR = opaque("net.CIDR");
    public static final Type AUTHORIZER = struct("kubernetes.authorization.Authorizer", Map.of());
    public static final Type PATH_CHECK = struct("kubernetes.authorization.PathCheck", Map.of());
    public static final Type GROUP_CHECK = struct("kubernetes.authorization.GroupCheck", Map.of());
    public static final Type RESOURCE_CHECK = struct("kubernetes.authorization.ResourceCheck", Map.of());
    public static final Type DECISION = struct("kubernetes.authorization.Decision", Map.of());

    private final Kind kind;
    private final String name;
    private final List<Type> params;
    private Map<String, Type> fields = Map.of();

    private Type(Kind kind, String name, Type... params) {
        this.kind = kind;
        this.name = name;
        this.params = List.of(params);
    }

    public static Type list(Type element) {
        return new Type(Kind.LIST, "list", element);
    }

    public static Type map(Type key, Type value) {
        return new Type(Kind.MAP, "map", key, value);
    }

    public static Type optional(Type value) {
        return opaque("optional_type", value);
    }

    public static Type opaque(String name, Type... params) {
        return new Type(Kind.OPAQUE, name, params);
    }

    public static Type param(String name) {
        return new Type(Kind.PARAM, name);
    }

    /** The type of a type. */
    public static Type type(Type of) {
        return new Type(Kind.TYPE, "type", of);
    }

    /** A structure; fields are by the names that expressions use. */
    public static Type struct(String name, Map<String, Type> fields) {
        Type type = new Type(Kind.STRUCT, name);
        type.fields = fields;
        return type;
    }

    public Kind kind() {
        return kind;
    }

    public String name() {
        return name;
    }

    public List<Type> params() {
        return params;
    }

    /** Of a structure. */
    public Map<String, Type> fields() {
        return fields;
    }

    boolean is(Kind other) {
        return kind == other;
    }

    boolean dynamic() {
        return kind == Kind.DYN;
    }

    boolean dynamicOrError() {
        return kind == Kind.DYN || kind == Kind.ERROR;
    }

    boolean optional() {
        return kind == Kind.OPAQUE && name.equals("optional_type");
    }

    /** Whether both are the very same. */
    boolean exactly(Type other) {
        if (kind != other.kind || params.size() != other.params.size() || !name.equals(other.name)) {
            return false;
        }
        for (int i = 0; i < params.size(); i++) {
            if (!params.get(i).exactly(other.params.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** As error messages write it: {@code list(int)}, {@code map(string, dyn)}. */
    public String text() {
        return switch (kind) {
            case LIST, OPAQUE, MAP -> params.isEmpty() ? name : name + "(" + joined() + ")";
            case TYPE -> params.isEmpty() ? "type" : "type(" + joined() + ")";
            case TIMESTAMP -> "timestamp";
            case DURATION -> "duration";
            case NULL -> "null";
            default -> name;
        };
    }

    /** The name with its parameters as the language itself writes it: {@code google.protobuf.Timestamp}. */
    public String plain() {
        if (params.isEmpty() || kind == Kind.TYPE) {
            return name;
        }
        StringBuilder out = new StringBuilder(name).append('(');
        for (int i = 0; i < params.size(); i++) {
            out.append(i > 0 ? ", " : "").append(params.get(i).plain());
        }
        return out.append(')').toString();
    }

    private String joined() {
        StringBuilder out = new StringBuilder();
        for (Type each : params) {
            out.append(out.length() == 0 ? "" : ", ").append(each.text());
        }
        return out.toString();
    }

    @Override
    public String toString() {
        return text();
    }
}
