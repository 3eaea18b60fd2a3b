package dev.kubejar.kinds.devices;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.kinds.pod.AffinityRules;
import dev.kubejar.kinds.pod.SourceRules;
import dev.kubejar.kinds.rules.GoStructs;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Rules of ResourceSlice. */
public final class SliceRules {
    private static final int LONGEST_VALUE = 64;
    private static final int LONGEST_KEY = 63 + 1 + 32;
    private static final int LONGEST_LABEL = 63;
    private static final String ONE_OF_FOUR =
            "exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required";
    private static final String ONE_OF_THREE =
            "exactly one of `nodeName`, `nodeSelector`, or `allNodes` is required when"
                    + " `perDeviceNodeSelection` is set to true in the ResourceSlice spec";
    private static final String NOT_FALSE = "must be either unset or set to true";

    private SliceRules() {}

    /** A slice of a pool. */
    public static void check(Obj now, Obj before, Problems problems) {
        Obj spec = now.obj("spec");
        SourceRules.driver(problems, "spec.driver", spec.text("driver"));
        pool(problems, spec.obj("pool"));
        if (before != null) {
            kept(problems, now, before, "spec.pool.name");
            kept(problems, now, before, "spec.driver");
            kept(problems, now, before, "spec.nodeName");
        }
        nodes(problems, spec);
        if (spec.has("sharedCounters") && spec.has("devices")) {
            problems.invalid("spec", "", "only one of `sharedCounters` or `devices` is allowed");
        }
        boolean each = spec.bool("perDeviceNodeSelection");
        List<Obj> devices = spec.list("devices");
        boolean special = devices.stream()
                .anyMatch(device -> !device.list("taints").isEmpty()
                        || !device.list("consumesCounters").isEmpty());
        DeviceRules.set(
                problems,
                "spec.devices",
                devices,
                special ? 64 : 128,
                (at, device) -> device(problems, at, device, was(before, device), each),
                device -> device.text("name"));
        DeviceRules.set(
                problems,
                "spec.sharedCounters",
                spec.list("sharedCounters"),
                8,
                (at, set) -> counters(problems, at, set, "name"),
                set -> set.text("name"));
        String driver = spec.text("driver");
        if (!driver.equals(driver.toLowerCase(Locale.ROOT))) {
            problems.warn("spec.driver: driver names should be lowercase; " + Problems.quoted(driver)
                    + " contains uppercase characters");
        }
    }

    private static Obj was(Obj before, Obj device) {
        if (before != null) {
            for (Obj old : before.list("spec.devices")) {
                if (old.text("name").equals(device.text("name"))) {
                    return old;
                }
            }
        }
        return null;
    }

    private static void pool(Problems problems, Obj pool) {
        DeviceRules.pool(problems, "spec.pool.name", pool.text("name"));
        long slices = pool.number("resourceSliceCount");
        if (slices <= 0) {
            problems.invalid("spec.pool.resourceSliceCount", slices, Values.POSITIVE);
        }
        long generation = pool.number("generation");
        if (generation < 0) {
            problems.invalid("spec.pool.generation", generation, "must be greater than or equal to zero");
        }
    }

    private static void kept(Problems problems, Obj now, Obj before, String path) {
        if (now.has(path) != before.has(path) || !now.text(path).equals(before.text(path))) {
            boolean pointer = path.endsWith("nodeName");
            problems.invalid(path, pointer && !now.has(path) ? null : now.text(path), Values.IMMUTABLE);
        }
    }

    private static void nodes(Problems problems, Obj spec) {
        List<String> told = new ArrayList<>();
        if (spec.has("nodeName")) {
            String name = spec.text("nodeName");
            if (name.isEmpty()) {
                problems.invalid("spec.nodeName", name, "must be either unset or set to a non-empty string");
            } else {
                told.add("`nodeName`");
                Values.named(problems, "spec.nodeName", name, Names.subdomain(name));
            }
        }
        if (spec.has("nodeSelector")) {
            told.add("`nodeSelector`");
            AffinityRules.nodeSelector(problems, "spec.nodeSelector", spec.obj("nodeSelector"), true);
            if (spec.list("nodeSelector.nodeSelectorTerms").size() != 1) {
                problems.invalid(
                        "spec.nodeSelector.nodeSelectorTerms",
                        GoStructs.list("NodeSelectorTerm", spec.at("nodeSelector.nodeSelectorTerms")),
                        "must have exactly one node selector term");
            }
        }
        truly(problems, "spec", spec, "allNodes", told);
        truly(problems, "spec", spec, "perDeviceNodeSelection", told);
        if (told.isEmpty()) {
            problems.required("spec", ONE_OF_FOUR);
        } else if (told.size() > 1) {
            problems.invalid(
                    "spec", "{" + String.join(", ", told) + "}", ONE_OF_FOUR + ", but multiple fields are set");
        }
    }

    private static void truly(Problems problems, String path, Obj owner, String field, List<String> told) {
        if (owner.bool(field)) {
            told.add("`" + field + "`");
        } else if (owner.has(field)) {
            problems.invalid(path + "." + field, false, NOT_FALSE);
        }
    }

    private static void device(Problems problems, String path, Obj device, Obj old, boolean each) {
        DeviceRules.label(problems, path + ".name", device.text("name"));
        Obj attributes = device.obj("attributes");
        Obj capacity = device.obj("capacity");
        int entries = attributes.node().size() + capacity.node().size();
        if (entries > 32) {
            problems.invalid(path, entries, "the total number of attributes and capacities must not exceed 32");
        }
        if (attributes.node().size() > 48) {
            problems.invalid(path, attributes.node().size(), "the total number of attribute values must not exceed 48");
        }
        for (String key : keys(attributes)) {
            DeviceRules.qualified(problems, path + ".attributes", key);
            attribute(problems, at(path + ".attributes", key, LONGEST_KEY), value(attributes, key));
        }
        boolean shared = device.bool("allowMultipleAllocations");
        for (String key : keys(capacity)) {
            DeviceRules.qualified(problems, path + ".capacity", key);
            String policy = at(path + ".capacity", key, LONGEST_KEY) + ".requestPolicy";
            Obj amount = value(capacity, key);
            if (amount.has("requestPolicy") && !shared) {
                problems.forbidden(policy, "allowMultipleAllocations must be true");
            } else if (amount.has("requestPolicy")) {
                RequestPolicies.check(problems, policy, Quantity.of(amount.at("value")), amount.obj("requestPolicy"));
            }
        }
        if (old == null || !Values.same(old.at("taints"), device.at("taints"))) {
            DeviceRules.items(
                    problems,
                    path + ".taints",
                    device.list("taints"),
                    16,
                    (at, taint) -> DeviceRules.taint(problems, at, taint));
        }
        DeviceRules.set(
                problems,
                path + ".consumesCounters",
                device.list("consumesCounters"),
                2,
                (at, set) -> counters(problems, at, set, "counterSet"),
                set -> set.text("counterSet"));
        place(problems, path, device, each);
        DeviceRules.binding(problems, path, device);
    }

    private static TreeSet<String> keys(Obj map) {
        TreeSet<String> keys = new TreeSet<>();
        map.node().fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    private static Obj value(Obj map, String key) {
        return map.node().get(key) instanceof ObjectNode node ? Obj.of(node) : Obj.of(Json.object());
    }

    /** A place in a map; a long key is cut in its middle. */
    private static String at(String path, String key, int longest) {
        if (key.length() > longest) {
            int rest = longest - 3;
            key = key.substring(0, (rest + 1) / 2) + "..." + key.substring(key.length() - rest / 2);
        }
        return path + "[" + key + "]";
    }

    private static void attribute(Problems problems, String path, Obj attribute) {
        int told = 0;
        for (String field : List.of("bool", "int", "string", "version")) {
            told += attribute.has(field) ? 1 : 0;
        }
        for (String field : List.of("version", "string")) {
            String text = attribute.text(field);
            if (field.equals("version")
                    && attribute.has(field)
                    && !Versions.SEMANTIC.matcher(text).matches()) {
                problems.invalid(path + ".version", text, "must be a string compatible with semver.org spec 2.0.0");
            }
            if (Names.bytes(text) > LONGEST_VALUE) {
                problems.tooLong(path + "." + field, LONGEST_VALUE);
            }
        }
        if (told == 0) {
            problems.invalid(path, "", "exactly one value must be specified");
        } else if (told > 1) {
            problems.invalid(path, GoStructs.of("DeviceAttribute", attribute), "exactly one value must be specified");
        }
    }

    private static void counters(Problems problems, String path, Obj set, String name) {
        if (Values.required(problems, path, set, name)) {
            DeviceRules.label(problems, path + "." + name, set.text(name));
        }
        Obj counters = set.obj("counters");
        if (counters.isEmpty()) {
            problems.required(path + ".counters", "");
        } else if (counters.node().size() > DeviceRules.MOST) {
            problems.tooMany(path + ".counters", counters.node().size(), DeviceRules.MOST);
        } else {
            for (String key : keys(counters)) {
                DeviceRules.label(problems, path + ".counters", key);
            }
        }
    }

    private static void place(Problems problems, String path, Obj device, boolean each) {
        boolean any = device.has("nodeName") || device.has("nodeSelector") || device.has("allNodes");
        if (!each) {
            if (any) {
                problems.invalid(
                        path,
                        null,
                        "`nodeName`, `nodeSelector` and `allNodes` can only be set if `perDeviceNodeSelection` is"
                                + " set to true in the ResourceSlice spec");
            }
            return;
        }
        List<String> told = new ArrayList<>();
        if (device.has("nodeName")) {
            String name = device.text("nodeName");
            if (name.isEmpty()) {
                problems.invalid(path + ".nodeName", name, "must not be empty");
            } else {
                told.add("`nodeName`");
                Values.named(problems, path + ".nodeName", name, Names.subdomain(name));
            }
        }
        if (device.has("nodeSelector")) {
            told.add("`nodeSelector`");
            AffinityRules.nodeSelector(problems, path + ".nodeSelector", device.obj("nodeSelector"), true);
        }
        truly(problems, path, device, "allNodes", told);
        if (told.isEmpty()) {
            problems.required(path, ONE_OF_THREE);
        } else if (told.size() > 1) {
            problems.invalid(path, "{" + String.join(", ", told) + "}", ONE_OF_THREE);
        }
    }

    /** Compiled when the first version is judged. */
    private static final class Versions {
        private static final String NUMBER = "(0|[1-9]\\d*)";
        private static final String EARLY = "(0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)";
        private static final String BUILD = "[0-9a-zA-Z-]+";
        static final Pattern SEMANTIC = Pattern.compile(NUMBER + "\\." + NUMBER + "\\." + NUMBER + "(-" + EARLY + "(\\."
                + EARLY + ")*)?(\\+" + BUILD + "(\\." + BUILD + ")*)?");

        private Versions() {}
    }
}
