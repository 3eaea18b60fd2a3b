package dev.kubejar.cli.advanced;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.Disk;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.Kustomizations;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** {@code kubectl kustomize}. */
public final class Kustomize implements Command {
    @Override
    public void flags(Flags flags) {
        flags.bool("as-current-user", false)
                .bool("enable-alpha-plugins", false)
                .bool("enable-helm", false)
                .array("env", 'e')
                .array("helm-api-versions")
                .string("helm-command", "helm")
                .bool("helm-debug", false)
                .string("helm-kube-version", "")
                .string("load-restrictor", "LoadRestrictionsRootOnly")
                .array("mount")
                .bool("network", false)
                .string("network-name", "bridge")
                .string("output", 'o', "");
    }

    @Override
    public int run(Invocation call) {
        if (call.arguments().size() > 1) {
            throw new CliError("specify one path to kustomization.yaml");
        }
        String restrictor = call.flags().text("load-restrictor");
        if (!restrictor.equals("LoadRestrictionsRootOnly") && !restrictor.equals("LoadRestrictionsNone")) {
            throw new CliError("illegal flag value --load-restrictor " + restrictor
                    + "; legal values: [LoadRestrictionsRootOnly LoadRestrictionsNone]");
        }
        String folder = call.arguments().isEmpty() ? "." : call.arguments().get(0);
        List<Obj> objects =
                Kustomizations.objects(call.session(), folder, restrictor.equals("LoadRestrictionsRootOnly"));
        String output = call.flags().text("output");
        if (output.isEmpty()) {
            call.out().print(Kustomizations.text(objects));
        } else {
            write(call.session().path(output), objects);
        }
        return 0;
    }

    /** Into a file, or, where there is a folder of that name, into a file an object. */
    private static void write(Path output, List<Obj> objects) {
        try {
            if (!Files.isDirectory(output)) {
                Files.writeString(output, Kustomizations.text(objects));
                return;
            }
            for (Obj object : objects) {
                String version = object.apiVersion().replace('/', '_').toLowerCase(Locale.ROOT);
                String name = (object.namespace().isEmpty() ? "" : object.namespace() + "_") + version + "_"
                        + object.kind().toLowerCase(Locale.ROOT) + "_" + object.name() + ".yaml";
                Files.writeString(output.resolve(name), Yaml.write(object.node()));
            }
        } catch (IOException e) {
            throw new CliError("open " + output + ": " + Disk.reason(e));
        }
    }
}
