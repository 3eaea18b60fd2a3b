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

    /** Whether the path of such a request ends in one object's name. */
    public boolean named() {
        return this == GET || this == UPDATE || this == PATCH || this == DELETE;
    }

    public boolean writes() {
        return compareTo(CREATE) >= 0;
    }
}
