package dev.kubejar.cli.troubleshooting;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.DryRun;
import dev.kubejar.cli.FileOptions;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Info;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.PrintFlags;
import dev.kubejar.cli.ResourceBuilder;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.print.Printer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code kubectl auth reconcile}: roles get the rules, and bindings the subjects, that they lack. */
public final class Reconcile implements Command {
    private static final String GROUP = "rbac.authorization.k8s.io";
    private static final String AUTO_UPDATE = "rbac.authorization.kubernetes.io/autoupdate";

    private enum Operation {
        NONE,
        CREATE,
        UPDATE,
        RECREATE
    }

    /** What became, or would become, of one object. */
    private static final class Result {
        Obj object;
        Operation operation = Operation.NONE;
        boolean isProtected;
        List<String> missingSubjects = List.of();
        List<String> extraSubjects = List.of();
        List<String> missingRules = List.of();
        List<String> extraRules = List.of();
    }

    private Invocation call;
    private Flags flags;
    private boolean dryRun;

    @Override
    public void flags(Flags declared) {
        FileOptions.declare(declared);
        PrintFlags.declare(declared);
        DryRun.declare(declared);
        declared.bool("remove-extra-permissions", false).bool("remove-extra-subjects", false);
    }

    @Override
    public int run(Invocation invocation) {
        call = invocation;
        flags = call.flags();
        FileOptions files = FileOptions.of(flags);
        files.requireOne();
        if (!call.arguments().isEmpty()) {
            throw new CliError("no arguments are allowed");
        }
        DryRun asked = DryRun.of(flags);
        if (asked.server()) {
            throw new CliError("--dry-run=server for command reconcile is not supported yet");
        }
        dryRun = asked.client();
        Printer printer = PrintFlags.of(call, asked.done("reconciled"));
        new ResourceBuilder(call)
                .continueOnError()
                .namespace(call.namespace(), call.namespaceGiven())
                .files(files)
                .flatten()
                .local(true)
                .build()
                .visit(info -> one(info, printer));
        return 0;
    }

    private void one(Info info, Printer printer) {
        Obj wanted = info.object();
        if (!wanted.group().equals(GROUP)) {
            return;
        }
        if (!wanted.apiVersion().equals(GROUP + "/v1")) {
            String version = wanted.apiVersion().substring(GROUP.length() + 1);
            throw new CliError("only rbac.authorization.k8s.io/v1 is supported: not *" + version + "." + wanted.kind());
        }
        boolean namespaced = wanted.kind().equals("Role") || wanted.kind().equals("RoleBinding");
        if (namespaced && wanted.namespace().isEmpty()) {
            wanted.set("metadata.namespace", call.namespace());
        }
        switch (wanted.kind()) {
            case "Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding" -> report(reconcile(wanted), printer);
            default -> {}
        }
    }

    private Result reconcile(Obj wanted) {
        boolean role = wanted.kind().endsWith("Role");
        var resource = call.mapper().find(wanted.apiVersion(), wanted.kind()).resource();
        var existing = call.client().find(resource, wanted.namespace(), wanted.name());
        Result result = new Result();
        if (existing.isEmpty()) {
            result.object = wanted;
            result.operation = Operation.CREATE;
            result.missingRules = role ? shown(PolicyRules.of(wanted.list("rules"))) : List.of();
            result.missingSubjects = role ? List.of() : subjects(wanted.list("subjects"));
        } else if (role) {
            role(existing.get(), wanted, result);
        } else {
            binding(existing.get(), wanted, result);
        }
        if (result.isProtected || dryRun) {
            return result;
        }
        switch (result.operation) {
            case RECREATE -> {
                Request delete = Request.delete(resource, wanted.namespace(), wanted.name());
                delete.uidPrecondition = existing.get().uid();
                call.call(delete);
                result.object = call.client().create(resource, wanted);
            }
            case CREATE -> {
                ensureNamespace(wanted.namespace());
                result.object = call.client().create(resource, wanted);
            }
            case UPDATE -> result.object = call.client().update(resource, result.object);
            default -> {}
        }
        return result;
    }

    private void ensureNamespace(String namespace) {
        if (namespace.isEmpty()
                || call.client().find(Resources.NAMESPACES, "", namespace).isPresent()) {
            return;
        }
        try {
            call.client().create(Resources.NAMESPACES, Obj.create("v1", "Namespace", "", namespace));
        } catch (ApiError e) {
            if (!e.is("AlreadyExists")) {
                throw e;
            }
        }
    }

    /** The existing object with the wanted labels and annotations, as far as it has none of that name. */
    private static void merge(Obj existing, Obj wanted, Result result) {
        result.isProtected = existing.annotation(AUTO_UPDATE).equals("false");
        result.object = existing.copy();
        for (Map.Entry<String, String> each : wanted.annotations().entrySet()) {
            if (!existing.annotations().containsKey(each.getKey())) {
                result.object.setAnnotation(each.getKey(), each.getValue());
                result.operation = Operation.UPDATE;
            }
        }
        for (Map.Entry<String, String> each : wanted.labels().entrySet()) {
            if (!existing.labels().containsKey(each.getKey())) {
                result.object.setLabel(each.getKey(), each.getValue());
                result.operation = Operation.UPDATE;
            }
        }
    }

    private void role(Obj existing, Obj wanted, Result result) {
        merge(existing, wanted, result);
        List<PolicyRules.Rule> has = PolicyRules.of(existing.list("rules"));
        List<PolicyRules.Rule> needs = PolicyRules.of(wanted.list("rules"));
        boolean aggregated = wanted.has("aggregationRule") && existing.has("aggregationRule");
        List<PolicyRules.Rule> extra = aggregated ? List.of() : PolicyRules.uncovered(needs, has);
        List<PolicyRules.Rule> missing = PolicyRules.uncovered(has, needs);
        boolean remove = flags.on("remove-extra-permissions");
        if (!remove && !missing.isEmpty()) {
            missing.forEach(rule -> result.object.add("rules", rule.toObj()));
            result.operation = Operation.UPDATE;
        } else if (remove && (!missing.isEmpty() || !extra.isEmpty())) {
            result.object.set("rules", wanted.list("rules"));
            result.operation = Operation.UPDATE;
        }
        result.missingRules = shown(missing);
        result.extraRules = shown(extra);
        aggregation(existing, wanted, remove, result);
    }

    private static void aggregation(Obj existing, Obj wanted, boolean remove, Result result) {
        String path = "aggregationRule.clusterRoleSelectors";
        List<Obj> missing = new ArrayList<>(wanted.list(path));
        missing.removeAll(existing.list(path));
        List<Obj> extra = new ArrayList<>(existing.list(path));
        extra.removeAll(wanted.list(path));
        if (!wanted.has("aggregationRule")) {
            if (existing.has("aggregationRule")) {
                result.object.remove("aggregationRule");
                result.operation = Operation.UPDATE;
            }
        } else if (remove && !(missing.isEmpty() && extra.isEmpty())) {
            result.object.set("aggregationRule", wanted.obj("aggregationRule").copy());
            result.operation = Operation.UPDATE;
        } else if (!missing.isEmpty()) {
            missing.forEach(selector -> result.object.add(path, selector));
            result.operation = Operation.UPDATE;
        }
    }

    private void binding(Obj existing, Obj wanted, Result result) {
        if (!roleRef(existing).equals(roleRef(wanted))) {
            result.isProtected = existing.annotation(AUTO_UPDATE).equals("false");
            result.object = wanted;
            result.operation = Operation.RECREATE;
            return;
        }
        merge(existing, wanted, result);
        List<String> has = subjects(existing.list("subjects"));
        List<String> needs = subjects(wanted.list("subjects"));
        result.missingSubjects = without(needs, has);
        result.extraSubjects = without(has, needs);
        boolean remove = flags.on("remove-extra-subjects");
        if (!remove && !result.missingSubjects.isEmpty()) {
            for (Obj subject : wanted.list("subjects")) {
                if (result.missingSubjects.contains(subject(subject))) {
                    result.object.add("subjects", subject.copy());
                }
            }
            result.operation = Operation.UPDATE;
        } else if (remove && !(result.missingSubjects.isEmpty() && result.extraSubjects.isEmpty())) {
            result.object.set("subjects", wanted.list("subjects"));
            result.operation = Operation.UPDATE;
        }
    }

    private static String roleRef(Obj binding) {
        Obj ref = binding.obj("roleRef");
        return ref.text("apiGroup", GROUP) + "/" + ref.text("kind") + "/" + ref.text("name");
    }

    private static List<String> without(List<String> all, List<String> those) {
        List<String> left = new ArrayList<>(all);
        left.removeAll(those);
        return left;
    }

    private static List<String> subjects(List<Obj> subjects) {
        return subjects.stream().map(Reconcile::subject).toList();
    }

    private static String subject(Obj subject) {
        String kind = subject.text("kind");
        String group = subject.text("apiGroup", kind.equals("ServiceAccount") ? "" : GROUP);
        return "{Kind:" + kind + " APIGroup:" + group + " Name:" + subject.text("name") + " Namespace:"
                + subject.text("namespace") + "}";
    }

    private static List<String> shown(List<PolicyRules.Rule> rules) {
        return rules.stream().map(PolicyRules.Rule::shown).toList();
    }

    private void report(Result result, Printer printer) {
        printer.print(result.object, call.out());
        if (result.operation == Operation.NONE) {
            return;
        }
        String caveat =
                result.isProtected ? ", but object opted out (rbac.authorization.kubernetes.io/autoupdate: false)" : "";
        String done = result.operation.name().toLowerCase(java.util.Locale.ROOT);
        call.err().println("\treconciliation required " + done + caveat);
        lines("missing subjects added", result.missingSubjects);
        lines("extra subjects removed", flags.on("remove-extra-subjects") ? result.extraSubjects : List.of());
        lines("missing rules added", result.missingRules);
        lines("extra rules removed", flags.on("remove-extra-permissions") ? result.extraRules : List.of());
    }

    private void lines(String heading, List<String> lines) {
        if (!lines.isEmpty()) {
            call.err().println("\t" + heading + ":");
            lines.forEach(line -> call.err().println("\t\t" + line));
        }
    }
}
