package dev.kubejar.cli.deploy;

import dev.kubejar.cli.Changing;
import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.DryRun;
import dev.kubejar.cli.FileOptions;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Info;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.PrintFlags;
import dev.kubejar.cli.ResourceBuilder;
import dev.kubejar.client.ApiResource;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import java.util.ArrayList;
import java.util.List;

/** {@code kubectl autoscale}. */
public final class Autoscale implements Command {
    private Invocation call;
    private Flags flags;
    private DryRun dryRun;

    @Override
    public void flags(Flags declared) {
        PrintFlags.declare(declared);
        FileOptions.declare(declared);
        DryRun.declare(declared);
        declared.int32("min", -1)
                .int32("max", -1)
                .int32("cpu-percent", -1)
                .hidden()
                .string("cpu", "")
                .string("memory", "")
                .string("name", "")
                .bool("save-config", false)
                .string("field-manager", "kubectl-autoscale")
                .require("max");
    }

    @Override
    public int run(Invocation invocation) {
        call = invocation;
        flags = call.flags();
        dryRun = DryRun.of(flags);
        if (flags.changed("cpu-percent")) {
            call.err()
                    .println("Flag --cpu-percent has been deprecated, Use --cpu with percentage or resource quantity"
                            + " format (e.g., '70%' for utilization or '500m' for milliCPU).");
        }
        validate();
        int[] count = {0};
        new ResourceBuilder(call)
                .continueOnError()
                .namespace()
                .files(FileOptions.of(flags))
                .arguments(false, call.arguments())
                .flatten()
                .build()
                .visit(info -> {
                    one(info);
                    count[0]++;
                });
        if (count[0] == 0) {
            throw new CliError("no objects passed to autoscale");
        }
        return 0;
    }

    private void validate() {
        long max = flags.number("max");
        long min = flags.number("min");
        if (max < 1) {
            throw new CliError("--max=MAXPODS is required and must be at least 1, max: " + max);
        }
        if (max < min) {
            throw new CliError("--max=MAXPODS must be larger or equal to --min=MINPODS, max: " + max + ", min: " + min);
        }
        if (flags.number("cpu-percent") > 0 && !flags.text("cpu").isEmpty()) {
            throw new CliError("--cpu-percent and --cpu are mutually exclusive");
        }
        metrics();
    }

    private List<Obj> metrics() {
        List<Obj> metrics = new ArrayList<>();
        if (flags.number("cpu-percent") > 0) {
            metrics.add(metric("cpu", flags.number("cpu-percent") + "%", "m"));
        }
        if (!flags.text("cpu").isEmpty()) {
            metrics.add(metric("cpu", flags.text("cpu"), "m"));
        }
        if (!flags.text("memory").isEmpty()) {
            metrics.add(metric("memory", flags.text("memory"), "Mi"));
        }
        return metrics;
    }

    /** A percentage is a utilization; a number without a unit gets the resource's own. */
    private static Obj metric(String resource, String given, String unit) {
        String text = given.strip();
        if (text.isEmpty()) {
            throw new CliError("empty input");
        }
        Obj metric = Obj.create().set("type", "Resource").set("resource.name", resource);
        Obj target = metric.child("resource.target");
        if (text.endsWith("%")) {
            String number = text.substring(0, text.length() - 1);
            if (!number.matches("\\+?\\d{1,10}") || Long.parseLong(number) > Integer.MAX_VALUE) {
                throw new CliError("invalid percentage value: " + number);
            }
            target.set("type", "Utilization").set("averageUtilization", Long.parseLong(number));
            return metric;
        }
        String quantity = text.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)") ? text + unit : text;
        if (!Quantity.valid(quantity)) {
            throw new CliError("invalid resource " + resource + " value: " + text);
        }
        target.set("type", "AverageValue")
                .set("averageValue", Quantity.parse(quantity).toString());
        return metric;
    }

    private void one(Info info) {
        ApiResource resource = info.resource();
        if (!resource.subresources().contains("scale")) {
            throw new CliError("cannot autoscale a " + resource.kind() + ": could not find scale subresource for "
                    + resource.group() + "/" + resource.resource().version() + ", Resource=" + resource.name()
                    + " in discovery information");
        }
        Obj scaler = scaler(info);
        if (dryRun.client()) {
            PrintFlags.typed(call, dryRun.done("created")).print(scaler, call.out());
            return;
        }
        Changing.annotate(scaler, flags.on("save-config"), true);
        Request request = Request.create(Resources.HORIZONTALPODAUTOSCALERS, call.namespace(), scaler);
        PrintFlags.typed(call, dryRun.done("autoscaled"))
                .print(call.call(Changing.options(request, flags, dryRun)).object(), call.out());
    }

    private Obj scaler(Info info) {
        Obj scaler = Obj.create().set("kind", "HorizontalPodAutoscaler").set("apiVersion", "autoscaling/v2");
        scaler.set("metadata.name", flags.text("name").isEmpty() ? info.name() : flags.text("name"));
        if (call.namespaceGiven()) {
            scaler.set("metadata.namespace", call.namespace());
        }
        scaler.set("spec.scaleTargetRef.kind", info.resource().kind())
                .set("spec.scaleTargetRef.name", info.name())
                .set("spec.scaleTargetRef.apiVersion", info.resource().groupVersion());
        if (flags.number("min") > 0) {
            scaler.set("spec.minReplicas", flags.number("min"));
        }
        scaler.set("spec.maxReplicas", flags.number("max"));
        List<Obj> metrics = metrics();
        if (!metrics.isEmpty()) {
            scaler.set("spec.metrics", metrics);
        }
        return scaler.set("status.desiredReplicas", 0)
                .set("status.currentMetrics", dev.kubejar.object.Json.NODES.nullNode());
    }
}
