package dev.kubejar.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.client.Request;
import dev.kubejar.client.Request.PatchType;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.GoJson;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.object.ParseError;
import dev.kubejar.object.Yaml;
import dev.kubejar.print.PrintOptions;
import dev.kubejar.print.Printer;
import dev.kubejar.print.Printers;
import dev.kubejar.schema.FieldSchema;
import dev.kubejar.schema.FieldType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Changing objects in the user's editor, again and again until what was written is taken, nothing changed, or it cannot
 * be taken: kubectl's edit, edit-last-applied and create --edit.
 */
public final class Editing {
    private enum Mode {
        NORMAL,
        LAST_APPLIED,
        BEFORE_CREATE
    }

    private final Invocation call;
    private final Mode mode;
    private final Editor editor;
    private final boolean json;
    private final List<String> reasons = new ArrayList<>();
    private Path kept;
    private Path file;
    private int invalid;
    private int retryable;
    private int missing;

    private Editing(Invocation call, Mode mode) {
        this.call = call;
        this.mode = mode;
        this.editor = new Editor(call.session());
        this.json = call.flags().has("output") && call.flags().text("output").equals("json");
    }

    /** Edits objects of the server. */
    public static int objects(Invocation call, List<Info> infos) {
        if (infos.isEmpty()) {
            throw new CliError("edit cancelled, no objects found");
        }
        new Editing(call, Mode.NORMAL).edit(infos);
        return 0;
    }

    /** Edits the configurations that the objects' annotations keep. */
    public static int lastApplied(Invocation call, List<Info> infos) {
        List<Info> annotated = new ArrayList<>();
        for (Info info : infos) {
            String text = info.object().annotation(Changing.LAST_APPLIED);
            if (!text.isEmpty()) {
                annotated.add(read(call, text.getBytes(StandardCharsets.UTF_8)).get(0));
            }
        }
        if (annotated.isEmpty()) {
            throw new CliError("no last-applied-configuration annotation found on resources, to create the annotation,"
                    + " use command `kubectl apply set-last-applied --create-annotation`");
        }
        new Editing(call, Mode.LAST_APPLIED).edit(annotated);
        return 0;
    }

    /** Edits manifests before they are created. */
    public static int onCreate(Invocation call, FileOptions files) {
        new ResourceBuilder(call)
                .continueOnError()
                .namespace()
                .files(files)
                .flatten()
                .build()
                .visit(info -> new Editing(call, Mode.BEFORE_CREATE).edit(List.of(info)));
        return 0;
    }

    private static List<Info> read(Invocation call, byte[] content) {
        List<Info> infos = new ArrayList<>();
        new Manifests.Source("edited-file", null, content, false).read(call.session(), false, node -> {
            Obj object = Obj.of(node);
            if (object.kind().endsWith("List") && object.at("items").isArray()) {
                Manifests.items(object).forEach(item -> infos.add(Manifests.info(call.mapper(), item, "edited-file")));
            } else {
                infos.add(Manifests.info(call.mapper(), node, "edited-file"));
            }
        });
        return infos;
    }

    private void edit(List<Info> infos) {
        byte[] original = printed(infos);
        byte[] shown = original;
        byte[] edited = new byte[0];
        boolean again = false;
        while (true) {
            byte[] before = edited;
            edited = launch(shown);
            if (again && same(before, edited)) {
                throw preserved(new CliError("Edit cancelled, no valid changes were saved."), file);
            }
            discard(kept);
            reasons.clear();
            invalid = 0;
            kept = file;
            String fault = fault(edited);
            if (!fault.isEmpty()) {
                call.err().println("error: " + resource(infos.get(0)) + " is invalid");
                reasons.add(
                        resource(infos.get(0)) + " was not valid:\n# * <nil>: Invalid value: \"The edited file failed"
                                + " validation\": " + fault);
            } else if (same(original, edited)) {
                cancelled("no changes made.");
                return;
            } else if (!hasLines(edited)) {
                cancelled("saved file was empty.");
                return;
            } else if (taken(infos, edited)) {
                return;
            }
            again = true;
            shown = concat(header(), uncommented(edited));
        }
    }

    private byte[] launch(byte[] shown) {
        Path next = null;
        try {
            next = editor.file(shown, json ? ".json" : ".yaml");
            file = next;
            return editor.edit(next);
        } catch (CliError e) {
            throw preserved(e, kept);
        }
    }

    private void cancelled(String why) {
        discard(file);
        call.err().println("Edit cancelled, " + why);
    }

    /** Whether it is over: everything was taken, or what was not cannot be mended in the editor. */
    private boolean taken(List<Info> infos, byte[] edited) {
        List<Info> updated;
        try {
            updated = read(call, edited);
        } catch (CliError e) {
            reasons.add("The edited file had a syntax error: " + e.getMessage());
            return false;
        }
        try {
            updated.forEach(this::requireNamespace);
            for (Info info : updated) {
                save(infos, info);
            }
        } catch (ApiError | CliError e) {
            throw preserved(e, file);
        }
        if (retryable > 0) {
            call.err().println("You can run `kubectl replace -f " + file + "` to try this update again.");
            throw CliError.exit(1);
        }
        if (missing > 0) {
            call.err()
                    .println("The edits you made on deleted resources have been saved to " + Go.quote(file.toString()));
            throw CliError.exit(1);
        }
        if (invalid == 0) {
            discard(file);
            return true;
        }
        return false;
    }

    private void requireNamespace(Info info) {
        if (!info.namespaced()) {
            return;
        }
        if (info.namespace().isEmpty()) {
            info.namespace(call.namespace());
        }
        if (!info.namespace().equals(call.namespace())) {
            throw new CliError("the namespace from the provided object " + Go.quote(info.namespace())
                    + " does not match the namespace " + Go.quote(call.namespace()) + ". You must pass '--namespace="
                    + info.namespace() + "' to perform this operation.");
        }
    }

    private void save(List<Info> infos, Info info) {
        Flags flags = call.flags();
        if (flags.has("save-config") && flags.on("save-config")) {
            Changing.annotate(info.object(), true, false);
        }
        if (mode == Mode.BEFORE_CREATE) {
            info.object().remove("metadata.resourceVersion");
            Request request = Request.create(info.ref().resource(), info.namespace(), info.object());
            print(call.call(Changing.options(request, flags, DryRun.NONE)).object(), "created");
            return;
        }
        Obj original = original(infos, info);
        if (original.node().equals(info.object().node())) {
            print(info.object(), "skipped");
        } else if (mode == Mode.LAST_APPLIED) {
            annotate(info);
        } else {
            patch(infos, original, info);
        }
    }

    private static Obj original(List<Info> infos, Info edited) {
        for (Info info : infos) {
            if (info.object().uid().equals(edited.object().uid())) {
                return info.object().copy().remove("metadata.managedFields");
            }
        }
        throw new CliError("no original object found for " + edited.object());
    }

    private void annotate(Info info) {
        String text = GoJson.compact(info.object().node()) + "\n";
        Obj patch = Obj.create().setAnnotation(Changing.LAST_APPLIED, text);
        Request request =
                Request.patch(info.ref().resource(), info.namespace(), info.name(), PatchType.MERGE, patch.node());
        call.call(Changing.options(request, call.flags(), DryRun.NONE));
        print(info.object(), "edited");
    }

    private void patch(List<Info> infos, Obj original, Info info) {
        FieldType type =
                FieldSchema.forKind(info.object().apiVersion(), info.object().kind());
        ObjectNode patch = type == null
                ? MergeDiff.twoWay(original.node(), info.object().node())
                : StrategicDiff.twoWay(original.node(), info.object().node(), type);
        Obj changes = Obj.of(patch);
        if (patch.has("apiVersion")
                || patch.has("kind")
                || !changes.at("metadata.name").isMissingNode()) {
            throw new CliError("At least one of apiVersion, kind and name was changed");
        }
        if (call.flags().on("output-patch")) {
            call.out().println("Patch: " + GoJson.compact(patch));
        }
        Request request = Request.patch(
                        info.ref().resource(),
                        info.namespace(),
                        info.name(),
                        type == null ? PatchType.MERGE : PatchType.STRATEGIC,
                        patch)
                .subresource(infos.get(0).subresource());
        try {
            print(
                    call.call(Changing.options(request, call.flags(), DryRun.NONE))
                            .object(),
                    "edited");
        } catch (ApiError e) {
            call.err().println(refused(e, info));
        }
    }

    private String refused(ApiError e, Info info) {
        if (e.is("Invalid")) {
            invalid++;
            StringBuilder reason = new StringBuilder(resource(info)).append(" was not valid");
            reason.append(e.causes().isEmpty() ? "" : ":");
            e.causes().forEach(cause -> reason.append("\n# * ")
                    .append(cause.field())
                    .append(": ")
                    .append(cause.message()));
            reasons.add(reason.toString());
            return "error: " + resource(info) + " is invalid";
        }
        if (e.is("NotFound")) {
            missing++;
            return "error: " + resource(info) + " could not be found on the server";
        }
        retryable++;
        return "error: " + resource(info) + " could not be patched: " + e.getMessage();
    }

    private static String resource(Info info) {
        return info.resource().resource().groupResource() + " " + Go.quote(info.name());
    }

    private void print(Obj object, String operation) {
        PrintFlags.of(call, operation).print(object, call.out());
    }

    private byte[] printed(List<Info> infos) {
        Obj object = infos.get(0).object();
        if (infos.size() > 1) {
            List<Obj> items = infos.stream().map(Info::object).toList();
            object = Obj.create("v1", "List").set("items", items);
            object.child("metadata");
        }
        Printer printer = Printers.of(json ? "json" : "yaml", PrintOptions.operation(""));
        StringBuilder text = new StringBuilder();
        printer.print(object, text);
        return concat(header(), text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private byte[] header() {
        if (json) {
            return new byte[0];
        }
        StringBuilder head = new StringBuilder(mode == Mode.LAST_APPLIED ? """
                        # Please edit the 'last-applied-configuration' annotations below.
                        # Lines beginning with a '#' will be ignored, and an empty file will abort the edit.
                        #
                        """ : """
                        # Please edit the object below. Lines beginning with a '#' will be ignored,
                        # and an empty file will abort the edit. If an error occurs while saving this file will be
                        # reopened with the relevant failures.
                        #
                        """);
        reasons.forEach(reason ->
                head.append("# ").append(reason.replaceAll("\n(?!#)", "\n# ")).append("\n#\n"));
        return head.toString().getBytes(StandardCharsets.UTF_8);
    }

    private byte[] concat(byte[] head, byte[] body) {
        String text = new String(head, StandardCharsets.UTF_8) + new String(body, StandardCharsets.UTF_8);
        boolean windows =
                call.flags().has("windows-line-endings") && call.flags().on("windows-line-endings");
        return (windows ? text.replace("\r\n", "\n").replace("\n", "\r\n") : text).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] uncommented(byte[] text) {
        StringBuilder kept = new StringBuilder();
        new String(text, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.strip().startsWith("#"))
                .forEach(line -> kept.append(line).append('\n'));
        return kept.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static boolean hasLines(byte[] text) {
        return !new String(uncommented(text), StandardCharsets.UTF_8).isBlank();
    }

    private boolean same(byte[] a, byte[] b) {
        JsonNode one = parsed(a);
        JsonNode other = parsed(b);
        return one != null && other != null
                ? one.equals(other)
                : java.util.Arrays.equals(uncommented(a), uncommented(b));
    }

    /** The one document of a text; null where it has none, or is none. */
    private JsonNode parsed(byte[] text) {
        JsonNode[] found = {null};
        try {
            new Manifests.Source("edited-file", null, text, false)
                    .read(call.session(), false, node -> found[0] = found[0] == null ? node : Json.array());
        } catch (CliError e) {
            return null;
        }
        return found[0];
    }

    /** What is wrong with the text before a server is asked; empty for nothing. */
    private String fault(byte[] text) {
        if (call.flags().has("validate") && Changing.validation(call.flags()).equals("Ignore")) {
            return "";
        }
        JsonNode document;
        try {
            document = Yaml.readEither(new String(uncommented(text), StandardCharsets.UTF_8));
        } catch (ParseError e) {
            return e.getMessage();
        }
        if (!document.isObject()) {
            return "invalid object to validate";
        }
        List<String> faults = new ArrayList<>();
        for (String field : List.of("apiVersion", "kind")) {
            if (document.path(field).isMissingNode() || document.path(field).isNull()) {
                faults.add(field + " not set");
            } else if (!document.path(field).isTextual()) {
                faults.add(field + " isn't string type");
            }
        }
        return faults.size() > 1 ? "[" + String.join(", ", faults) + "]" : String.join("", faults);
    }

    private RuntimeException preserved(RuntimeException failure, Path where) {
        if (where != null && Files.exists(where)) {
            call.err().println("A copy of your changes has been stored to " + Go.quote(where.toString()));
        }
        return failure;
    }

    private static void discard(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // a file too many does no harm
        }
    }
}
