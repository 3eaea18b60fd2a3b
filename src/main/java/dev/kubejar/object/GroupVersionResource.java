package dev.kubejar.object;

/**
 * What a request is about: an API group (empty for core), a version and the plural, lower-case name of a resource.
 */
public record GroupVersionResource(String group, String version, String resource)
        implements Comparable<GroupVersionResource> {

    /** {@code apps/v1} or {@code v1}. */
    public String groupVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** {@code deployments.apps} or {@code pods}: how messages name it. */
    public String groupResource() {
        return group.isEmpty() ? resource : resource + "." + group;
    }

    public static GroupVersionResource of(String groupVersion, String resource) {
        int slash = groupVersion.indexOf('/');
        return slash < 0
                ? new GroupVersionResource("", groupVersion, resource)
                : new GroupVersionResource(
                        groupVersion.substring(0, slash), groupVersion.substring(slash + 1), resource);
    }

    // Written out, like hashCode: the ones that records have by themselves are slow when they are first called.
    @Override
    public boolean equals(Object other) {
        return other instanceof GroupVersionResource that
                && resource.equals(that.resource)
                && group.equals(that.group)
                && version.equals(that.version);
    }

    @Override
    public int hashCode() {
        return (resource.hashCode() * 31 + group.hashCode()) * 31 + version.hashCode();
    }

    @Override
    public int compareTo(GroupVersionResource other) {
        int order = group.compareTo(other.group);
        order = order != 0 ? order : resource.compareTo(other.resource);
        return order != 0 ? order : version.compareTo(other.version);
    }

    @Override
    public String toString() {
        return groupVersion() + "/" + resource;
    }
}
