package dev.kubejar.object;

/** Which object: its resource, its namespace (empty for cluster-scoped ones) and its name. */
public record Ref(GroupVersionResource resource, String namespace, String name) implements Comparable<Ref> {

    public static Ref of(GroupVersionResource resource, String namespace, String name) {
        return new Ref(resource, namespace, name);
    }

    public static Ref of(GroupVersionResource resource, Obj object) {
        return new Ref(resource, object.namespace(), object.name());
    }

    /** {@code apps/v1/deployments/default/web}; core has an empty group: {@code /v1/pods/default/web}. */
    public String key() {
        return resource.group() + "/" + resource.version() + "/" + resource.resource() + "/" + namespace + "/" + name;
    }

    /** The reference that {@link #key()} wrote. */
    public static Ref parse(String key) {
        String[] parts = key.split("/", 5);
        return new Ref(new GroupVersionResource(parts[0], parts[1], parts[2]), parts[3], parts[4]);
    }

    /** {@code namespace/name}, or the name alone where there is no namespace. */
    public String namespacedName() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }

    // Written out, like hashCode: the ones that records have by themselves are slow when they are first called.
    @Override
    public boolean equals(Object other) {
        return other instanceof Ref that
                && name.equals(that.name)
                && namespace.equals(that.namespace)
                && resource.equals(that.resource);
    }

    @Override
    public int hashCode() {
        return (name.hashCode() * 31 + namespace.hashCode()) * 31 + resource.hashCode();
    }

    @Override
    public int compareTo(Ref other) {
        return key().compareTo(other.key());
    }

    @Override
    public String toString() {
        return key();
    }
}
