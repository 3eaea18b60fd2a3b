package dev.kubejar.kinds.devices;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import dev.kubejar.schema.Problems;
import java.util.ArrayList;
import java.util.List;

/** How much of a device's capacity may be asked for: one of some values, or a range with steps. */
final class RequestPolicies {
    private RequestPolicies() {}

    static void check(Problems problems, String path, Quantity capacity, Obj policy) {
        List<Quantity> values = new ArrayList<>();
        for (JsonNode value : policy.at("validValues")) {
            values.add(Quantity.of(value));
        }
        boolean range = policy.has("validRange");
        if (values.isEmpty() && !range) {
            return;
        }
        if (!values.isEmpty() && range) {
            problems.forbidden(
                    path,
                    "exactly one policy can be specified, cannot specify \"validValues\" and \"validRange\" at the same"
                            + " time");
            return;
        }
        if (!policy.has("default")) {
            problems.required(
                    path + ".default", "required when " + (range ? "validRange" : "validValues") + " is defined");
            return;
        }
        Quantity usual = Quantity.of(policy.at("default"));
        if (range) {
            range(problems, path + ".validRange", capacity, usual, policy.obj("validRange"));
        } else {
            values(problems, path + ".validValues", capacity, usual, values);
        }
    }

    private static void values(
            Problems problems, String path, Quantity capacity, Quantity usual, List<Quantity> values) {
        for (int i = 1; i < values.size(); i++) {
            if (values.get(i - 1).compareTo(values.get(i)) > 0) {
                problems.invalid(
                        path + "[" + i + "]", values.get(i).toString(), "values must be sorted in ascending order");
            }
        }
        if (values.size() > 10) {
            problems.tooMany(path, values.size(), 10);
        }
        boolean found = false;
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < values.size() && values.size() <= 10; i++) {
            Quantity value = values.get(i);
            if (value.compareTo(capacity) > 0) {
                larger(problems, path + "[" + i + "]", value, "option", capacity);
            }
            found |= value.compareTo(usual) == 0;
            keys.add(Long.toString(value.value()));
        }
        DeviceRules.unique(problems, path, keys);
        if (!found) {
            problems.invalid(path, usual.toString(), "default value is not valid according to the requestPolicy");
        }
    }

    private static void larger(Problems problems, String path, Quantity value, String what, Quantity capacity) {
        problems.invalid(path, value.toString(), what + " is larger than capacity value: " + capacity);
    }

    private static void range(Problems problems, String path, Quantity capacity, Quantity usual, Obj range) {
        if (!range.has("min")) {
            problems.required(path + ".min", "required when validRange is defined");
            return;
        }
        Quantity min = Quantity.of(range.at("min"));
        Quantity max = range.has("max") ? Quantity.of(range.at("max")) : null;
        if (min.compareTo(capacity) > 0) {
            larger(problems, path + ".min", min, "min", capacity);
        }
        if (usual.compareTo(min) < 0) {
            problems.invalid(path + ".min", usual.toString(), "default is less than min: " + min);
        }
        if (max != null) {
            if (min.compareTo(max) > 0) {
                problems.invalid(path + ".max", min.toString(), "min is larger than max: " + max);
            }
            if (max.compareTo(capacity) > 0) {
                larger(problems, path + ".max", max, "max", capacity);
            }
            if (usual.compareTo(max) > 0) {
                problems.invalid(path + ".max", usual.toString(), "default is more than max: " + max);
            }
        }
        if (range.has("step")) {
            Quantity step = Quantity.of(range.at("step"));
            Quantity first = min.add(step);
            if (first.compareTo(capacity) > 0) {
                problems.invalid(
                        path + ".step",
                        step.toString(),
                        "one step " + first + " is larger than capacity value: " + capacity);
            }
            step(problems, path + ".step", usual, min, step);
            if (max != null) {
                step(problems, path + ".step", max, min, step);
            }
        }
    }

    private static void step(Problems problems, String path, Quantity value, Quantity min, Quantity step) {
        if (step.value() != 0 && (value.value() - min.value()) % step.value() != 0) {
            problems.invalid(
                    path,
                    value.toString(),
                    "value is not a multiple of a given step (" + step + ") from (" + min + ")");
        }
    }
}
