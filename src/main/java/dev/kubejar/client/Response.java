package dev.kubejar.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import java.util.List;

/**
 * What a call came to: one object (or Status, or Table), or a list's items with its revision; and the warnings, in
 * order. Objects are frozen.
 */
public final class Response {
    private final Obj object;
    private final List<Obj> items;
    private final List<String> warnings;

    private Response(Obj object, List<Obj> items, List<String> warnings) {
        this.object = object;
        this.items = items;
        this.warnings = warnings;
    }

    public static Response of(Obj object, List<String> warnings) {
        return new Response(object.freeze(), null, warnings);
    }

    /** A list: {@code head} is the List object without its items. */
    public static Response of(Obj head, List<Obj> items, List<String> warnings) {
        return new Response(head.freeze(), List.copyOf(items), warnings);
    }

    public boolean isList() {
        return items != null;
    }

    /** The object; for a list the whole List object. */
    public Obj object() {
        if (items == null) {
            return object;
        }
        ArrayNode all = Json.array();
        items.forEach(item -> all.add(item.node()));
        Obj list = Obj.create(object.apiVersion(), object.kind());
        return list.set("items", all).set("metadata", object.at("metadata")).freeze();
    }

    public List<Obj> items() {
        return items == null ? List.of() : items;
    }

    /** The revision of a list. */
    public String resourceVersion() {
        return object.resourceVersion();
    }

    /** Where the next page starts; empty on the last. */
    public String continueToken() {
        return object.text("metadata.continue");
    }

    public List<String> warnings() {
        return warnings;
    }
}
