package dev.kubejar.cli.set;

import dev.kubejar.cli.Changing;
import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.DryRun;
import dev.kubejar.cli.Failures;
import dev.kubejar.cli.FileOptions;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Info;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.MergeDiff;
import dev.kubejar.cli.PrintFlags;
import dev.kubejar.cli.ResourceBuilder;
import dev.kubejar.client.Request;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.print.Printer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** {@code kubectl set subject}. */
public final class SetSubject implements Command {
    private static final String GROUP = "rbac.authorization.k8s.io";

    private Invocation call;
    private Flags flags;
    private DryRun dryRun;

    @Override
    public void flags(Flags declared) {
        PrintFlags.declare(declared);
        FileOptions.declare(declared);
        DryRun.declare(declared);
        declared.bool("all", false)
                .string("field-manager", "kubectl-set")
                .slice("group")
                .bool("local", false)
                .string("selector", 'l', "")
                .slice("serviceaccount")
                .slice("user");
    }

    @Override
    public int run(Invocation invocation) {
        call = invocation;
        flags = call.flags();
        dryRun = DryRun.of(flags);
        Printer printer = PrintFlags.typed(call, dryRun.done("subjects updated"));
        List<Info> infos = infos();
        validate(infos);
        List<RuntimeException> failures = new ArrayList<>();
        for (Info info : infos) {
            try {
                one(info, printer);
            } catch (ApiError e) {
                failures.add(new CliError("failed to patch subjects to rolebinding: " + e.getMessage()));
            } catch (CliError e) {
                failures.add(e);
            }
        }
        Failures.throwAll(failures);
        return 0;
    }

    private List<Info> infos() {
        boolean local = flags.on("local");
        ResourceBuilder builder = new ResourceBuilder(call)
                .local(local)
                .continueOnError()
                .namespace()
                .files(FileOptions.of(flags))
                .flatten();
        if (!local) {
            builder.labels(flags.text("selector"))
                    .arguments(flags.on("all"), call.arguments())
                    .latest();
        }
        return builder.build().infos();
    }

    private void validate(List<Info> infos) {
        if (flags.on("local") && dryRun.server()) {
            throw new CliError("cannot specify --local and --dry-run=server - did you mean --dry-run=client?");
        }
        if (flags.on("all") && !flags.text("selector").isEmpty()) {
            throw new CliError("cannot set --all and --selector at the same time");
        }
        if (flags.list("user").isEmpty()
                && flags.list("group").isEmpty()
                && flags.list("serviceaccount").isEmpty()) {
            throw new CliError("you must specify at least one value of user, group or serviceaccount");
        }
        for (String account : flags.list("serviceaccount")) {
            String[] parts = account.split(":", -1);
            if (parts.length != 2 || parts[1].isEmpty()) {
                throw new CliError("serviceaccount must be <namespace>:<name>");
            }
            boolean clusterWide =
                    infos.stream().anyMatch(info -> info.object().kind().equals("ClusterRoleBinding"));
            if (clusterWide && parts[0].isEmpty()) {
                throw new CliError("serviceaccount must be <namespace>:<name>, namespace must be specified");
            }
        }
    }

    private List<Obj> subjects() {
        List<Obj> all = new ArrayList<>();
        new TreeSet<>(flags.list("user")).forEach(name -> all.add(subject("User", name)));
        new TreeSet<>(flags.list("group")).forEach(name -> all.add(subject("Group", name)));
        for (String account : new TreeSet<>(flags.list("serviceaccount"))) {
            String[] parts = account.split(":", -1);
            all.add(Obj.create()
                    .set("kind", "ServiceAccount")
                    .set("name", parts[1])
                    .set("namespace", parts[0].isEmpty() ? call.namespace() : parts[0]));
        }
        return all;
    }

    private static Obj subject(String kind, String name) {
        return Obj.create().set("kind", kind).set("apiGroup", GROUP).set("name", name);
    }

    private void one(Info info, Printer printer) {
        Obj before = info.object();
        if (!before.kind().equals("RoleBinding") && !before.kind().equals("ClusterRoleBinding")) {
            throw new CliError("error: " + info.objectName()
                    + " setting subjects is only supported for RoleBinding/ClusterRoleBinding\n");
        }
        Obj after = before.copy();
        List<Obj> all = new ArrayList<>(after.list("subjects"));
        int known = all.size();
        subjects().stream().filter(each -> !all.contains(each)).forEach(all::add);
        if (all.size() == known) {
            return;
        }
        after.set("subjects", all);
        if (flags.on("local") || dryRun.client()) {
            printer.print(after, call.out());
            return;
        }
        Obj now = call.call(Changing.options(
                        Request.patch(
                                info.ref().resource(),
                                info.namespace(),
                                info.name(),
                                Request.PatchType.STRATEGIC,
                                MergeDiff.twoWay(before.node(), after.node())),
                        flags,
                        dryRun))
                .object();
        printer.print(now, call.out());
    }
}
