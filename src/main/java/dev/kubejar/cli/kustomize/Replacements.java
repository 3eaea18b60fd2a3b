package dev.kubejar.cli.kustomize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.GoText;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Copies a field of one object into fields of others. */
final class Replacements {
    private final Root root;
    private final ResList list;

    Replacements(Root root, ResList list) {
        this.root = root;
        this.list = list;
    }

    /** One entry of {@code replacements}: the replacement, or the file it stands in. */
    void entry(Obj entry) {
        if (entry.text("path").isEmpty()) {
            replace(entry);
            return;
        }
        for (JsonNode document : Texts.documents(root.read(entry.text("path")))) {
            for (JsonNode one : document.isArray() ? document : List.of(document)) {
                if (one instanceof ObjectNode object) {
                    replace(Obj.of(object));
                }
            }
        }
    }

    private void replace(Obj replacement) {
        if (!replacement.has("source") && !replacement.has("sourceValue") || !replacement.has("targets")) {
            throw new KustomizeError("replacements must specify a source and at least one target");
        }
        JsonNode value = value(replacement);
        for (Obj target : replacement.list("targets")) {
            if (!target.has("select")) {
                throw new KustomizeError("target must specify resources to select");
            }
            for (Res res : list.all) {
                if (selected(res, target)) {
                    copy(res, value, target);
                }
            }
        }
    }

    private JsonNode value(Obj replacement) {
        if (replacement.has("sourceValue")) {
            if (replacement.has("source")) {
                throw new KustomizeError("value and resource selectors are mutually exclusive");
            }
            return replacement.at("sourceValue");
        }
        Obj source = replacement.obj("source");
        List<Res> found = list.matching(res -> meant(res, source));
        if (found.size() != 1) {
            throw new KustomizeError(
                    (found.isEmpty() ? "nothing selected by " : "multiple matches for selector ") + selector(source));
        }
        String path = source.text("fieldPath", "metadata.name");
        List<FieldPath.Place> places =
                FieldPath.of(path).find(found.get(0).object.node(), false);
        if (places.isEmpty() || places.get(0).value().isNull()) {
            throw new KustomizeError("fieldPath `" + path + "` is missing for replacement source " + sourceId(source));
        }
        return refined(source.obj("options"), places.get(0).value());
    }

    private static ResId sourceId(Obj source) {
        return new ResId(
                source.text("group"),
                source.text("version"),
                source.text("kind"),
                source.text("name"),
                source.text("namespace"));
    }

    private static String selector(Obj source) {
        return sourceId(source) + (source.has("fieldPath") ? ":" + source.text("fieldPath") : "");
    }

    private static boolean meant(Res res, Obj source) {
        List<ResId> ids = new ArrayList<>(res.previous);
        ids.add(res.id());
        return ids.stream()
                .anyMatch(id -> id.isOfKind(source.text("group"), source.text("version"), source.text("kind"))
                        && (source.text("name").isEmpty() || source.text("name").equals(id.name()))
                        && (source.text("namespace").isEmpty()
                                || sourceId(source).effectiveNamespace().equals(id.effectiveNamespace())));
    }

    private static JsonNode refined(Obj options, JsonNode value) {
        if (options.text("delimiter").isEmpty()) {
            return value;
        }
        if (value.isContainerNode()) {
            throw new KustomizeError("delimiter option can only be used with scalar nodes");
        }
        String[] parts = value.asText().split(Pattern.quote(options.text("delimiter")), -1);
        int index = (int) options.number("index");
        if (index < 0 || index >= parts.length) {
            throw new KustomizeError("options.index " + index + " is out of bounds for value " + value.asText());
        }
        return Json.NODES.textNode(parts[index]);
    }

    private boolean selected(Res res, Obj target) {
        Obj select = target.obj("select");
        if (!ResList.labelled(res.object, select)) {
            return false;
        }
        List<ResId> ids = new ArrayList<>(res.previous);
        ids.add(res.id());
        for (Obj reject : target.list("reject")) {
            boolean byLabel = reject.has("labelSelector") || reject.has("annotationSelector");
            if (byLabel && ResList.labelled(res.object, reject)) {
                return false;
            }
            boolean byId = List.of("group", "version", "kind", "name", "namespace").stream()
                    .anyMatch(reject::has);
            if (byId && ids.stream().anyMatch(id -> fits(id, reject))) {
                return false;
            }
        }
        return ids.stream().anyMatch(id -> fits(id, select));
    }

    private static boolean fits(ResId id, Obj selector) {
        return ResList.ofKind(id, selector)
                && ResList.matches(selector, "name", id.name())
                && ResList.matches(selector, "namespace", id.namespace());
    }

    private static void copy(Res res, JsonNode value, Obj target) {
        Obj options = target.obj("options");
        List<String> paths = target.texts("fieldPaths");
        for (String path : paths.isEmpty() ? List.of("metadata.name") : paths) {
            boolean create = options.bool("create");
            List<FieldPath.Place> places = FieldPath.of(path).find(res.object.node(), create);
            if (places.isEmpty()) {
                throw new KustomizeError("unable to find " + (create ? "or create " : "") + "field "
                        + GoText.quoted(path) + " in replacement target");
            }
            for (FieldPath.Place place : places) {
                place.set(merged(options, place.value(), value));
            }
        }
    }

    private static JsonNode merged(Obj options, JsonNode before, JsonNode value) {
        if (options.text("delimiter").isEmpty()) {
            return scalar(before, value);
        }
        if (before.isContainerNode()) {
            throw new KustomizeError("delimiter option can only be used with scalar nodes");
        }
        String delimiter = options.text("delimiter");
        List<String> parts = new ArrayList<>(Arrays.asList(before.asText().split(Pattern.quote(delimiter), -1)));
        int index = (int) options.number("index");
        if (index < 0) {
            parts.add(0, value.asText());
        } else if (index >= parts.size()) {
            parts.add(value.asText());
        } else {
            parts.set(index, value.asText());
        }
        return Json.NODES.textNode(String.join(delimiter, parts));
    }

    /** A plain value takes the type of the one it replaces, where it can. */
    private static JsonNode scalar(JsonNode before, JsonNode value) {
        if (value.isContainerNode() || before.isContainerNode() || before.isMissingNode() || before.isNull()) {
            return value.deepCopy();
        }
        if (before.isTextual()) {
            return Json.NODES.textNode(value.asText());
        }
        try {
            return value.isTextual() ? Json.read(value.asText()) : value;
        } catch (RuntimeException e) {
            return value;
        }
    }
}
