package dev.kubejar.object;

/**
 * How much of an untrusted document is read before it is refused.
 *
 * @param bytes of the whole stream
 * @param depth of nested maps and lists
 * @param values maps, lists and scalars in one document, keys apart, those that aliases repeat included
 */
public record Limits(int bytes, int depth, int values) {
    /** For files and standard input: 64 MiB, 1,000 levels, half a million values a document. */
    public static final Limits FILES = new Limits(64 << 20, 1_000, 500_000);

    /** For one request's body, as the API server has it: 3 MiB. */
    public static final Limits REQUEST = new Limits(3 << 20, 1_000, 500_000);
}
