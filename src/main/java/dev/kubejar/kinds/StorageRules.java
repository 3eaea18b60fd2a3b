package dev.kubejar.kinds;

import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Rules of StorageClass. */
final class StorageRules {
    private static final int MOST_PARAMETERS = 512;
    private static final int MOST_BYTES = 256 * 1024;

    private StorageRules() {}

    static void storageClass(Obj now, Obj before, Problems problems) {
        String provisioner = now.text("provisioner");
        if (provisioner.isEmpty()) {
            problems.required("provisioner", "");
        } else {
            String lower = provisioner.toLowerCase(Locale.ROOT);
            Values.named(problems, "provisioner", lower, Names.qualified(lower));
        }
        parameters(problems, now.map("parameters"));
        String policy = now.text("reclaimPolicy");
        if (!policy.isEmpty()) {
            Values.supported(problems, "reclaimPolicy", policy, "Delete", "Retain");
        }
        if (!now.has("volumeBindingMode")) {
            problems.required("volumeBindingMode", "");
        } else {
            Values.supported(
                    problems, "volumeBindingMode", now.text("volumeBindingMode"), "Immediate", "WaitForFirstConsumer");
        }
        topologies(problems, now.list("allowedTopologies"));
        if (before != null) {
            Values.immutable(problems, "parameters", now, before, "parameters");
            if (!provisioner.equals(before.text("provisioner"))) {
                problems.invalid("provisioner", provisioner, Values.IMMUTABLE);
            }
            Values.immutable(problems, "reclaimPolicy", now, before, "reclaimPolicy");
            Values.immutable(problems, "volumeBindingMode", now, before, "volumeBindingMode");
        }
    }

    private static void parameters(Problems problems, Map<String, String> parameters) {
        if (parameters.size() > MOST_PARAMETERS) {
            problems.tooLong("parameters", MOST_PARAMETERS);
            return;
        }
        long size = 0;
        for (Map.Entry<String, String> each : parameters.entrySet()) {
            if (each.getKey().isEmpty()) {
                problems.invalid("parameters", "", "field can not be empty.");
            }
            size += Names.bytes(each.getKey()) + Names.bytes(each.getValue());
        }
        if (size > MOST_BYTES) {
            problems.tooLong("parameters", MOST_BYTES);
        }
    }

    private static void topologies(Problems problems, List<Obj> terms) {
        List<Map<String, Set<String>>> seen = new ArrayList<>();
        for (int i = 0; i < terms.size(); i++) {
            seen.add(Map.of()); // the server does so too
        }
        for (int i = 0; i < terms.size(); i++) {
            String path = "allowedTopologies[" + i + "].matchLabelExpressions";
            Map<String, Set<String>> term = new TreeMap<>();
            List<Obj> expressions = terms.get(i).list("matchLabelExpressions");
            for (int j = 0; j < expressions.size(); j++) {
                String at = path + "[" + j + "]";
                String key = expressions.get(j).text("key");
                Set<String> values =
                        values(problems, at + ".values", expressions.get(j).texts("values"));
                Values.named(problems, at + ".key", key, Names.qualified(key));
                if (term.put(key, values) != null) {
                    problems.duplicate(at + ".key", key);
                }
            }
            for (Map<String, Set<String>> other : seen) {
                if (other.equals(term)) {
                    problems.duplicate(path, "");
                }
            }
            seen.add(term);
        }
    }

    private static Set<String> values(Problems problems, String path, List<String> values) {
        if (values.isEmpty()) {
            problems.required(path, "");
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < values.size(); i++) {
            if (!seen.add(values.get(i))) {
                problems.duplicate(path + "[" + i + "]", values.get(i));
            }
        }
        return new TreeSet<>(seen);
    }
}
