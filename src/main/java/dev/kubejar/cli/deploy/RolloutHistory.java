package dev.kubejar.cli.deploy;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Describing;
import dev.kubejar.cli.FileOptions;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Info;
import dev.kubejar.cli.PrintFlags;
import dev.kubejar.object.Obj;
import dev.kubejar.print.Printer;
import java.util.TreeMap;

/** {@code kubectl rollout history}. */
public final class RolloutHistory extends Rollout {
    @Override
    public void flags(Flags declared) {
        PrintFlags.declare(declared);
        FileOptions.declare(declared);
        declared.int64("revision", 0).string("selector", 'l', "");
    }

    @Override
    int work() {
        if (flags.number("revision") < 0) {
            throw new CliError("revision must be a positive integer: " + flags.text("revision"));
        }
        boolean[] found = {false};
        objects().visit(info -> {
            found[0] = true;
            checkKind(info, "history", "history viewer");
            one(info);
        });
        if (!found[0]) {
            call.err().println("No resources found in " + call.namespace() + " namespace.");
        }
        return 0;
    }

    private void one(Info info) {
        long wanted = flags.number("revision");
        TreeMap<Long, Revisions.Revision> all = Revisions.of(call, info.object());
        if (flags.changed("output")) {
            Printer printer = PrintFlags.typed(call, "");
            if (wanted > 0) {
                printer.print(chosen(all, wanted).workload(), call.out());
            } else {
                all.values().forEach(each -> printer.print(each.workload(), call.out()));
            }
            return;
        }
        String text = wanted > 0 ? template(chosen(all, wanted)) : table(all);
        String which = wanted > 0 ? "with revision #" + wanted : "";
        PrintFlags.typed(call, which + "\n" + text).print(info.object(), call.out());
    }

    private static Revisions.Revision chosen(TreeMap<Long, Revisions.Revision> all, long wanted) {
        Revisions.Revision found = all.get(wanted);
        if (found == null) {
            throw new CliError("unable to find the specified revision");
        }
        return found;
    }

    private static String table(TreeMap<Long, Revisions.Revision> all) {
        StringBuilder text = new StringBuilder("REVISION  CHANGE-CAUSE\n");
        for (Revisions.Revision each : all.values()) {
            String number = Long.toString(each.number());
            text.append(number)
                    .append(" ".repeat(Math.max(2, 10 - number.length())))
                    .append(each.cause().isEmpty() ? "<none>" : each.cause())
                    .append('\n');
        }
        return text.toString();
    }

    private String template(Revisions.Revision revision) {
        Obj shown = revision.workload().copy();
        if (shown.kind().equals("ReplicaSet") && !revision.cause().isEmpty()) {
            shown.child("spec.template").setAnnotation(Revisions.CHANGE_CAUSE, revision.cause());
        }
        return Describing.podTemplate(call, shown);
    }
}
