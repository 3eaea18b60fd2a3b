package dev.kubejar.cli.create;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.PrintFlags;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import java.time.Duration;
import java.util.List;

/** {@code kubectl create token}. */
public final class CreateToken implements Command {
    private static final List<String> BOUND_KINDS = List.of("Node", "Pod", "Secret");

    @Override
    public void flags(Flags flags) {
        PrintFlags.declare(flags);
        flags.array("audience")
                .string("bound-object-kind", "")
                .string("bound-object-name", "")
                .string("bound-object-uid", "")
                .duration("duration", "0s");
    }

    @Override
    public int run(Invocation call) {
        Flags flags = call.flags();
        int given = call.dash() < 0 ? call.arguments().size() : call.dash();
        if (given != 1) {
            throw call.usage("exactly one NAME is required, got " + given);
        }
        String name = call.arguments().get(0);
        validate(flags, name);
        Obj request = Obj.create("authentication.k8s.io/v1", "TokenRequest").set("spec", Obj.create());
        if (!flags.list("audience").isEmpty()) {
            request.setTexts("spec.audiences", flags.list("audience"));
        }
        Duration duration = flags.duration("duration");
        if (!duration.isZero()) {
            request.set("spec.expirationSeconds", duration.toSeconds());
        }
        if (!flags.text("bound-object-kind").isEmpty()) {
            request.set("spec.boundObjectRef", bound(flags));
        }
        Obj answer;
        try {
            answer = call.call(Request.create(
                            new Ref(Resources.SERVICEACCOUNTS, call.namespace(), name), "token", request))
                    .object();
        } catch (ApiError e) {
            throw new CliError("failed to create token: " + e.getMessage());
        }
        String token = answer.text("status.token");
        if (token.isEmpty()) {
            throw new CliError("failed to create token: no token in server response");
        }
        if (flags.changed("output")) {
            PrintFlags.typed(call, "").print(answer, call.out());
        } else {
            call.out().print(call.session().terminal().out() ? token + "\n" : token);
        }
        return 0;
    }

    private static Obj bound(Flags flags) {
        Obj bound = Obj.create()
                .set("kind", flags.text("bound-object-kind"))
                .set("apiVersion", "v1")
                .set("name", flags.text("bound-object-name"));
        String uid = flags.text("bound-object-uid");
        return uid.isEmpty() ? bound : bound.set("uid", uid);
    }

    private static void validate(Flags flags, String name) {
        Duration duration = flags.duration("duration");
        String kind = flags.text("bound-object-kind");
        if (name.isEmpty()) {
            throw new CliError("service account name is required");
        }
        if (duration.isNegative()) {
            throw new CliError("--duration must be greater than or equal to 0");
        }
        if (duration.getNano() != 0) {
            throw new CliError("--duration cannot be expressed in units less than seconds");
        }
        if (flags.list("audience").contains("")) {
            throw new CliError("--audience must not be an empty string");
        }
        if (kind.isEmpty()) {
            for (String flag : List.of("bound-object-name", "bound-object-uid")) {
                if (!flags.text(flag).isEmpty()) {
                    throw new CliError("--" + flag + " can only be set if --bound-object-kind is provided");
                }
            }
        } else if (!BOUND_KINDS.contains(kind)) {
            throw new CliError("supported --bound-object-kind values are " + String.join(", ", BOUND_KINDS));
        } else if (flags.text("bound-object-name").isEmpty()) {
            throw new CliError("--bound-object-name is required if --bound-object-kind is provided");
        }
    }
}
