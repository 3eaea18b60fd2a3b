package dev.kubejar.scheduler.plugins;

import dev.kubejar.object.Obj;
import dev.kubejar.scheduler.Cycle;
import dev.kubejar.scheduler.NodeInfo;
import dev.kubejar.scheduler.Plugin;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Likes a node that has the pod's images already, the more the larger they are and the more nodes have them. */
public final class ImageLocality implements Plugin {
    private static final long MIB = 1024 * 1024;
    private static final long LEAST = 23 * MIB;
    private static final long MOST_EACH = 1000 * MIB;

    @Override
    public String name() {
        return "ImageLocality";
    }

    @Override
    public int weight() {
        return 1;
    }

    @Override
    public long score(Cycle cycle, NodeInfo node) {
        List<Obj> containers = cycle.pod().list("spec.containers");
        Map<String, Integer> spread = cycle.note(name(), () -> spread(cycle));
        int all = cycle.nodes().size();
        long sum = 0;
        for (Obj image : node.images()) {
            for (Obj container : containers) {
                String name = normalized(container.text("image"));
                if (image.texts("names").contains(name)) {
                    sum += image.number("sizeBytes") * spread.getOrDefault(name, 0) / all;
                }
            }
        }
        long most = MOST_EACH * Math.max(1, containers.size());
        sum = Math.max(LEAST, Math.min(most, sum));
        return 100 * (sum - LEAST) / (most - LEAST);
    }

    private static Map<String, Integer> spread(Cycle cycle) {
        Map<String, Integer> spread = new HashMap<>();
        for (NodeInfo node : cycle.nodes()) {
            for (Obj image : node.images()) {
                image.texts("names").forEach(name -> spread.merge(name, 1, Integer::sum));
            }
        }
        return spread;
    }

    private static String normalized(String image) {
        return image.lastIndexOf(':') <= image.lastIndexOf('/') ? image + ":latest" : image;
    }
}
