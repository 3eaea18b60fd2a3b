package dev.kubejar.api;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;
import java.util.ArrayList;
import java.util.List;

/** The IP families of a Service and their policy, in a cluster that has IPv4 alone. */
final class ServiceFamilies {
    private static final String V4 = "IPv4";
    private static final String V6 = "IPv6";

    private ServiceFamilies() {}

    /** Fills in what was not given, or refuses what the cluster does not have; {@code before} is null on creation. */
    static void fill(Obj service, Obj before) {
        Obj spec = service.child("spec");
        if (spec.text("type").equals("ExternalName")) {
            return;
        }
        boolean headless = spec.text("clusterIP").equals("None");
        boolean selects = !spec.at("selector").isEmpty();
        if (!spec.has("ipFamilyPolicy")) {
            spec.set("ipFamilyPolicy", policy(before, headless, selects));
        }
        String policy = spec.text("ipFamilyPolicy");
        Problems problems = new Problems();
        List<String> families = new ArrayList<>(spec.texts("ipFamilies"));
        single(spec, policy, families, problems);
        infer(spec, families, problems);
        problems.orThrow("", "Service", service.name());
        if (headless && !selects) {
            if (families.isEmpty()) {
                families.add(V4);
            }
            if (families.size() < 2 && !policy.equals("SingleStack")) {
                families.add(families.get(0).equals(V4) ? V6 : V4);
            }
            spec.setTexts("ipFamilies", families);
            return;
        }
        if (policy.equals("RequireDualStack")) {
            problems.invalid("spec.ipFamilyPolicy", policy, "this cluster is not configured for dual-stack services");
        }
        for (int i = 0; i < families.size(); i++) {
            if (!families.get(i).equals(V4)) {
                problems.invalid("spec.ipFamilies[" + i + "]", families.get(i), "not configured on this cluster");
            }
        }
        problems.orThrow("", "Service", service.name());
        if (families.isEmpty()) {
            families.add(V4);
        }
        spec.setTexts("ipFamilies", families);
    }

    private static String policy(Obj before, boolean headless, boolean selects) {
        if (before != null && before.has("spec.ipFamilyPolicy")) {
            return before.text("spec.ipFamilyPolicy");
        }
        return headless && !selects ? "RequireDualStack" : "SingleStack";
    }

    private static void single(Obj spec, String policy, List<String> families, Problems problems) {
        if (!policy.equals("SingleStack")) {
            return;
        }
        if (spec.texts("clusterIPs").size() == 2) {
            problems.invalid(
                    "spec.ipFamilyPolicy",
                    policy,
                    "must be 'RequireDualStack' or 'PreferDualStack' when multiple cluster IPs are specified");
        }
        if (families.size() == 2) {
            problems.invalid(
                    "spec.ipFamilyPolicy",
                    policy,
                    "must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified");
        }
    }

    /** A family follows from each address that was given. */
    private static void infer(Obj spec, List<String> families, Problems problems) {
        List<String> addresses = spec.texts("clusterIPs");
        for (int i = 0; i < addresses.size() && !addresses.get(i).equals("None"); i++) {
            if (i < families.size()) {
                continue;
            }
            String family = addresses.get(i).indexOf(':') >= 0 ? V6 : V4;
            if (family.equals(V4)) {
                families.add(family);
            } else {
                problems.invalid(
                        "spec.clusterIPs[" + i + "]",
                        spec.at("clusterIPs"),
                        family + " is not configured on this cluster");
            }
        }
    }
}
