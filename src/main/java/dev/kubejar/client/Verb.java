package dev.kubejar.client;

/** What a request does, by its RBAC verb. */
public enum Verb {
    GET,
    LIST,
    WATCH,
    CREATE,
    UPDATE,
    PATCH,
    DELETE,
    DELETECOLLECTION;

    /** The verb as authorization names it. */
    public String rbac() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    public boolean writes() {
        return compareTo(CREATE) >= 0;
    }
}
