package dev.kubejar.cli.create;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Flags;
import dev.kubejar.object.Obj;
import java.util.List;
import java.util.Map;

/** {@code kubectl create quota}. */
public final class CreateQuota extends Generator {
    @Override
    void declare(Flags flags) {
        flags.string("hard", "").string("scopes", "");
    }

    @Override
    Obj build(String name) {
        if (name.isEmpty()) {
            throw new CliError("name must be specified");
        }
        Map<String, String> hard = ResourceList.parse(flags().text("hard"));
        Obj quota = object("v1", "ResourceQuota", name, true).set("spec", Obj.create());
        if (!hard.isEmpty()) {
            quota.set("spec.hard", hard);
        }
        if (!flags().text("scopes").isEmpty()) {
            List<String> scopes = List.of(flags().text("scopes").split(",", -1));
            if (scopes.contains("")) {
                throw new CliError("invalid resource quota scope \"\"");
            }
            quota.setTexts("spec.scopes", scopes);
        }
        return quota.set("status", Obj.create());
    }

    @Override
    String failure() {
        return "failed to create quota:";
    }
}
