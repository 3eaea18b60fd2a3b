package dev.kubejar.cli.set;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.cli.Changing;
import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.DryRun;
import dev.kubejar.cli.FileOptions;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Go;
import dev.kubejar.cli.Info;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.MergeDiff;
import dev.kubejar.cli.PrintFlags;
import dev.kubejar.cli.ResourceBuilder;
import dev.kubejar.client.Request;
import dev.kubejar.object.LabelSelector;
import dev.kubejar.object.Obj;
import dev.kubejar.object.ParseError;
import dev.kubejar.print.Printer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code kubectl set selector}. */
public final class SetSelector implements Command {
    private Invocation call;
    private Flags flags;
    private DryRun dryRun;

    @Override
    public void flags(Flags declared) {
        PrintFlags.declare(declared);
        DryRun.declare(declared);
        declared.bool("all", false)
                .string("field-manager", "kubectl-set")
                .slice("filename", 'f', "")
                .bool("local", false)
                .bool("recursive", 'R', true)
                .string("resource-version", "");
    }

    @Override
    public int run(Invocation invocation) {
        call = invocation;
        flags = call.flags();
        dryRun = DryRun.of(flags);
        List<String> args = call.arguments();
        Map<String, String> labels = new TreeMap<>();
        List<String> expressions = args.isEmpty() ? null : selector(args.get(args.size() - 1), labels);
        List<String> resources = args.isEmpty() ? args : args.subList(0, args.size() - 1);
        Printer printer = PrintFlags.typed(call, dryRun.done("selector updated"));
        if (expressions == null) {
            throw new CliError("one selector is required");
        }
        boolean local = flags.on("local");
        ResourceBuilder builder = new ResourceBuilder(call)
                .local(local)
                .continueOnError()
                .namespace()
                .files(new FileOptions(flags.list("filename"), "", flags.on("recursive")))
                .flatten();
        if (!local) {
            builder.arguments(flags.on("all"), resources).latest();
        }
        builder.build().visit(info -> printer.print(one(info, labels, expressions), call.out()));
        return 0;
    }

    /** Labels, and in Go's form what is no plain label. */
    private static List<String> selector(String text, Map<String, String> labels) {
        List<String> expressions = new ArrayList<>();
        try {
            for (LabelSelector.Requirement each : LabelSelector.parse(text).requirements()) {
                switch (each.operator()) {
                    case EQUALS, DOUBLE_EQUALS ->
                        labels.put(each.key(), each.values().get(0));
                    case IN -> expressions.add(expression(each, "In"));
                    case NOT_IN, NOT_EQUALS -> expressions.add(expression(each, "NotIn"));
                    case EXISTS -> expressions.add(expression(each, "Exists"));
                    case DOES_NOT_EXIST -> expressions.add(expression(each, "DoesNotExist"));
                    default ->
                        throw new CliError(
                                Go.quote(each.operator().symbol()) + " is not a valid label selector operator");
                }
            }
        } catch (ParseError e) {
            throw new CliError("couldn't parse the selector string " + Go.quote(text) + ": " + e.getMessage());
        }
        return expressions;
    }

    private static String expression(LabelSelector.Requirement each, String operator) {
        return "{" + each.key() + " " + operator + " [" + String.join(" ", each.values()) + "]}";
    }

    private Obj one(Info info, Map<String, String> selector, List<String> expressions) {
        Obj before = info.object();
        if (!before.kind().equals("Service")) {
            throw new CliError("setting a selector is only supported for Services");
        }
        if (!expressions.isEmpty()) {
            throw new CliError("match expression [" + String.join(" ", expressions) + "] not supported on this object");
        }
        Obj after = before.copy().set("spec.selector", selector);
        if (flags.on("local") || dryRun.client()) {
            return after;
        }
        ObjectNode patch = MergeDiff.twoWay(before.node(), after.node());
        if (!flags.text("resource-version").isEmpty()) {
            Obj.of(patch).set("metadata.resourceVersion", flags.text("resource-version"));
        }
        return call.call(Changing.options(
                        Request.patch(
                                info.ref().resource(),
                                info.namespace(),
                                info.name(),
                                Request.PatchType.STRATEGIC,
                                patch),
                        flags,
                        dryRun))
                .object();
    }
}
