package dev.kubejar.kinds;

import dev.kubejar.kinds.rules.Addresses;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules of a Service's cluster addresses and IP families. */
final class ServiceAddressRules {
    private static final String ONCE = "may not change once set";

    private ServiceAddressRules() {}

    /** A Service without an address of its own. */
    static boolean headless(Obj spec) {
        List<String> addresses = spec.texts("clusterIPs");
        return addresses.size() == 1 && addresses.get(0).equals("None");
    }

    /** What has to be right before addresses are given out. */
    static void given(Obj now, Obj before, Problems problems) {
        check(problems, now.obj("spec"), before == null ? null : before.obj("spec"));
    }

    static void check(Problems problems, Obj spec, Obj before) {
        if (spec.text("type").equals("ExternalName")) {
            return;
        }
        List<String> addresses = spec.texts("clusterIPs");
        String first = spec.text("clusterIP");
        String path = "spec.clusterIPs";
        if (!first.isEmpty()) {
            if (addresses.isEmpty()) {
                problems.required(path, "");
            } else if (!addresses.get(0).equals(first)) {
                problems.invalid(path, spec.at("clusterIPs"), "first value must match `clusterIP`");
            }
        } else if (!addresses.isEmpty()) {
            problems.invalid(path, spec.at("clusterIPs"), "must be empty when `clusterIP` is not specified");
        }
        families(problems, spec);
        List<String> known = before == null ? List.of() : before.texts("clusterIPs");
        boolean invalid = false;
        for (int i = 0; i < addresses.size(); i++) {
            String address = addresses.get(i);
            if (i == 0 && address.equals("None")) {
                if (addresses.size() > 1) {
                    invalid = true;
                    problems.invalid(path, spec.at("clusterIPs"), "'None' must be the first and only value");
                }
            } else if (!known.contains(address)) {
                int faults = problems.causes().size();
                Addresses.check(problems, path + "[" + i + "]", address);
                invalid |= problems.causes().size() > faults;
            }
        }
        if (addresses.size() > 2) {
            problems.invalid(path, spec.at("clusterIPs"), "may only hold up to 2 values");
        }
        if (!invalid) {
            dualStack(problems, spec, addresses);
        }
    }

    private static void families(Problems problems, Obj spec) {
        Set<String> seen = new HashSet<>();
        List<String> families = spec.texts("ipFamilies");
        for (int i = 0; i < families.size(); i++) {
            String path = "spec.ipFamilies[" + i + "]";
            Values.supported(problems, path, families.get(i), "IPv4", "IPv6");
            if (!seen.add(families.get(i))) {
                problems.duplicate(path, families.get(i));
            }
        }
        if (spec.has("ipFamilyPolicy")) {
            Values.supported(
                    problems,
                    "spec.ipFamilyPolicy",
                    spec.text("ipFamilyPolicy"),
                    "PreferDualStack",
                    "RequireDualStack",
                    "SingleStack");
        }
    }

    private static void dualStack(Problems problems, Obj spec, List<String> addresses) {
        Set<String> kinds = new HashSet<>();
        addresses.forEach(address -> kinds.add(Addresses.family(address)));
        if (addresses.size() > 1 && kinds.size() < 2) {
            problems.invalid(
                    "spec.clusterIPs", spec.at("clusterIPs"), "may specify no more than one IP for each IP family");
        }
        List<String> families = spec.texts("ipFamilies");
        for (int i = 0; !headless(spec) && i < Math.min(addresses.size(), families.size()); i++) {
            boolean six = Addresses.family(addresses.get(i)).equals("IPv6");
            String wanted = families.get(i);
            if (wanted.equals("IPv4") && six || wanted.equals("IPv6") && !six) {
                problems.invalid(
                        "spec.clusterIPs[" + i + "]",
                        addresses.get(i),
                        "expected an " + wanted + " value as indicated by `ipFamilies[" + i + "]`");
            }
        }
    }

    /** What may change of addresses and families. */
    static void update(Problems problems, Obj spec, Obj before) {
        if (spec.text("type").equals("ExternalName") || before.text("type").equals("ExternalName")) {
            return;
        }
        boolean now = headless(spec);
        boolean was = headless(before);
        if (!now || !was) {
            changed(problems, spec, before, "clusterIPs", "clusterIP");
        }
        if (!now && !was) {
            changed(problems, spec, before, "ipFamilies", "ipFamily");
        }
    }

    private static void changed(Problems problems, Obj spec, Obj before, String field, String word) {
        List<String> now = spec.texts(field);
        List<String> old = before.texts(field);
        boolean families = field.equals("ipFamilies");
        String first = "spec." + field + "[0]";
        if (now.size() == old.size()) {
            for (int i = 0; i < old.size(); i++) {
                if (!old.get(i).equals(now.get(i))) {
                    problems.invalid(families ? first : "spec." + field + "[" + i + "]", shown(spec, field), ONCE);
                }
            }
            return;
        }
        boolean none = families ? spec.texts("clusterIPs").isEmpty() : now.isEmpty();
        if (old.size() > now.size() && none) {
            problems.invalid(first, shown(spec, field), "primary " + word + " can not be unset");
        }
        if (!old.isEmpty() && !now.isEmpty() && !now.get(0).equals(old.get(0))) {
            problems.invalid(first, shown(spec, "clusterIPs"), ONCE);
        }
        if (old.size() > now.size()
                && now.size() == 1
                && !spec.text("ipFamilyPolicy").equals("SingleStack")) {
            problems.invalid(
                    "spec.ipFamilyPolicy",
                    spec.at("ipFamilyPolicy"),
                    "must be set to 'SingleStack' when releasing the secondary " + word);
        }
    }

    private static Object shown(Obj spec, String field) {
        return spec.at(field);
    }
}
