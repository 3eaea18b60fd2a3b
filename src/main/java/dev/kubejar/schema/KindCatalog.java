package dev.kubejar.schema;

import dev.kubejar.object.GroupVersionResource;
import java.util.List;
import java.util.Optional;

/** The kinds a cluster serves at this moment: the built-in ones and those its CustomResourceDefinitions have made. */
public interface KindCatalog {
    Optional<Kind> byResource(GroupVersionResource resource);

    /** The kind in a version that is stored, whether that is served or not. */
    default Optional<Kind> stored(GroupVersionResource storage) {
        return byResource(storage);
    }

    Optional<Kind> byKind(String apiVersion, String kind);

    /** All kinds in discovery's order: by group as the server prefers them, then version, then name. */
    List<Kind> all();

    /** The type of a kind's objects; null where nothing is known of it. */
    default FieldType type(Kind kind) {
        return FieldSchema.forKind(kind.groupVersion(), kind.kind());
    }

    /** How objects are described whose kind tells nothing of its own about it. */
    default Kind.Description description() {
        return (object, out, related) -> out.field("Name", object.name());
    }
}
