package dev.kubejar.cli.explain;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Go;
import dev.kubejar.cli.Invocation;
import dev.kubejar.client.ApiResource;
import dev.kubejar.client.Resources;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.FieldSchema;
import dev.kubejar.schema.FieldType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code kubectl explain}. */
public final class Explain implements Command {
    private record Target(ApiResource resource, List<String> path) {}

    private Invocation call;

    @Override
    public void flags(Flags flags) {
        flags.bool("recursive", 'R', false).string("api-version", "").string("output", 'o', "plaintext");
    }

    @Override
    public int run(Invocation invocation) {
        call = invocation;
        Flags flags = call.flags();
        if (call.arguments().isEmpty()) {
            throw new CliError("You must specify the type of resource to explain. Use \"kubectl api-resources\" for a"
                    + " complete list of supported resources.\n");
        }
        if (call.arguments().size() > 1) {
            throw new CliError("We accept only this format: explain RESOURCE\n");
        }
        Target target =
                target(call.arguments().get(0), flags.text("api-version").isEmpty());
        String output = flags.text("output");
        ApiResource resource = inVersion(target.resource, flags.text("api-version"));
        if (output.equals("plaintext-openapiv2")) {
            Explained explained = Explained.find(resource, type(resource), target.path);
            call.out().print(OldPlainText.of(explained, flags.on("recursive")));
            return 0;
        }
        if (!output.equals("plaintext")) {
            throw new CliError("unrecognized format: " + output);
        }
        FieldType type = type(resource);
        call.out().print(PlainText.head(resource));
        call.out().print(PlainText.body(Explained.find(resource, type, target.path), flags.on("recursive")));
        return 0;
    }

    /** Parts {@code deployments.apps.spec.paused} where the resource, with its group or without, ends. */
    private Target target(String argument, boolean withGroup) {
        List<String> words = new ArrayList<>(Arrays.asList(argument.split("\\.")));
        if (words.isEmpty() || words.get(0).isEmpty()) {
            throw new CliError("invalid jsonpath syntax, first node must be field node");
        }
        ApiResource first = named(words.get(0));
        if (withGroup) {
            for (ApiResource each : call.mapper().all()) {
                String full = each.resource().groupResource();
                if (each.name().equals(first.name()) && argument.startsWith(full)) {
                    String rest = argument.substring(full.length());
                    return new Target(each, fields(rest.startsWith(".") ? rest.substring(1) : ""));
                }
            }
        }
        return new Target(first, words.subList(1, words.size()));
    }

    private static List<String> fields(String path) {
        return path.isEmpty() ? List.of() : Arrays.asList(path.split("\\."));
    }

    private ApiResource named(String word) {
        try {
            return call.mapper().resource(word);
        } catch (CliError e) {
            throw CliError.plain(e.getMessage());
        }
    }

    private ApiResource inVersion(ApiResource resource, String version) {
        if (version.isEmpty() || version.equals(resource.groupVersion())) {
            return resource;
        }
        if (version.indexOf('/') != version.lastIndexOf('/')) {
            throw new CliError("unexpected GroupVersion string: " + version);
        }
        boolean served = false;
        for (ApiResource each : call.mapper().all()) {
            served |= each.groupVersion().equals(version);
            if (each.groupVersion().equals(version) && each.name().equals(resource.name())) {
                return each;
            }
        }
        String asked = (version.contains("/") ? version : "/" + version) + ", Resource=" + resource.name();
        throw new CliError(
                served
                        ? "GVR (" + asked + ") not found in OpenAPI schema"
                        : "couldn't find resource for " + Go.quote(asked));
    }

    private FieldType type(ApiResource resource) {
        FieldType builtIn = FieldSchema.forKind(resource.groupVersion(), resource.kind());
        FieldType type = builtIn != null ? builtIn : defined(resource);
        if (type == null) {
            throw new CliError("couldn't find resource for "
                    + Go.quote(resource.groupVersion() + ", Resource=" + resource.name()));
        }
        return type;
    }

    /** The type that a CustomResourceDefinition gives a resource; null where there is none. */
    private FieldType defined(ApiResource resource) {
        String name = resource.name() + "." + resource.group();
        Obj definition = call.client()
                .find(Resources.CUSTOMRESOURCEDEFINITIONS, "", name)
                .orElse(Obj.create());
        for (Obj version : definition.list("spec.versions")) {
            if (version.text("name").equals(resource.resource().version())) {
                return FieldSchema.fromOpenApi(version.at("schema.openAPIV3Schema"));
            }
        }
        return null;
    }
}
