package dev.kubejar.cli.advanced;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.cli.Changing;
import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.DryRun;
import dev.kubejar.cli.Errors;
import dev.kubejar.cli.Failures;
import dev.kubejar.cli.FileOptions;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Info;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.ResourceBuilder;
import dev.kubejar.client.ApiResource;
import dev.kubejar.client.Request;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.object.ParseError;
import dev.kubejar.object.Yaml;
import java.util.Map;
import java.util.TreeMap;

/** {@code kubectl diff}. */
public final class Diff implements Command {
    private Invocation call;
    private Flags flags;
    private Pruning pruning;
    private final Map<String, DiffFolders.Pair> pairs = new TreeMap<>();

    @Override
    public void flags(Flags declared) {
        FileOptions.declare(declared);
        declared.integer("concurrency", 1)
                .string("field-manager", "kubectl-client-side-apply")
                .bool("force-conflicts", false)
                .bool("prune", false)
                .array("prune-allowlist")
                .string("selector", 'l', "")
                .bool("server-side", false)
                .bool("show-managed-fields", false)
                .bool("show-secrets", false);
    }

    @Override
    public int run(Invocation invocation) {
        call = invocation;
        flags = call.flags();
        try {
            return compare();
        } catch (CliError e) {
            throw CliError.withCode(e.getMessage(), e.code() + 1);
        } catch (ApiError | Failures | ParseError e) {
            throw Errors.said(call.session(), e, 2);
        }
    }

    private int compare() {
        if (!call.arguments().isEmpty()) {
            throw call.usage("Unexpected args: " + call.arguments());
        }
        FileOptions files = FileOptions.of(flags);
        files.requireOne();
        if (flags.on("force-conflicts") && !flags.on("server-side")) {
            throw new CliError("--force-conflicts only works with --server-side");
        }
        pruning = flags.on("prune") ? Pruning.of(call, DryRun.SERVER) : null;
        new ResourceBuilder(call)
                .namespace()
                .files(files)
                .labels(flags.text("selector"))
                .flatten()
                .build()
                .visit(this::one);
        if (pruning != null) {
            pruning.each((resource, object) -> pairs.put(
                    name(resource, object.namespace(), object.name()),
                    new DiffFolders.Pair(Yaml.write(object.node()), null)));
        }
        return new DiffFolders(call, pairs).run();
    }

    private void one(Info info) {
        Obj local = info.object().copy();
        Obj live;
        try {
            live = info.get(call);
        } catch (ApiError e) {
            if (!e.is("NotFound") || e.getMessage().startsWith("namespaces ")) {
                throw e;
            }
            live = null;
        }
        Obj merged = merged(info, local, live);
        if (live != null && live.deleting()) {
            call.err()
                    .println("Warning: Detected changes to resource " + live.name()
                            + " which is currently being deleted.");
        }
        if (pruning != null && live != null) {
            pruning.visited(info);
        }
        String kind = info.resource().kind();
        String name = name(info.resource(), info.namespace(), info.name());
        Obj from = live == null ? null : shown(live);
        Obj to = shown(merged);
        if (kind.equals("Secret") && info.resource().group().isEmpty() && !flags.on("show-secrets")) {
            mask(from, to);
        }
        pairs.put(name, new DiffFolders.Pair(from == null ? null : Yaml.write(from.node()), Yaml.write(to.node())));
    }

    private static String name(ApiResource resource, String namespace, String name) {
        return (resource.group().isEmpty() ? "" : resource.group() + ".")
                + resource.resource().version() + "." + resource.kind() + "." + namespace + "." + name;
    }

    private Obj shown(Obj object) {
        Obj copy = object.copy();
        return flags.on("show-managed-fields") ? copy : copy.remove("metadata.managedFields");
    }

    private Obj merged(Info info, Obj local, Obj live) {
        if (flags.on("server-side")) {
            return call.call(Request.patch(
                                    info.ref().resource(),
                                    info.namespace(),
                                    info.name(),
                                    Request.PatchType.APPLY,
                                    local.node())
                            .fieldManager(flags.changed("field-manager") ? flags.text("field-manager") : "kubectl")
                            .force(flags.on("force-conflicts"))
                            .dryRun(true))
                    .object();
        }
        if (live == null) {
            return call.call(Changing.options(
                            Request.create(info.ref().resource(), info.namespace(), local), flags, DryRun.SERVER))
                    .object();
        }
        JsonNode modified = Json.read(Changing.configuration(local, false));
        return new Patcher(call, info, DryRun.SERVER).apply(modified);
    }

    /** Hides a Secret's values, still telling which differ. */
    private static void mask(Obj from, Obj to) {
        Map<String, String> before = from == null ? Map.of() : from.map("data");
        Map<String, String> after = to.map("data");
        before.forEach((key, value) -> {
            boolean changed = after.containsKey(key) && !after.get(key).equals(value);
            from.child("data").node().put(key, changed ? "*** (before)" : "***");
        });
        after.forEach((key, value) -> {
            boolean changed = before.containsKey(key) && !before.get(key).equals(value);
            to.child("data").node().put(key, changed ? "*** (after)" : "***");
        });
    }
}
