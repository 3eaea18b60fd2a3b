package dev.kubejar.admission;

import dev.kubejar.api.Admission;
import dev.kubejar.api.Attributes;
import dev.kubejar.client.Resources;
import dev.kubejar.object.Obj;

/** Turns a pod's priority class into its priority, and keeps at most one class the default. */
final class PriorityAdmission implements Admission {
    @Override
    public void admit(Attributes request) {
        if (!request.about(Resources.PODS) || request.deletes()) {
            return;
        }
        Obj pod = request.object();
        if (request.updates()) {
            keep(request.before(), pod);
            return;
        }
        Obj priorityClass = priorityClass(request, pod);
        if (priorityClass != null && pod.text("spec.priorityClassName").isEmpty()) {
            pod.set("spec.priorityClassName", priorityClass.name());
        }
        long value = priorityClass == null ? 0 : priorityClass.number("value");
        if (pod.has("spec.priority") && pod.number("spec.priority") != value) {
            throw request.forbidden("the integer value of priority (" + pod.number("spec.priority")
                    + ") must not be provided in pod spec; priority admission controller computed " + value
                    + " from the given PriorityClass name");
        }
        pod.set("spec.priority", value);
        String policy = priorityClass == null ? "PreemptLowerPriority" : priorityClass.text("preemptionPolicy");
        if (policy.isEmpty()) {
            return;
        }
        if (pod.has("spec.preemptionPolicy")
                && !pod.text("spec.preemptionPolicy").equals(policy)) {
            throw request.forbidden("the string value of PreemptionPolicy (" + pod.text("spec.preemptionPolicy")
                    + ") must not be provided in pod spec; priority admission controller computed " + policy
                    + " from the given PriorityClass name");
        }
        pod.set("spec.preemptionPolicy", policy);
    }

    private static void keep(Obj before, Obj pod) {
        if (!pod.has("spec.priority") && before.has("spec.priority")) {
            pod.set("spec.priority", before.number("spec.priority"));
        }
        if (!pod.has("spec.preemptionPolicy") && before.has("spec.preemptionPolicy")) {
            pod.set("spec.preemptionPolicy", before.text("spec.preemptionPolicy"));
        }
    }

    private static Obj priorityClass(Attributes request, Obj pod) {
        String name = pod.text("spec.priorityClassName");
        if (name.isEmpty()) {
            return defaultClass(request);
        }
        Obj found = request.reader().find(Resources.PRIORITYCLASSES, "", name);
        if (found == null) {
            throw request.forbidden("no PriorityClass with name " + name + " was found");
        }
        return found;
    }

    private static Obj defaultClass(Attributes request) {
        Obj least = null;
        for (Obj each : request.reader().list(Resources.PRIORITYCLASSES, "")) {
            if (each.bool("globalDefault") && (least == null || least.number("value") > each.number("value"))) {
                least = each;
            }
        }
        return least;
    }

    @Override
    public void validate(Attributes request) {
        if (!request.about(Resources.PRIORITYCLASSES)
                || request.deletes()
                || !request.object().bool("globalDefault")) {
            return;
        }
        Obj present = defaultClass(request);
        if (present != null && !present.name().equals(request.object().name())) {
            throw request.forbidden(
                    "PriorityClass " + present.name() + " is already marked as default. Only one default can exist");
        }
    }
}
