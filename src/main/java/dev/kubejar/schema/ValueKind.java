package dev.kubejar.schema;

/** What JSON a field's value is, and how the server reads it. */
public enum ValueKind {
    STRING,
    INT32,
    INT64,
    NUMBER,
    BOOLEAN,
    /** Base64 text. */
    BYTES,
    ARRAY,
    /** An object with free keys. */
    MAP,
    /** An object with the fields of a {@link FieldType}. */
    OBJECT,
    QUANTITY,
    INT_OR_STRING,
    /** RFC 3339 to the second. */
    TIME,
    /** RFC 3339 with six decimals. */
    MICRO_TIME,
    /** Any object, kept as it is. */
    RAW,
    /** Any value at all. */
    ANY
}
