package dev.kubejar.schema;

import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a description may look up beside its object. What the user may not see reads as absent. */
public interface Related {
    Optional<Obj> find(GroupVersionResource resource, String namespace, String name);

    /** Objects by label selector (empty: all) and field selector (empty: all), by name. */
    List<Obj> list(GroupVersionResource resource, String namespace, String labelSelector, String fieldSelector);

    /** The events about an object, as kubectl sorts them. */
    List<Obj> events(Obj object);

    Instant now();

    /** Whether events are to be shown ({@code --show-events}). */
    boolean showEvents();
}
