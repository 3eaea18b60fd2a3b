package dev.kubejar.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.client.Request;
import dev.kubejar.client.Response;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.GoJson;
import dev.kubejar.object.Obj;
import dev.kubejar.object.ParseError;
import dev.kubejar.store.Entry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Gets one object, or lists what is selected; decodes no more than it has to look at. */
final class Read {
    private static final int PAGE = 512;
    private static final String URL_SAFE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private final Parts parts;

    Read(Parts parts) {
        this.parts = parts;
    }

    Obj get(Call call) {
        Obj found = parts.registry().find(call.stored, call.namespace(), call.request.name);
        if (found == null) {
            throw ApiError.notFound(call.resource(), call.request.name);
        }
        notYet(call.request.resourceVersion);
        return call.fromStorage(found);
    }

    /** A page of a list: the objects in the version asked for, and where the next page starts (null: nowhere). */
    record Page(List<Obj> items, String next, int left) {}

    Response list(Call call) {
        notYet(call.request.resourceVersion);
        Selection selection = Selection.of(call);
        Page page = page(call, selection, call.request.limit, start(call.request));
        Obj head = Obj.create(call.kind.groupVersion(), call.kind.kind() + "List");
        long revision = parts.registry().space().revision();
        head.set("metadata.resourceVersion", Long.toString(revision));
        if (page.next() != null) {
            head.set("metadata.continue", token(revision, page.next()));
            if (page.left() > 0) {
                head.set("metadata.remainingItemCount", page.left());
            }
        }
        return Response.of(head, page.items(), call.warnings());
    }

    /** All that the request selects, in the storage version. */
    List<Obj> stored(Call call) {
        Selection selection = Selection.of(call);
        List<Obj> found = new ArrayList<>();
        walk(call, selection, "", 0, (stored, asked) -> found.add(stored));
        return found;
    }

    private Page page(Call call, Selection selection, int limit, String after) {
        List<Obj> items = new ArrayList<>();
        String[] last = new String[1];
        boolean more = walk(call, selection, after, limit, (stored, asked) -> {
            items.add(asked);
            last[0] = stored.namespace().isEmpty() ? stored.name() : stored.namespace() + "/" + stored.name();
        });
        if (!more) {
            return new Page(items, null, 0);
        }
        int left = selection.everything()
                ? parts.registry().space().countAfter(prefix(call, selection), key(call, last[0]))
                : 0;
        return new Page(items, last[0], left);
    }

    @FunctionalInterface
    private interface Found {
        void accept(Obj stored, Obj asked);
    }

    /** Visits what is selected behind a place; true where it stopped at the limit with something left. */
    private boolean walk(Call call, Selection selection, String after, int limit, Found found) {
        String prefix = prefix(call, selection);
        String start = after.isEmpty() ? "" : key(call, after);
        Space space = parts.registry().space();
        String single = selection.singleName();
        if (!single.isEmpty()
                && (!call.stored.namespaced()
                        || !selection.namespace(call.namespace()).isEmpty())) {
            offer(call, selection, space.get(prefix + single), found);
            return false;
        }
        String index = selection.index();
        if (!index.isEmpty()) {
            return walkIndex(call, selection, space.indexed(index, prefix), start, limit, found);
        }
        int count = 0;
        while (true) {
            List<Entry> rows = space.range(prefix, start, PAGE);
            for (int i = 0; i < rows.size(); i++) {
                if (limit > 0 && count == limit) {
                    return true;
                }
                count += offer(call, selection, rows.get(i), found);
            }
            if (rows.size() < PAGE) {
                return false;
            }
            start = rows.get(PAGE - 1).key();
        }
    }

    private boolean walkIndex(Call call, Selection selection, List<String> keys, String start, int limit, Found found) {
        int count = 0;
        for (int i = 0; i < keys.size(); i++) {
            if (keys.get(i).compareTo(start) <= 0) {
                continue;
            }
            if (limit > 0 && count == limit) {
                return true;
            }
            count += offer(call, selection, parts.registry().space().get(keys.get(i)), found);
        }
        return false;
    }

    private int offer(Call call, Selection selection, Entry row, Found found) {
        Obj stored = parts.registry().object(row);
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

    private static String prefix(Call call, Selection selection) {
        return Registry.prefix(call.stored, selection.namespace(call.namespace()));
    }

    private static String key(Call call, String place) {
        return Registry.prefix(call.stored, "") + place;
    }

    private void notYet(String version) {
        if (version.isEmpty() || version.equals("0")) {
            return;
        }
        long asked = revision(version);
        long now = parts.registry().space().revision();
        if (asked > now) {
            throw new ApiError(
                    504,
                    "Timeout",
                    "Too large resource version: " + asked + ", current: " + now,
                    new ApiError.Details("", "", "", "", 1),
                    List.of(new ApiError.Cause("ResourceVersionTooLarge", "Too large resource version", "")));
        }
    }

    static long revision(String version) {
        try {
            return Long.parseLong(version);
        } catch (NumberFormatException e) {
            throw ApiError.invalid(
                    "",
                    "ListOptions",
                    "",
                    List.of(new ApiError.Cause(
                            "FieldValueInvalid",
                            "Invalid value: \"" + version + "\": strconv.ParseUint: parsing \"" + version
                                    + "\": invalid syntax",
                            "resourceVersion")));
        }
    }

    private static String token(long revision, String last) {
        Obj token = Obj.create().set("v", "meta.k8s.io/v1").set("rv", revision).set("start", last + "\0");
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(token.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String start(Request request) {
        if (request.continueToken.isEmpty()) {
            return "";
        }
        Obj token;
        try {
            String text = request.continueToken;
            int illegal = 0;
            while (illegal < text.length() && URL_SAFE.indexOf(text.charAt(illegal)) >= 0) {
                illegal++;
            }
            if (illegal < text.length() || text.length() % 4 == 1) {
                throw invalid(": illegal base64 data at input byte " + illegal);
            }
            String json = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            token = GoJson.read(json) instanceof ObjectNode node ? Obj.of(node) : Obj.create();
        } catch (ParseError e) {
            throw invalid(": " + e.getMessage());
        }
        if (!token.text("v").equals("meta.k8s.io/v1")) {
            throw invalid(": server does not recognize this encoded version " + token.text("v"));
        }
        if (token.number("rv") == 0) {
            throw invalid(": incorrect encoded start resourceVersion (version meta.k8s.io/v1)");
        }
        String start = token.text("start");
        if (start.isEmpty()) {
            throw invalid(": encoded start key empty (version meta.k8s.io/v1)");
        }
        return start.endsWith("\0") ? start.substring(0, start.length() - 1) : start;
    }

    private static ApiError invalid(String why) {
        return ApiError.badRequest("invalid continue token: continue key is not valid" + why);
    }
}
