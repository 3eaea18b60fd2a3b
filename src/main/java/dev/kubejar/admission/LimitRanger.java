package dev.kubejar.admission;

import dev.kubejar.api.Admission;
import dev.kubejar.api.Attributes;
import dev.kubejar.client.QuotaUsage;
import dev.kubejar.client.Resources;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Fills in the namespace's default requests and limits, and holds pods and claims to its bounds. */
final class LimitRanger implements Admission {
    @Override
    public void admit(Attributes request) {
        if (!request.creates() || !request.about(Resources.PODS)) {
            return;
        }
        for (Obj range : ranges(request)) {
            defaults(range, request.object());
        }
    }

    private static List<Obj> ranges(Attributes request) {
        return request.reader().list(Resources.LIMITRANGES, request.namespace());
    }

    private static void defaults(Obj range, Obj pod) {
        Map<String, String> requests = new TreeMap<>();
        Map<String, String> limits = new TreeMap<>();
        for (Obj limit : range.list("spec.limits")) {
            if (limit.text("type").equals("Container")) {
                requests.putAll(limit.map("defaultRequest"));
                limits.putAll(limit.map("default"));
            }
        }
        List<String> set = new ArrayList<>();
        for (Obj container : pod.list("spec.containers")) {
            fill(container, "container", requests, limits, set);
        }
        for (Obj container : pod.list("spec.initContainers")) {
            fill(container, "init container", requests, limits, set);
        }
        if (!set.isEmpty()) {
            pod.setAnnotation("kubernetes.io/limit-ranger", "LimitRanger plugin set: " + String.join("; ", set));
        }
    }

    private static void fill(
            Obj container, String what, Map<String, String> requests, Map<String, String> limits, List<String> set) {
        List<String> limited = fill(container, "resources.limits", limits);
        List<String> requested = fill(container, "resources.requests", requests);
        String who = " for " + what + " " + container.text("name");
        if (!requested.isEmpty()) {
            set.add(String.join(", ", requested) + " request" + who);
        }
        if (!limited.isEmpty()) {
            set.add(String.join(", ", limited) + " limit" + who);
        }
    }

    private static List<String> fill(Obj container, String path, Map<String, String> defaults) {
        List<String> set = new ArrayList<>();
        defaults.forEach((name, amount) -> {
            if (!container.map(path).containsKey(name)) {
                container.child(path).node().put(name, amount);
                set.add(name);
            }
        });
        return set;
    }

    @Override
    public void validate(Attributes request) {
        boolean pod = request.about(Resources.PODS) && request.creates()
                || request.aboutAny(Resources.PODS) && request.subresource().equals("resize");
        boolean claim = request.about(Resources.PERSISTENTVOLUMECLAIMS) && !request.deletes();
        if (!pod && !claim || request.before() != null && request.before().deleting()) {
            return;
        }
        for (Obj range : ranges(request)) {
            Set<String> faults = new LinkedHashSet<>();
            for (Obj limit : range.list("spec.limits")) {
                check(request.object(), limit, pod, faults);
            }
            if (!faults.isEmpty()) {
                String all = String.join(", ", faults);
                throw request.forbidden(faults.size() == 1 ? all : "[" + all + "]");
            }
        }
    }

    private static void check(Obj object, Obj limit, boolean pod, Set<String> faults) {
        String type = limit.text("type");
        if (!pod) {
            if (type.equals("PersistentVolumeClaim")) {
                Map<String, Quantity> asked = amounts(object.map("spec.resources.requests"));
                Bounds bounds = new Bounds(type, asked, Map.of(), faults);
                amounts(limit.map("min")).forEach(bounds::min);
                amounts(limit.map("max")).forEach(bounds::maxRequest);
            }
        } else if (type.equals("Container")) {
            for (String list : List.of("spec.containers", "spec.initContainers")) {
                for (Obj container : object.list(list)) {
                    bounds(
                            limit,
                            new Bounds(
                                    type,
                                    amounts(container.map("resources.requests")),
                                    amounts(container.map("resources.limits")),
                                    faults));
                }
            }
        } else if (type.equals("Pod")) {
            bounds(
                    limit,
                    new Bounds(type, QuotaUsage.sums(object, "requests"), QuotaUsage.sums(object, "limits"), faults));
        }
    }

    private static void bounds(Obj limit, Bounds bounds) {
        amounts(limit.map("min")).forEach(bounds::min);
        amounts(limit.map("max")).forEach(bounds::max);
        amounts(limit.map("maxLimitRequestRatio")).forEach(bounds::ratio);
    }

    private static Map<String, Quantity> amounts(Map<String, String> texts) {
        Map<String, Quantity> amounts = new TreeMap<>();
        texts.forEach((name, text) -> amounts.put(name, Quantity.parse(text)));
        return amounts;
    }

    /** Holds one container's, pod's or claim's amounts against one bound at a time. */
    private record Bounds(
            String type, Map<String, Quantity> requests, Map<String, Quantity> limits, Set<String> faults) {
        void min(String name, Quantity bound) {
            Quantity request = requests.get(name);
            Quantity limit = limits.get(name);
            String head = "minimum " + name + " usage per " + type + " is " + bound;
            if (request == null) {
                faults.add(head + ".  No request is specified");
            } else if (request.compareTo(bound) < 0) {
                faults.add(head + ", but request is " + request);
            } else if (limit != null && limit.compareTo(bound) < 0) {
                faults.add(head + ", but limit is " + limit);
            }
        }

        void max(String name, Quantity bound) {
            Quantity request = requests.get(name);
            Quantity limit = limits.get(name);
            String head = "maximum " + name + " usage per " + type + " is " + bound;
            if (limit == null) {
                faults.add(head + ".  No limit is specified");
            } else if (limit.compareTo(bound) > 0) {
                faults.add(head + ", but limit is " + limit);
            } else if (request != null && request.compareTo(bound) > 0) {
                faults.add(head + ", but request is " + request);
            }
        }

        void maxRequest(String name, Quantity bound) {
            Quantity request = requests.get(name);
            String head = "maximum " + name + " usage per " + type + " is " + bound;
            if (request == null) {
                faults.add(head + ".  No request is specified");
            } else if (request.compareTo(bound) > 0) {
                faults.add(head + ", but request is " + request);
            }
        }

        void ratio(String name, Quantity bound) {
            Quantity request = requests.get(name);
            Quantity limit = limits.get(name);
            String head = name + " max limit to request ratio per " + type + " is " + bound;
            if (request == null || request.isZero()) {
                faults.add(head + ", but no request is specified or request is 0");
            } else if (limit == null || limit.isZero()) {
                faults.add(head + ", but no limit is specified or limit is 0");
            } else {
                double observed = limit.asApproximate() / request.asApproximate();
                if (observed > bound.asApproximate()) {
                    faults.add(head + ", but provided ratio is " + String.format(Locale.ROOT, "%.6f", observed));
                }
            }
        }
    }
}
