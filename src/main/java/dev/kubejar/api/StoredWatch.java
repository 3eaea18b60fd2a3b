package dev.kubejar.api;

import dev.kubejar.client.Request;
import dev.kubejar.client.Watch;
import dev.kubejar.client.WatchEvent;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.store.Change;
import dev.kubejar.store.Compacted;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * A watch: what there is first where no revision was given, then every change of what is selected. An object that a change
 * brings into or out of the selection is ADDED or DELETED. History that is no longer kept ends it with a 410.
 */
final class StoredWatch implements Watch {
    private final Registry registry;
    private final Call call;
    private final Selection selection;
    private final String prefix;
    private final ArrayDeque<WatchEvent> waiting = new ArrayDeque<>();
    private long next;
    private boolean closed;

    StoredWatch(Registry registry, Read read, Call call) {
        this.registry = registry;
        this.call = call;
        this.selection = Selection.of(call);
        this.prefix = Registry.prefix(call.stored, selection.namespace(call.namespace()));
        Request request = call.request;
        String version = request.resourceVersion;
        long now = registry.space().revision();
        if (version.isEmpty() || version.equals("0")) {
            for (Obj object : read.stored(call)) {
                waiting.add(new WatchEvent("ADDED", call.fromStorage(object)));
            }
            next = now + 1;
        } else {
            next = Read.revision(version) + 1;
        }
    }

    @Override
    public Optional<WatchEvent> poll() {
        if (waiting.isEmpty() && !closed) {
            read();
        }
        return Optional.ofNullable(waiting.poll());
    }

    private void read() {
        long now = registry.space().revision();
        if (next > now) {
            return;
        }
        try {
            for (Change change : registry.space().changes(next, prefix)) {
                event(change);
            }
            next = now + 1;
        } catch (Compacted e) {
            closed = true;
            ApiError gone = new ApiError(
                    410, "Expired", "too old resource version: " + (next - 1) + " (" + (e.oldest() - 1) + ")");
            waiting.add(new WatchEvent("ERROR", gone.status().freeze()));
        }
    }

    private void event(Change change) {
        Obj before = object(change.previous(), change.revision());
        Obj now = object(change.value(), change.revision());
        boolean was = before != null && selection.matches(before);
        boolean is = now != null && selection.matches(now);
        if (is) {
            waiting.add(new WatchEvent(was ? "MODIFIED" : "ADDED", now));
        } else if (was) {
            waiting.add(new WatchEvent("DELETED", before));
        }
    }

    private Obj object(byte[] bytes, long revision) {
        return bytes == null ? null : call.fromStorage(Registry.decode(bytes, revision));
    }

    @Override
    public void close() {
        closed = true;
        waiting.clear();
    }
}
