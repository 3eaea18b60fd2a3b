package dev.kubejar.cli.set;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.create.ResourceList;
import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code kubectl set resources}. */
public final class SetResources extends TemplateChange {
    private Map<String, String> limits = Map.of();
    private Map<String, String> requests = Map.of();

    @Override
    void declare(Flags declared) {
        declared.string("containers", 'c', "*")
                .string("limits", "")
                .string("requests", "")
                .string("selector", 'l', "");
    }

    @Override
    String operation() {
        return "resource requirements updated";
    }

    @Override
    List<String> parse() {
        return call.arguments();
    }

    @Override
    void validate(List<String> resources) {
        if (flags.on("local") && dryRun.server()) {
            throw new CliError("cannot specify --local and --dry-run=server - did you mean --dry-run=client?");
        }
        if (flags.on("all") && !flags.text("selector").isEmpty()) {
            throw new CliError("cannot set --all and --selector at the same time");
        }
        if (flags.text("limits").isEmpty() && flags.text("requests").isEmpty()) {
            throw new CliError("you must specify an update to requests or limits (in the form of --requests/--limits)");
        }
        limits = ResourceList.parse(flags.text("limits"));
        requests = ResourceList.parse(flags.text("requests"));
    }

    @Override
    void change(Obj object, Obj podSpec) {
        List<Obj> chosen = new ArrayList<>(containers(podSpec, true));
        chosen.removeIf(each -> !Patterns.matches(each.text("name"), flags.text("containers")));
        if (chosen.isEmpty()) {
            failures.add(new CliError("error: unable to find container named " + flags.text("containers")));
        }
        for (Obj container : chosen) {
            put(container, "limits", limits);
            put(container, "requests", requests);
        }
    }

    private static void put(Obj container, String kind, Map<String, String> amounts) {
        amounts.forEach((resource, amount) ->
                container.child("resources." + kind).node().put(resource, amount));
    }

    @Override
    String failure() {
        return "failed to patch resources update to pod template ";
    }
}
