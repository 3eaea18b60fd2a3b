package dev.kubejar.cli.management;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Invocation;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import dev.kubejar.print.TabWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code kubectl top node}. */
public final class TopNode implements Command {
    private static final String UNKNOWN = "<unknown>\t<unknown>\t";

    @Override
    public void flags(Flags flags) {
        Usage.declare(flags);
        flags.bool("show-capacity", false);
    }

    @Override
    public int run(Invocation call) {
        Flags flags = call.flags();
        if (call.arguments().size() > 1) {
            throw call.usage("node [NAME | -l label]");
        }
        String name = call.arguments().isEmpty() ? "" : call.arguments().get(0);
        Usage.validateSort(flags);
        if (!name.isEmpty() && !flags.text("selector").isEmpty()) {
            throw new CliError("only one of NAME or --selector can be provided");
        }
        List<Obj> metrics = Usage.metrics(call, "nodes", "", name, "");
        if (metrics.isEmpty()) {
            throw new CliError("metrics not available yet");
        }
        List<Obj> nodes = name.isEmpty()
                ? call.client().list(Resources.NODES, "", flags.text("selector"))
                : List.of(call.call(Request.get(Resources.NODES, "", name)).object());
        call.out().print(table(flags, metrics, nodes));
        return 0;
    }

    private static String table(Flags flags, List<Obj> metrics, List<Obj> nodes) {
        Map<String, Obj> left = new TreeMap<>();
        nodes.forEach(node -> left.put(node.name(), node));
        StringBuilder text = new StringBuilder();
        TabWriter table = TabWriter.forTables(text);
        boolean swap = flags.on("show-swap");
        if (!flags.on("no-headers")) {
            table.append("NAME\tCPU(cores)\tCPU(%)\tMEMORY(bytes)\tMEMORY(%)\t" + (swap ? "SWAP(bytes)\tSWAP(%)\t" : "")
                    + "\n");
        }
        String from = flags.on("show-capacity") ? "status.capacity" : "status.allocatable";
        for (Obj each : Usage.sorted(metrics, flags.text("sort-by"), one -> Usage.of(one.obj("usage")), Obj::name)) {
            Obj node = left.remove(each.name());
            table.append(each.name() + "\t");
            for (String resource : Usage.measured(flags)) {
                table.append(cells(resource, Usage.of(each.obj("usage")), node, from));
            }
            table.append('\n');
        }
        left.keySet().forEach(name -> table.append(name + "\t" + UNKNOWN.repeat(swap ? 3 : 2) + "\n"));
        table.flush();
        return text.toString();
    }

    private static String cells(String resource, Map<String, Quantity> used, Obj node, String from) {
        Quantity available = null;
        if (resource.equals("swap")) {
            if (node == null || !node.has("status.nodeInfo.swap.capacity")) {
                return UNKNOWN;
            }
            available = Quantity.parse(node.text("status.nodeInfo.swap.capacity"));
        } else if (node != null && node.has(from + "." + resource)) {
            available = Quantity.of(node.at(from + "." + resource));
        }
        String text = Usage.text(resource, used) + "\t";
        if (available == null) {
            return text;
        }
        double milli = used.getOrDefault(resource, Quantity.ZERO).milliValue();
        long percent = available.isZero() ? 0 : (long) (milli / available.milliValue() * 100);
        return text + percent + "%\t";
    }
}
