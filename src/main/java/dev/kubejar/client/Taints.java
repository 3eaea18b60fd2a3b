package dev.kubejar.client;

import dev.kubejar.object.Obj;
import java.util.List;

/** Whether a pod's tolerations cover a taint. */
public final class Taints {
    private Taints() {}

    public static boolean tolerates(Obj pod, Obj taint) {
        return tolerates(pod, taint.text("key"), taint.text("value"), taint.text("effect"));
    }

    public static boolean tolerates(Obj pod, String key, String value, String effect) {
        return tolerates(pod.list("spec.tolerations"), key, value, effect);
    }

    public static boolean tolerates(List<Obj> tolerations, String key, String value, String effect) {
        for (Obj toleration : tolerations) {
            if (covers(toleration, key, value, effect)) {
                return true;
            }
        }
        return false;
    }

    /** Whether one toleration covers the taint. */
    public static boolean covers(Obj toleration, Obj taint) {
        return covers(toleration, taint.text("key"), taint.text("value"), taint.text("effect"));
    }

    private static boolean covers(Obj toleration, String key, String value, String effect) {
        String wantedEffect = toleration.text("effect");
        String wantedKey = toleration.text("key");
        if (!wantedEffect.isEmpty() && !wantedEffect.equals(effect) || !wantedKey.isEmpty() && !wantedKey.equals(key)) {
            return false;
        }
        return switch (toleration.text("operator")) {
            case "", "Equal" -> toleration.text("value").equals(value);
            case "Exists" -> true;
            case "Lt" -> compared(value, toleration.text("value")) < 0;
            case "Gt" -> compared(value, toleration.text("value")) > 0;
            default -> false;
        };
    }

    private static int compared(String taint, String toleration) {
        try {
            return Long.compare(Long.parseLong(taint), Long.parseLong(toleration));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
