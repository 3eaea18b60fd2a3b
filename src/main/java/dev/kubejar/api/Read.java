package dev.kubejar.api;

import dev.kubejar.client.Request;
import dev.kubejar.client.Response;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.store.Compacted;
import dev.kubejar.store.Entry;
import java.util.ArrayList;
import java.util.List;

/** Gets one object, or lists what is selected; decodes no more than it has to look at. */
final class Read {
    private static final int PAGE = 512;
    private static final String INCONSISTENT =
            "The provided continue parameter is too old to display a consistent list result. You can start a new list"
                    + " without the continue parameter, or use the continue token in this response to retrieve the"
                    + " remainder of the results. Continuing with the provided token results in an inconsistent list -"
                    + " objects that were created, modified, or deleted between the time the first chunk was returned and"
                    + " now may show up in the list.";

    private final Parts parts;

    Read(Parts parts) {
        this.parts = parts;
    }

    Obj get(Call call) {
        String version = call.request.resourceVersion;
        if (!ListRules.any(version)) {
            ListRules.reached(
                    ListRules.revision(version), parts.registry().space().revision(), 1);
        }
        Obj found = parts.registry().find(call.stored, call.namespace(), call.request.name);
        if (found == null) {
            throw ApiError.notFound(call.resource(), call.request.name);
        }
        return call.fromStorage(found);
    }

    /** A page of a list: the objects in the version asked for, and where the next page starts (null: nowhere). */
    private record Page(List<Obj> items, String last, int left) {}

    Response list(Call call) {
        ListRules.list(call.request);
        Selection selection = Selection.of(call);
        Start start = start(call, selection);
        Page page = page(call, selection, start);
        Obj head = Obj.create(call.kind.groupVersion(), call.kind.kind() + "List");
        head.set("metadata.resourceVersion", Long.toString(start.revision()));
        if (page.last() != null) {
            head.set("metadata.continue", new Continuation(page.last(), start.revision()).token());
            if (page.left() > 0) {
                head.set("metadata.remainingItemCount", page.left());
            }
        }
        return Response.of(head, page.items(), call.warnings());
    }

    /** Where a list begins: what it looks at, behind which key, and at which revision. */
    private record Start(Snapshot snapshot, String after, long revision, int limit) {}

    private Start start(Call call, Selection selection) {
        Request request = call.request;
        Space space = parts.registry().space();
        String prefix = prefix(call, selection);
        boolean single = !single(call, selection).isEmpty();
        long now = space.revision();
        if (!request.continueToken.isEmpty() && !single) {
            Continuation from = Continuation.read(request.continueToken);
            if (!ListRules.any(request.resourceVersion)) {
                throw ApiError.badRequest("specifying resource version is not allowed when using continue");
            }
            long at = from.revision() > 0 ? from.revision() : now;
            ListRules.reached(at, now, 0);
            return new Start(paged(prefix, at, from), prefix + from.last(), at, request.limit);
        }
        long asked = ListRules.listed(request.resourceVersion);
        boolean exact = request.resourceVersionMatch.equals("Exact")
                || request.resourceVersionMatch.isEmpty() && request.limit > 0 && asked > 0 && !single;
        ListRules.reached(asked, now, exact ? 0 : 1);
        // A list of any revision comes from the cache, which does not page.
        int limit = request.resourceVersion.equals("0") ? 0 : request.limit;
        return exact
                ? new Start(exact(prefix, asked), "", asked, limit)
                : new Start(Snapshot.now(space, prefix), "", now, limit);
    }

    private Snapshot paged(String prefix, long at, Continuation from) {
        try {
            return Snapshot.at(parts.registry().space(), prefix, at);
        } catch (Compacted e) {
            throw new ApiError(410, "Expired", INCONSISTENT).continued(new Continuation(from.last(), -1).token());
        }
    }

    private Snapshot exact(String prefix, long at) {
        try {
            return Snapshot.at(parts.registry().space(), prefix, at);
        } catch (Compacted e) {
            throw new ApiError(410, "Expired", "The resourceVersion for the provided list is too old.");
        }
    }

    /** All that the request selects, in the storage version. */
    List<Obj> stored(Call call) {
        Selection selection = Selection.of(call);
        List<Obj> found = new ArrayList<>();
        Snapshot now = Snapshot.now(parts.registry().space(), prefix(call, selection));
        walk(call, selection, new Start(now, "", 0, 0), (stored, asked) -> found.add(stored));
        return found;
    }

    private Page page(Call call, Selection selection, Start start) {
        List<Obj> items = new ArrayList<>();
        String[] last = new String[1];
        boolean more = walk(call, selection, start, (stored, asked) -> {
            items.add(asked);
            last[0] = Registry.key(call.stored, stored.namespace(), stored.name());
        });
        if (!more) {
            return new Page(items, null, 0);
        }
        int left = selection.everything() ? start.snapshot().countAfter(last[0]) : 0;
        return new Page(items, last[0].substring(prefix(call, selection).length()), left);
    }

    @FunctionalInterface
    private interface Found {
        void accept(Obj stored, Obj asked);
    }

    /** Visits what is selected behind a place; true where it stopped at the limit with something left. */
    private boolean walk(Call call, Selection selection, Start start, Found found) {
        Snapshot snapshot = start.snapshot();
        String single = single(call, selection);
        if (!single.isEmpty()) {
            offer(call, selection, object(snapshot, snapshot.get(prefix(call, selection) + single)), found);
            return false;
        }
        String index = selection.index();
        if (!index.isEmpty() && !snapshot.past()) {
            return walkIndex(call, selection, start, found);
        }
        int limit = start.limit();
        int count = 0;
        String after = start.after();
        while (after != null) {
            Snapshot.Rows rows = snapshot.after(after, PAGE);
            for (int i = 0; i < rows.entries().size(); i++) {
                if (limit > 0 && count == limit) {
                    return true;
                }
                count += offer(call, selection, object(snapshot, rows.entries().get(i)), found);
            }
            after = rows.next();
        }
        return false;
    }

    private boolean walkIndex(Call call, Selection selection, Start start, Found found) {
        Space space = parts.registry().space();
        int count = 0;
        for (String key : space.indexed(selection.index(), prefix(call, selection))) {
            if (key.compareTo(start.after()) <= 0) {
                continue;
            }
            if (start.limit() > 0 && count == start.limit()) {
                return true;
            }
            count += offer(call, selection, parts.registry().object(space.get(key)), found);
        }
        return false;
    }

    private Obj object(Snapshot snapshot, Entry row) {
        // What was is not kept among what is.
        return row == null || !snapshot.past()
                ? parts.registry().object(row)
                : Registry.decode(row.value(), row.modRevision());
    }

    private static int offer(Call call, Selection selection, Obj stored, Found found) {
        if (stored == null) {
            return 0;
        }
        Obj asked = call.fromStorage(stored);
        if (!selection.matches(asked)) {
            return 0;
        }
        found.accept(stored, asked);
        return 1;
    }

    /** The name of the one object that can be selected, where its namespace is known too; or empty. */
    private static String single(Call call, Selection selection) {
        boolean placed = !call.stored.namespaced()
                || !selection.namespace(call.namespace()).isEmpty();
        return placed ? selection.singleName() : "";
    }

    private static String prefix(Call call, Selection selection) {
        return Registry.prefix(call.stored, selection.namespace(call.namespace()));
    }
}
