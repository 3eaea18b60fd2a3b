package dev.kubejar.cli.management;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Go;
import dev.kubejar.cli.Invocation;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import dev.kubejar.print.TabWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** {@code kubectl top pod}. */
public final class TopPod implements Command {
    private static final Duration PIPELINE = Duration.ofMinutes(2);

    private Invocation call;
    private Flags flags;

    @Override
    public void flags(Flags declared) {
        Usage.declare(declared);
        declared.bool("all-namespaces", 'A', false)
                .bool("containers", false)
                .string("field-selector", "")
                .bool("sum", false);
    }

    @Override
    public int run(Invocation invocation) {
        call = invocation;
        flags = call.flags();
        if (call.arguments().size() > 1) {
            throw call.usage("pod [NAME | -l label]");
        }
        String name = call.arguments().isEmpty() ? "" : call.arguments().get(0);
        Usage.validateSort(flags);
        if (!name.isEmpty()
                && !(flags.text("selector").isEmpty()
                        && flags.text("field-selector").isEmpty())) {
            throw new CliError("only one of NAME or selector can be provided");
        }
        String namespace = flags.on("all-namespaces") ? "" : call.namespace();
        List<Obj> metrics = Usage.metrics(call, "pods", namespace, name, flags.text("field-selector"));
        if (metrics.isEmpty()) {
            explainNone(name);
            call.err()
                    .println(
                            flags.on("all-namespaces")
                                    ? "No resources found"
                                    : "No resources found in " + namespace + " namespace.");
            return 0;
        }
        call.out().print(table(metrics));
        return 0;
    }

    private void explainNone(String name) {
        Request request = name.isEmpty()
                ? Request.list(Resources.PODS, call.namespace())
                        .labels(flags.text("selector"))
                        .fields(flags.text("field-selector"))
                : Request.get(Resources.PODS, call.namespace(), name);
        List<Obj> pods = name.isEmpty()
                ? call.call(request).items()
                : List.of(call.call(request).object());
        for (Obj pod : pods) {
            Duration age = Duration.between(pod.time("metadata.creationTimestamp"), call.now());
            if (age.compareTo(PIPELINE) > 0) {
                throw new CliError("Metrics not available for pod " + pod.namespace() + "/" + pod.name() + ", age: "
                        + Go.written(age));
            }
        }
        if (!pods.isEmpty()) {
            throw new CliError("metrics not available yet");
        }
    }

    private String table(List<Obj> metrics) {
        StringBuilder text = new StringBuilder();
        TabWriter table = TabWriter.forTables(text);
        boolean everywhere = flags.on("all-namespaces");
        boolean containers = flags.on("containers");
        String swap = flags.on("show-swap") ? "SWAP(bytes)\t" : "";
        int columns = swap.isEmpty() ? 3 : 4;
        if (!flags.on("no-headers")) {
            columns += (everywhere ? 1 : 0) + (containers ? 1 : 0);
            table.append((everywhere ? "NAMESPACE\t" : "") + (containers ? "POD\t" : "")
                    + "NAME\tCPU(cores)\tMEMORY(bytes)\t" + swap + "\n");
        }
        String by = flags.text("sort-by");
        for (Obj pod : Usage.sorted(
                metrics, by, one -> Usage.sum(one.list("containers")), one -> one.namespace() + "/" + one.name())) {
            String place = everywhere ? pod.namespace() + "\t" : "";
            if (!containers) {
                line(table, place + pod.name(), Usage.sum(pod.list("containers")));
                continue;
            }
            for (Obj each : Usage.sorted(
                    pod.list("containers"), by, one -> Usage.of(one.obj("usage")), one -> one.text("name"))) {
                line(table, place + pod.name() + "\t" + each.text("name"), Usage.of(each.obj("usage")));
            }
        }
        if (flags.on("sum")) {
            sum(table, metrics, columns);
        }
        table.flush();
        return text.toString();
    }

    private void sum(TabWriter table, List<Obj> metrics, int columns) {
        List<Obj> all = new java.util.ArrayList<>();
        metrics.forEach(pod -> all.addAll(pod.list("containers")));
        table.append("\t".repeat(columns - 2) + "________\t________\t\n" + "\t".repeat(columns - 3));
        line(table, "", Usage.sum(all));
    }

    private void line(TabWriter table, String head, Map<String, Quantity> used) {
        table.append(head + "\t");
        for (String resource : Usage.measured(flags)) {
            table.append(Usage.text(resource, used) + "\t");
        }
        table.append('\n');
    }
}
