package dev.kubejar.cli.set;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Flags;
import dev.kubejar.object.Obj;
import java.util.List;

/** {@code kubectl set serviceaccount}. */
public final class SetServiceAccount extends TemplateChange {
    private String account;

    @Override
    void declare(Flags declared) {}

    @Override
    String operation() {
        return "serviceaccount updated";
    }

    @Override
    List<String> parse() {
        List<String> arguments = call.arguments();
        if (arguments.isEmpty()) {
            throw new CliError("serviceaccount is required");
        }
        account = arguments.get(arguments.size() - 1);
        return arguments.subList(0, arguments.size() - 1);
    }

    @Override
    void validate(List<String> resources) {}

    @Override
    void change(Obj object, Obj podSpec) {
        podSpec.set("serviceAccountName", account);
    }

    @Override
    boolean skipsUnchanged() {
        return false;
    }

    @Override
    String failure() {
        return "failed to patch ServiceAccountName ";
    }
}
