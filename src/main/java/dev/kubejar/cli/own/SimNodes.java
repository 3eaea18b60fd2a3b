package dev.kubejar.cli.own;

import dev.kubejar.cli.Command;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Go;
import dev.kubejar.cli.Invocation;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code kubejar sim nodes [COUNT | add [NAME] | remove NAME | stop NAME | start NAME] [--cpu --memory --pods]}. */
public final class SimNodes implements Command {
    /** What is said of a node after each action. */
    private static final Map<String, String> DONE =
            Map.of("add", "added", "remove", "removed", "stop", "stopped", "start", "started");

    @Override
    public void flags(Flags flags) {
        flags.string("cpu", "").string("memory", "").string("pods", "");
    }

    @Override
    public int run(Invocation call) {
        List<String> words = call.arguments();
        String first = words.isEmpty() ? "" : words.get(0);
        String done = DONE.get(first);
        if (done != null) {
            if (words.size() > 2 || words.size() == 1 && !first.equals("add")) {
                throw call.usage("say which node: sim nodes " + first + " NAME");
            }
            String name = call.cluster().node(first, words.size() > 1 ? words.get(1) : "", capacity(call));
            call.changed();
            call.out().println("node/" + name + " " + done);
            return 0;
        }
        if (words.size() > 1) {
            throw call.usage(
                    "pass one number of nodes, add, remove NAME, stop NAME or start NAME, or nothing to see how many"
                            + " there are");
        }
        if (!words.isEmpty()) {
            int count = Go.atoi(first);
            if (count < 1) {
                throw call.usage("a cluster has at least one node");
            }
            call.cluster().nodes(count, capacity(call));
            call.changed();
        }
        int count = call.call(Request.list(Resources.NODES, "")).items().size();
        call.out().println(count + (count == 1 ? " node" : " nodes"));
        return 0;
    }

    private static Map<String, String> capacity(Invocation call) {
        Map<String, String> capacity = new LinkedHashMap<>();
        for (String resource : new String[] {"cpu", "memory", "pods"}) {
            if (call.flags().changed(resource)) {
                capacity.put(resource, call.flags().text(resource));
            }
        }
        return capacity;
    }
}
