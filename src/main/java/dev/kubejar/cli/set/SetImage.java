package dev.kubejar.cli.set;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.FileOptions;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Go;
import dev.kubejar.cli.Pairs;
import dev.kubejar.object.Obj;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code kubectl set image}. */
public final class SetImage extends TemplateChange {
    private Map<String, String> images = Map.of();

    @Override
    void declare(Flags declared) {
        declared.string("selector", 'l', "");
    }

    @Override
    String operation() {
        return "image updated";
    }

    @Override
    List<String> parse() {
        Pairs pairs = Pairs.of(call.arguments(), "image").parse("image", false);
        images = new TreeMap<>(pairs.values());
        return pairs.resources();
    }

    @Override
    void validate(List<String> resources) {
        if (flags.on("all") && !flags.text("selector").isEmpty()) {
            failures.add(new CliError("cannot set --all and --selector at the same time"));
        }
        if (resources.isEmpty() && FileOptions.of(flags).isEmpty()) {
            failures.add(
                    new CliError("one or more resources must be specified as <resource> <name> or <resource>/<name>"));
        }
        if (images.isEmpty()) {
            failures.add(new CliError("at least one image update is required"));
        } else if (images.size() > 1 && images.containsKey("*")) {
            failures.add(new CliError("all containers are already specified by *, but saw more than one"
                    + " container_name=container_image pairs"));
        }
        if (flags.on("local") && dryRun.server()) {
            failures.add(new CliError("cannot specify --local and --dry-run=server - did you mean --dry-run=client?"));
        }
    }

    @Override
    void change(Obj object, Obj podSpec) {
        images.forEach((name, image) -> {
            boolean found = false;
            for (Obj container : containers(podSpec, true)) {
                if (name.equals("*") || container.text("name").equals(name)) {
                    container.set("image", image);
                    found = true;
                }
            }
            if (!found) {
                failures.add(new CliError("error: unable to find container named " + Go.quote(name)));
            }
        });
    }

    @Override
    String failure() {
        return "failed to patch image update to pod template: ";
    }
}
