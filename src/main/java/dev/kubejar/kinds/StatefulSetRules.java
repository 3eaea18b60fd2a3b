package dev.kubejar.kinds;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.kinds.pod.PodRules;
import dev.kubejar.kinds.rules.ClaimSpecs;
import dev.kubejar.kinds.rules.GoStructs;
import dev.kubejar.kinds.rules.Selectors;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Rules of StatefulSet. */
final class StatefulSetRules {
    private static final List<String> CHANGEABLE = List.of(
            "replicas",
            "template",
            "updateStrategy",
            "minReadySeconds",
            "ordinals",
            "revisionHistoryLimit",
            "persistentVolumeClaimRetentionPolicy");

    private StatefulSetRules() {}

    static void check(Obj now, Obj before, Problems problems) {
        Obj spec = now.obj("spec");
        spec(problems, spec, before == null, before == null || valid(before));
        if (before != null) {
            Obj kept = spec.copy();
            Obj old = before.obj("spec").copy();
            for (String field : CHANGEABLE) {
                kept.remove(field);
                old.remove(field);
            }
            if (!Values.same(kept.node(), old.node())) {
                problems.forbidden(
                        "spec",
                        "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template',"
                                + " 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy'"
                                + " and 'minReadySeconds' are forbidden");
            }
        }
        WorkloadRules.warnings(now, before, problems);
        if (spec.number("revisionHistoryLimit") < 0) {
            problems.warn("spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >="
                    + " 0 is recommended");
        }
    }

    private static boolean valid(Obj set) {
        Problems faults = new Problems();
        spec(faults, set.obj("spec"), false, true);
        return faults.isEmpty();
    }

    private static void spec(Problems problems, Obj spec, boolean isNew, boolean template) {
        String management = spec.text("podManagementPolicy");
        if (!Set.of("OrderedReady", "Parallel").contains(management)) {
            problems.invalid("spec.podManagementPolicy", management, "must be 'OrderedReady' or 'Parallel'");
        }
        strategy(problems, "spec.updateStrategy", spec.obj("updateStrategy"));
        if (spec.has("persistentVolumeClaimRetentionPolicy")) {
            for (String field : List.of("whenDeleted", "whenScaled")) {
                String path = "persistentVolumeClaimRetentionPolicy." + field;
                Values.supported(problems, "spec." + path, spec.text(path), "Retain", "Delete");
            }
        }
        List<Obj> claims = spec.list("volumeClaimTemplates");
        for (int i = 0; isNew && i < claims.size(); i++) {
            ClaimSpecs.check(
                    problems,
                    "spec.volumeClaimTemplates[" + i + "].spec",
                    claims.get(i).obj("spec"));
        }
        Values.notNegative(problems, "spec", spec, "replicas");
        Values.notNegative(problems, "spec", spec, "minReadySeconds");
        Values.notNegative(problems, "spec", spec, "ordinals.start");
        String service = spec.text("serviceName");
        if (isNew && !service.isEmpty()) {
            Values.named(problems, "spec.serviceName", service, Names.label(service));
        }
        WorkloadRules.selector(problems, spec, "statefulset");
        if (WorkloadRules.wellFormed(spec.obj("selector"))) {
            template(problems, "spec.template", spec, template);
        } else {
            problems.invalid("spec.selector", Selectors.shown(spec, "selector"), "");
        }
        WorkloadRules.alwaysRestarting(problems, spec.obj("template"), "StatefulSet");
    }

    private static void strategy(Problems problems, String path, Obj strategy) {
        Obj rolling = strategy.obj("rollingUpdate");
        switch (strategy.text("type")) {
            case "" -> problems.required(path, "");
            case "OnDelete" -> {
                if (strategy.has("rollingUpdate")) {
                    problems.invalid(
                            path + ".rollingUpdate",
                            GoStructs.of("RollingUpdateStatefulSetStrategy", rolling),
                            "only allowed for updateStrategy 'RollingUpdate'");
                }
            }
            case "RollingUpdate" -> Values.notNegative(problems, path + ".rollingUpdate", rolling, "partition");
            default ->
                problems.invalid(
                        path,
                        GoStructs.of("StatefulSetUpdateStrategy", strategy),
                        "must be 'RollingUpdate' or 'OnDelete'");
        }
    }

    /** The template as the controller makes it: its claims are volumes, its pods have their own host names. */
    private static void template(Problems problems, String path, Obj spec, boolean full) {
        Obj template = spec.obj("template");
        Obj selector = spec.obj("selector");
        boolean none = !spec.has("selector");
        if (none || !Selectors.isEmpty(selector) && !Selectors.matches(selector, template.labels())) {
            problems.invalid(path + ".metadata.labels", WorkloadRules.labels(template), WorkloadRules.NO_MATCH);
        }
        if (full) {
            Obj made = template.copy();
            made.child("spec").remove("subdomain").remove("hostname");
            made.child("spec").set("volumes", volumes(spec));
            PodRules.template(problems, path, made);
        }
        Selectors.labels(problems, path + ".labels", template.labels());
        for (Map.Entry<String, String> each : template.annotations().entrySet()) {
            String key = each.getKey();
            Values.named(problems, path + ".annotations", key, Names.qualified(key.toLowerCase(Locale.ROOT)));
        }
    }

    private static List<Obj> volumes(Obj spec) {
        Set<String> names = new LinkedHashSet<>();
        spec.list("volumeClaimTemplates").forEach(claim -> names.add(claim.name()));
        List<Obj> volumes = new ArrayList<>();
        for (String name : names) {
            Obj volume = Obj.create().set("name", name);
            volume.child("persistentVolumeClaim").set("claimName", name);
            volumes.add(volume);
        }
        for (Obj volume : spec.list("template.spec.volumes")) {
            if (!names.contains(volume.text("name"))) {
                volumes.add(Obj.of(((JsonNode) volume.node()).deepCopy()));
            }
        }
        return volumes;
    }

    static void status(Obj now, Obj before, Problems problems) {
        Obj status = now.obj("status");
        List<String> counts = List.of("readyReplicas", "currentReplicas", "updatedReplicas", "availableReplicas");
        WorkloadRules.counts(problems, status, "replicas");
        WorkloadRules.counts(problems, status, counts.toArray(new String[0]));
        WorkloadRules.counts(problems, status, "observedGeneration", "collisionCount");
        for (String field : counts) {
            WorkloadRules.notOver(problems, status, field, "replicas", WorkloadRules.OVER_REPLICAS);
        }
        WorkloadRules.notOver(
                problems, status, "availableReplicas", "readyReplicas", "cannot be greater than status.readyReplicas");
        WorkloadRules.collisions(problems, now, before);
    }
}
