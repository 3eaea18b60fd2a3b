package dev.kubejar.cli.kustomize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.GoText;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.patch.JsonPatch;
import dev.kubejar.schema.patch.PatchError;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Lays the patches of a kustomization over its objects: strategic merges, and lists of JSON operations (RFC 6902). */
final class Patches {
    private final Root root;
    private final ResList list;

    Patches(Root root, ResList list) {
        this.root = root;
        this.list = list;
    }

    /** {@code patchesStrategicMerge}: a file, or the patch itself. */
    void strategic(String given) {
        List<Res> patches;
        try {
            patches = Texts.objects(given.getBytes(StandardCharsets.UTF_8));
        } catch (KustomizeError e) {
            patches = Texts.objects(root.read(given));
        }
        for (Res patch : patches) {
            merge(list.unique(patch.id()), patch, Obj.create());
        }
    }

    /** {@code patches}. */
    void patch(Obj entry) {
        String inline = entry.text("patch").strip();
        String path = entry.text("path");
        if (inline.isEmpty() == path.isEmpty()) {
            throw configuring(
                    entry,
                    (inline.isEmpty()
                                    ? "must specify one of patch and path in\n"
                                    : "patch and path can't be set at the same time\n")
                            + config(entry));
        }
        String text = inline.isEmpty() ? load(entry, path) : inline;
        String source =
                inline.isEmpty() ? "[path: " + GoText.quoted(path) + "]" : "[patch: " + GoText.quoted(inline) + "]";
        JsonNode operations = operations(text);
        if (operations != null) {
            json(entry, operations, source);
        } else {
            merge(entry, text, source);
        }
    }

    private String load(Obj entry, String path) {
        try {
            return new String(root.read(path), StandardCharsets.UTF_8);
        } catch (KustomizeError e) {
            throw configuring(entry, "failed to get the patch file from path(" + path + "): " + e.getMessage());
        }
    }

    private static KustomizeError configuring(Obj entry, String message) {
        return configuring("PatchTransformer", entry, message);
    }

    /** A built-in part of kustomize, named by what it makes or changes, does not take its configuration. */
    static KustomizeError configuring(String plugin, Obj entry, String message) {
        return new KustomizeError(
                "trouble configuring builtin " + plugin + " with config: `\n" + config(entry) + "`: " + message);
    }

    private static String config(Obj entry) {
        return dev.kubejar.object.Yaml.write(entry.node());
    }

    /** The operations of a JSON patch; null where the text is none. */
    private static JsonNode operations(String text) {
        try {
            List<JsonNode> documents = Texts.documents(text.getBytes(StandardCharsets.UTF_8));
            return documents.size() == 1 && documents.get(0).isArray() ? documents.get(0) : null;
        } catch (KustomizeError e) {
            return null;
        }
    }

    private void json(Obj entry, JsonNode operations, String source) {
        if (!entry.has("target")) {
            throw new KustomizeError("must specify a target for JSON patch " + source);
        }
        for (Res res : list.select(entry.obj("target"))) {
            res.remember();
            try {
                res.object = Obj.of((ObjectNode) JsonPatch.apply(res.object.node(), operations));
            } catch (PatchError e) {
                throw new KustomizeError(e.getMessage());
            }
        }
    }

    private void merge(Obj entry, String text, String source) {
        List<Res> patches;
        try {
            patches = Texts.objects(text.getBytes(StandardCharsets.UTF_8));
        } catch (KustomizeError e) {
            throw configuring(entry, "unable to parse SM or JSON patch from " + source);
        }
        if (entry.has("target")) {
            if (patches.size() > 1) {
                throw new KustomizeError("Multiple Strategic-Merge Patches in one `patches` entry is not allowed to set"
                        + " `patches.target` field: " + source);
            }
            for (Res res : list.select(entry.obj("target"))) {
                merge(res, patches.get(0), entry.obj("options"));
            }
            return;
        }
        for (Res patch : patches) {
            Res target;
            try {
                target = list.unique(patch.id());
            } catch (KustomizeError e) {
                throw e.during("no resource matches strategic merge patch "
                        + GoText.quoted(patch.id().toString()));
            }
            merge(target, patch, entry.obj("options"));
        }
    }

    private void merge(Res target, Res patch, Obj options) {
        ResId before = target.id();
        boolean names = options.bool("allowNameChange");
        boolean kinds = options.bool("allowKindChange");
        if (names || kinds) {
            target.remember();
        }
        if (!StrategicPatch.apply(target.object.node(), patch.object.node().deepCopy())) {
            list.all.remove(target);
            return;
        }
        if (!kinds) {
            target.object.set("kind", before.kind());
        }
        if (!names) {
            target.name(before.name());
        }
        if (before.namespace().isEmpty()) {
            target.object.remove("metadata.namespace");
        } else {
            target.object.set("metadata.namespace", before.namespace());
        }
    }
}
