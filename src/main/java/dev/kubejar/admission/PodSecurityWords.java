package dev.kubejar.admission;

import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/** How the messages of the Pod Security checks name the pod, its containers and values. */
final class PodSecurityWords {
    private PodSecurityWords() {}

    static String quoted(Collection<String> items) {
        return items.isEmpty() ? "" : "\"" + String.join("\", \"", items) + "\"";
    }

    static String plural(String one, String many, int count) {
        return count == 1 ? one : many;
    }

    /** {@code container "a"} or {@code containers "a", "b"}. */
    static String containers(Collection<String> names) {
        return plural("container", "containers", names.size()) + " " + quoted(names);
    }

    /** {@code pod}, {@code container "a"} or {@code pod and container "a"}; empty where nobody did it. */
    static String setters(boolean pod, Collection<String> containers) {
        List<String> setters = new ArrayList<>();
        if (pod) {
            setters.add("pod");
        }
        if (!containers.isEmpty()) {
            setters.add(containers(containers));
        }
        return String.join(" and ", setters);
    }

    /** The names of the containers of which something holds. */
    static List<String> names(List<Obj> containers, Predicate<Obj> bad) {
        List<String> names = new ArrayList<>();
        for (Obj container : containers) {
            if (bad.test(container)) {
                names.add(container.text("name"));
            }
        }
        return names;
    }
}
