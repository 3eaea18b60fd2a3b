package dev.kubejar.cli.troubleshooting;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.PrintFlags;
import dev.kubejar.client.Request;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.print.Printer;
import dev.kubejar.print.TabWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** {@code kubectl auth whoami}. */
public final class WhoAmI implements Command {
    private static final String GROUP_VERSION = "authentication.k8s.io/v1";

    @Override
    public void flags(Flags flags) {
        PrintFlags.declare(flags);
    }

    @Override
    public int run(Invocation call) {
        boolean human = PrintFlags.format(call.flags()).isEmpty();
        Printer printer = PrintFlags.of(call, "");
        Obj review = Obj.create(GROUP_VERSION, "SelfSubjectReview");
        try {
            Request request = Request.create(GroupVersionResource.of(GROUP_VERSION, "selfsubjectreviews"), "", review);
            Obj answer = call.call(request).object();
            if (human) {
                table(call, answer);
            } else {
                printer.print(answer, call.out());
            }
        } catch (ApiError e) {
            if (e.is("Forbidden")) {
                throw new CliError("the selfsubjectreviews API is not enabled in the cluster or you do not have"
                        + " permission to call it");
            }
            throw e;
        }
        return 0;
    }

    private static void table(Invocation call, Obj review) {
        Obj user = review.obj("status.userInfo");
        StringBuilder text = new StringBuilder();
        TabWriter table = TabWriter.forTables(text);
        table.append("ATTRIBUTE\tVALUE\n");
        line(table, "Username", user.text("username"));
        line(table, "UID", user.text("uid"));
        if (!user.texts("groups").isEmpty()) {
            line(table, "Groups", PolicyRules.list(user.texts("groups")));
        }
        Obj extra = user.obj("extra");
        TreeSet<String> keys = new TreeSet<>();
        extra.node().fieldNames().forEachRemaining(keys::add);
        for (String key : keys) {
            List<String> values = new ArrayList<>();
            extra.node().get(key).forEach(value -> values.add(value.asText()));
            line(table, "Extra: " + key, PolicyRules.list(values));
        }
        table.flush();
        call.out().print(text.toString());
    }

    private static void line(TabWriter table, String name, String value) {
        if (!value.isEmpty()) {
            table.append(name + "\t" + value + "\n");
        }
    }
}
