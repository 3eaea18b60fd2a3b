package dev.kubejar.cli.other;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Go;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.PrintFlags;
import dev.kubejar.client.ApiResource;
import dev.kubejar.object.Obj;
import dev.kubejar.print.TabWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code kubectl api-resources}. */
public final class ApiResources implements Command {
    @Override
    public void flags(Flags flags) {
        flags.string("output", 'o', "")
                .bool("show-managed-fields", false)
                .string("api-group", "")
                .bool("cached", false)
                .slice("categories")
                .bool("namespaced", true)
                .bool("no-headers", false)
                .string("sort-by", "")
                .slice("verbs");
    }

    @Override
    public int run(Invocation call) {
        Flags flags = call.flags();
        if (!call.arguments().isEmpty()) {
            throw call.usage("unexpected arguments: [" + String.join(" ", call.arguments()) + "]");
        }
        String output = flags.text("output");
        if (!Set.of("", "wide", "name", "json", "yaml", "kyaml").contains(output)) {
            throw new CliError("unable to match a printer suitable for the output format " + Go.quote(output)
                    + ", allowed formats are: json,kyaml,name,wide,yaml");
        }
        if (!Set.of("", "name", "kind").contains(flags.text("sort-by"))) {
            throw new CliError("--sort-by accepts only name or kind");
        }
        List<ApiResource> found = chosen(call);
        switch (output) {
            case "name" ->
                found.forEach(each -> call.out().println(each.resource().groupResource()));
            case "json" -> PrintFlags.ordered(call).print(list(found), call.out());
            case "yaml", "kyaml" -> PrintFlags.of(call, "").print(list(found), call.out());
            default -> table(call, found, output.equals("wide"));
        }
        return 0;
    }

    private static List<ApiResource> chosen(Invocation call) {
        Flags flags = call.flags();
        Set<String> seen = new HashSet<>();
        List<ApiResource> found = new ArrayList<>();
        for (ApiResource each : call.mapper().all()) {
            boolean wanted = (!flags.changed("api-group") || each.group().equals(flags.text("api-group")))
                    && (!flags.changed("namespaced") || each.namespaced() == flags.on("namespaced"))
                    && each.verbs().containsAll(flags.list("verbs"))
                    && each.categories().containsAll(flags.list("categories"));
            if (seen.add(each.resource().groupResource()) && wanted) {
                found.add(each);
            }
        }
        Comparator<ApiResource> order =
                switch (flags.text("sort-by")) {
                    case "name" -> Comparator.comparing(ApiResource::name);
                    case "kind" -> Comparator.comparing(ApiResource::kind);
                    default -> Comparator.comparing(ApiResource::group);
                };
        found.sort(order.thenComparing(ApiResource::name));
        return found;
    }

    private static void table(Invocation call, List<ApiResource> found, boolean wide) {
        StringBuilder text = new StringBuilder();
        TabWriter table = TabWriter.forTables(text);
        if (!call.flags().on("no-headers")) {
            table.append("NAME\tSHORTNAMES\tAPIVERSION\tNAMESPACED\tKIND" + (wide ? "\tVERBS\tCATEGORIES\n" : "\n"));
        }
        for (ApiResource each : found) {
            table.append(each.name() + "\t" + String.join(",", each.shortNames()) + "\t" + each.groupVersion() + "\t"
                    + each.namespaced() + "\t" + each.kind());
            if (wide) {
                table.append("\t" + String.join(",", each.verbs()) + "\t" + String.join(",", each.categories()));
            }
            table.append("\n");
        }
        table.flush();
        call.out().print(text.toString());
    }

    private static Obj list(List<ApiResource> found) {
        List<Obj> items = new ArrayList<>();
        for (ApiResource each : found) {
            Obj item = Obj.create().set("name", each.name()).set("singularName", each.singular());
            item.set("namespaced", each.namespaced());
            if (!each.group().isEmpty()) {
                item.set("group", each.group());
            }
            item.set("version", each.resource().version()).set("kind", each.kind());
            item.setTexts("verbs", each.verbs());
            if (!each.shortNames().isEmpty()) {
                item.setTexts("shortNames", each.shortNames());
            }
            if (!each.categories().isEmpty()) {
                item.setTexts("categories", each.categories());
            }
            items.add(item);
        }
        return Obj.create()
                .set("kind", "APIResourceList")
                .set("apiVersion", "v1")
                .set("groupVersion", "")
                .set("resources", items);
    }
}
