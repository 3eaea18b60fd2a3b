package dev.kubejar.cli.own;

import dev.kubejar.cli.Command;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Go;
import dev.kubejar.cli.Invocation;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code kubejar sim nodes [COUNT] [--cpu --memory --pods]}. */
public final class SimNodes implements Command {
    @Override
    public void flags(Flags flags) {
        flags.string("cpu", "").string("memory", "").string("pods", "");
    }

    @Override
    public int run(Invocation call) {
        if (call.arguments().size() > 1) {
            throw call.usage("pass one number of nodes, or nothing to see how many there are");
        }
        if (!call.arguments().isEmpty()) {
            Map<String, String> capacity = new LinkedHashMap<>();
            for (String resource : new String[] {"cpu", "memory", "pods"}) {
                if (call.flags().changed(resource)) {
                    capacity.put(resource, call.flags().text(resource));
                }
            }
            int count = Go.atoi(call.arguments().get(0));
            if (count < 1) {
                throw call.usage("a cluster has at least one node");
            }
            call.cluster().nodes(count, capacity);
            call.changed();
        }
        int count = call.call(Request.list(Resources.NODES, "")).items().size();
        call.out().println(count + (count == 1 ? " node" : " nodes"));
        return 0;
    }
}
