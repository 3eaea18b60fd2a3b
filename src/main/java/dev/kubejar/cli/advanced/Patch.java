package dev.kubejar.cli.advanced;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.cli.Changing;
import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.Disk;
import dev.kubejar.cli.DryRun;
import dev.kubejar.cli.FileOptions;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Go;
import dev.kubejar.cli.Info;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.LocalPatch;
import dev.kubejar.cli.PrintFlags;
import dev.kubejar.cli.ResourceBuilder;
import dev.kubejar.client.Request;
import dev.kubejar.client.Request.PatchType;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.object.ParseError;
import dev.kubejar.object.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;

/** {@code kubectl patch}. */
public final class Patch implements Command {
    private Invocation call;
    private Flags flags;
    private DryRun dryRun;
    private PatchType type;

    @Override
    public void flags(Flags declared) {
        PrintFlags.declare(declared);
        FileOptions.declare(declared);
        DryRun.declare(declared);
        declared.string("field-manager", "kubectl-patch")
                .bool("local", false)
                .string("patch", 'p', "")
                .string("patch-file", "")
                .string("subresource", "")
                .string("type", "strategic");
    }

    @Override
    public int run(Invocation invocation) {
        call = invocation;
        flags = call.flags();
        dryRun = DryRun.of(flags);
        validate();
        type = type(flags.text("type"));
        JsonNode patch = read();
        int[] count = {0};
        boolean local = flags.on("local");
        new ResourceBuilder(call)
                .continueOnError()
                .local(local)
                .namespace()
                .files(FileOptions.of(flags))
                .subresource(flags.text("subresource"))
                .arguments(false, call.arguments())
                .flatten()
                .build()
                .visit(info -> {
                    count[0]++;
                    one(info, patch, local || dryRun.client());
                });
        if (count[0] == 0) {
            throw new CliError("no objects passed to patch");
        }
        return 0;
    }

    private void validate() {
        boolean inline = !flags.text("patch").isEmpty();
        boolean file = !flags.text("patch-file").isEmpty();
        if (inline && file) {
            throw new CliError("cannot specify --patch and --patch-file together");
        }
        if (!inline && !file) {
            throw new CliError("must specify --patch or --patch-file containing the contents of the patch");
        }
        if (flags.on("local") && !call.arguments().isEmpty()) {
            throw new CliError("cannot specify --local and server resources");
        }
        if (flags.on("local") && dryRun.server()) {
            throw new CliError("cannot specify --local and --dry-run=server - did you mean --dry-run=client?");
        }
    }

    private static PatchType type(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "json" -> PatchType.JSON;
            case "merge" -> PatchType.MERGE;
            case "strategic", "" -> PatchType.STRATEGIC;
            default -> throw new CliError("--type must be one of [json merge strategic], not " + Go.quote(name));
        };
    }

    private JsonNode read() {
        String text = flags.text("patch");
        if (text.isEmpty()) {
            try {
                text = Files.readString(call.session().path(flags.text("patch-file")));
            } catch (IOException e) {
                throw new CliError(
                        "unable to read patch file: open " + flags.text("patch-file") + ": " + Disk.reason(e));
            }
        }
        try {
            return Yaml.readEither(text);
        } catch (ParseError e) {
            if (text.stripLeading().startsWith("{") || text.stripLeading().startsWith("[")) {
                throw ApiError.badRequest(e.getMessage());
            }
            throw new CliError("unable to parse " + Go.quote(flags.text("patch")) + ": " + e.getMessage());
        }
    }

    private void one(Info info, JsonNode patch, boolean local) {
        Obj before = info.object();
        Obj after;
        if (local) {
            after = LocalPatch.apply(type, before, patch);
        } else {
            Request request = Request.patch(info.ref().resource(), info.namespace(), info.name(), type, patch)
                    .subresource(flags.text("subresource"));
            after = sent(info, Changing.options(request, flags, dryRun));
        }
        String operation = before.node().equals(after.node()) ? "patched (no change)" : "patched";
        PrintFlags.of(call, dryRun.done(operation)).print(after, call.out());
    }

    private Obj sent(Info info, Request request) {
        try {
            return call.call(request).object();
        } catch (ApiError e) {
            if (!e.is("UnsupportedMediaType")) {
                throw e;
            }
            Obj object = info.object();
            String version = object.apiVersion();
            String kind = version.contains("/") ? version : "/" + version;
            throw new CliError(type.contentType + " is not supported by " + kind + ", Kind=" + object.kind() + ": "
                    + e.getMessage());
        }
    }
}
