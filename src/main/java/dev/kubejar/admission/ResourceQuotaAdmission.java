package dev.kubejar.admission;

import dev.kubejar.api.Admission;
import dev.kubejar.api.Attributes;
import dev.kubejar.client.QuotaUsage;
import dev.kubejar.client.Resources;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Refuses what a ResourceQuota of the namespace has no room for, and charges what it admits. */
final class ResourceQuotaAdmission implements Admission {
    private static final Set<String> MUST_BE_NAMED =
            Set.of("cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory");

    @Override
    public void validate(Attributes request) {
        if (request.namespace().isEmpty() || request.deletes() || !handled(request)) {
            return;
        }
        List<Obj> quotas = request.reader().list(Resources.RESOURCEQUOTAS, request.namespace());
        if (quotas.isEmpty()) {
            return;
        }
        Instant now = request.reader().clock().now();
        Map<String, Quantity> usage = QuotaUsage.of(request.resource(), request.object(), now);
        Map<Obj, Obj> charged = new java.util.LinkedHashMap<>();
        for (Obj quota : quotas) {
            Obj next = charge(request, quota, usage, now);
            if (next != null) {
                charged.put(quota, next);
            }
        }
        charged.forEach((before, after) -> request.reader().put(Resources.RESOURCEQUOTAS, before, after));
    }

    private static boolean handled(Attributes request) {
        if (!request.subresource().isEmpty()) {
            return request.aboutAny(Resources.PODS) && request.subresource().equals("resize");
        }
        return request.creates()
                || request.about(Resources.SERVICES)
                || request.about(Resources.PERSISTENTVOLUMECLAIMS);
    }

    /** The quota with this request charged; null where it is not concerned. */
    private static Obj charge(Attributes request, Obj quota, Map<String, Quantity> usage, Instant now) {
        if (!QuotaUsage.covers(quota, request.resource(), request.object())) {
            return null;
        }
        Map<String, String> hard = quota.map("status.hard");
        TreeSet<String> concerned = new TreeSet<>(hard.keySet());
        concerned.removeIf(name -> !concerns(request, usage, name));
        if (concerned.isEmpty()) {
            return null;
        }
        named(request, quota, concerned);
        Map<String, String> used = quota.map("status.used");
        for (String name : concerned) {
            if (!used.containsKey(name)) {
                throw request.forbidden(
                        "status unknown for quota: " + quota.name() + ", resources: " + String.join(",", concerned));
            }
        }
        Map<String, Quantity> delta = delta(request, usage, now);
        delta.keySet().retainAll(concerned);
        return delta.isEmpty() ? null : charged(request, quota, delta);
    }

    private static boolean concerns(Attributes request, Map<String, Quantity> usage, String name) {
        return usage.containsKey(name)
                || request.aboutAny(Resources.PODS)
                        && (MUST_BE_NAMED.contains(name) || name.equals("pods") || name.endsWith("ephemeral-storage"));
    }

    private static void named(Attributes request, Obj quota, TreeSet<String> concerned) {
        if (!request.aboutAny(Resources.PODS)) {
            return;
        }
        TreeSet<String> required = new TreeSet<>(concerned);
        required.retainAll(MUST_BE_NAMED);
        List<String> missing = new ArrayList<>();
        QuotaUsage.unnamed(request.object(), required)
                .forEach((resource, containers) -> missing.add(resource + " for: " + String.join(",", containers)));
        if (!missing.isEmpty()) {
            throw request.forbidden("failed quota: " + quota.name() + ": must specify " + String.join("; ", missing));
        }
    }

    private static Map<String, Quantity> delta(Attributes request, Map<String, Quantity> usage, Instant now) {
        Map<String, Quantity> delta = new TreeMap<>(usage);
        if (request.updates()) {
            QuotaUsage.of(request.resource(), request.before(), now).forEach((name, before) -> {
                Quantity more = delta.getOrDefault(name, Quantity.ZERO).sub(before);
                delta.put(name, more.signum() < 0 ? Quantity.ZERO : more);
            });
        }
        delta.values().removeIf(Quantity::isZero);
        return delta;
    }

    private static Obj charged(Attributes request, Obj quota, Map<String, Quantity> delta) {
        Obj next = quota.copy();
        Map<String, Quantity> exceeded = new TreeMap<>();
        delta.forEach((name, more) -> {
            Quantity used = Quantity.parse(quota.map("status.used").get(name)).add(more);
            next.child("status.used").node().put(name, used.toString());
            if (used.compareTo(Quantity.parse(quota.map("status.hard").get(name))) > 0) {
                exceeded.put(name, more);
            }
        });
        if (exceeded.isEmpty()) {
            return next;
        }
        Map<String, String> requested = new TreeMap<>();
        exceeded.forEach((name, more) -> requested.put(name, more.toString()));
        throw request.forbidden("exceeded quota: " + quota.name() + ", requested: " + shown(requested, exceeded)
                + ", used: " + shown(quota.map("status.used"), exceeded) + ", limited: "
                + shown(quota.map("status.hard"), exceeded));
    }

    private static String shown(Map<String, String> amounts, Map<String, Quantity> names) {
        List<String> shown = new ArrayList<>();
        names.keySet().forEach(name -> shown.add(name + "=" + amounts.get(name)));
        return String.join(",", shown);
    }
}
