package dev.kubejar.client;

import dev.kubejar.object.Obj;
import dev.kubejar.object.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Status conditions: finding one by its type, and setting one as the API conventions want it. */
public final class Conditions {
    private Conditions() {}

    /** The condition of a type in {@code status.conditions}, or null. */
    public static Obj find(Obj object, String type) {
        for (Obj condition : object.list("status.conditions")) {
            if (condition.text("type").equals(type)) {
                return condition;
            }
        }
        return null;
    }

    public static boolean isTrue(Obj object, String type) {
        Obj condition = find(object, type);
        return condition != null && condition.text("status").equals("True");
    }

    public static Obj make(String type, String status, String reason, String message, Instant now) {
        Obj condition =
                Obj.create().set("type", type).set("status", status).set("lastTransitionTime", Times.seconds(now));
        if (!reason.isEmpty()) {
            condition.set("reason", reason);
        }
        return message.isEmpty() ? condition : condition.set("message", message);
    }

    /** A pod's condition, which tells of which generation of the pod it speaks. */
    public static Obj ofPod(Obj pod, String type, String status, String reason, String message, Instant now) {
        Obj condition = make(type, status, reason, message, now);
        return pod.generation() > 0 ? condition.set("observedGeneration", pod.generation()) : condition;
    }

    /**
     * Puts a condition in its place, or at the end; the time of the last transition stays where the status does.
     *
     * @return whether anything but that time changed
     */
    public static boolean put(Obj object, Obj condition) {
        List<Obj> all = new ArrayList<>(object.list("status.conditions"));
        for (int i = 0; i < all.size(); i++) {
            Obj old = all.get(i);
            if (old.text("type").equals(condition.text("type"))) {
                if (old.text("status").equals(condition.text("status")) && old.has("lastTransitionTime")) {
                    condition.set("lastTransitionTime", old.text("lastTransitionTime"));
                }
                boolean same = old.equals(condition);
                all.set(i, condition);
                object.set("status.conditions", all);
                return !same;
            }
        }
        object.add("status.conditions", condition);
        return true;
    }

    /** Takes the condition of a type away; the others keep their order. */
    public static void remove(Obj object, String type) {
        List<Obj> kept = new ArrayList<>();
        for (Obj condition : object.list("status.conditions")) {
            if (!condition.text("type").equals(type)) {
                kept.add(condition);
            }
        }
        if (kept.isEmpty()) {
            object.remove("status.conditions");
        } else {
            object.set("status.conditions", kept);
        }
    }
}
