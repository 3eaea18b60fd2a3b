package dev.kubejar.api;

import dev.kubejar.client.Request;
import dev.kubejar.client.Watch;
import dev.kubejar.client.WatchEvent;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.sim.Clock;
import dev.kubejar.store.Change;
import dev.kubejar.store.Compacted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * A watch: what there is first where no revision was given, then every change of what is selected. An object that a change
 * brings into or out of the selection is ADDED or DELETED. Bookmarks, where they are allowed, end what there was and tell
 * each minute how far the watch has come. History that is no longer kept ends it with a 410.
 */
final class StoredWatch implements Watch {
    private static final Duration BOOKMARKS = Duration.ofMinutes(1);

    private final Registry registry;
    private final Call call;
    private final Clock clock;
    private final Selection selection;
    private final String prefix;
    private final ArrayDeque<WatchEvent> waiting = new ArrayDeque<>();
    private long next;
    private Instant bookmarked;
    private boolean closed;

    StoredWatch(Registry registry, Read read, Call call, Clock clock) {
        ListRules.watch(call.request);
        this.registry = registry;
        this.call = call;
        this.clock = clock;
        this.selection = Selection.of(call);
        this.prefix = Registry.prefix(call.stored, selection.namespace(call.namespace()));
        begin(read, call.request);
    }

    private void begin(Read read, Request request) {
        long asked = ListRules.revision(request.resourceVersion);
        long now = registry.space().revision();
        boolean initial =
                request.sendInitialEvents == null ? ListRules.any(request.resourceVersion) : request.sendInitialEvents;
        if (initial) {
            ListRules.reached(asked, now, 1);
            for (Obj object : read.stored(call)) {
                waiting.add(new WatchEvent("ADDED", call.fromStorage(object)));
            }
        }
        next = (initial || asked == 0 ? now : asked) + 1;
        if (request.allowBookmarks) {
            bookmarked = clock.now();
            if (initial) {
                bookmark(now, true);
            }
        }
    }

    private void bookmark(long revision, boolean initial) {
        Obj mark = Obj.create(call.kind.groupVersion(), call.kind.kind())
                .set("metadata.resourceVersion", Long.toString(revision));
        if (initial) {
            mark.child("metadata.annotations").node().put("k8s.io/initial-events-end", "true");
        }
        waiting.add(new WatchEvent("BOOKMARK", mark.freeze()));
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
        if (next <= now) {
            changes(now);
        }
        boolean due = bookmarked != null && !closed && waiting.isEmpty();
        if (due && !clock.now().isBefore(bookmarked.plus(BOOKMARKS))) {
            bookmarked = clock.now();
            bookmark(next - 1, false);
        }
    }

    private void changes(long now) {
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
