package dev.kubejar.admission;

import dev.kubejar.api.Admission;
import dev.kubejar.api.Attributes;
import dev.kubejar.client.Resources;
import dev.kubejar.object.Obj;
import java.util.List;

/** A pod stays for five minutes on a node that is not ready or cannot be reached, unless it says otherwise. */
final class DefaultTolerationSeconds implements Admission {
    private static final long SECONDS = 300;

    @Override
    public void admit(Attributes request) {
        if (!request.about(Resources.PODS) || request.deletes()) {
            return;
        }
        Obj pod = request.object();
        for (String taint : List.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable")) {
            if (!tolerated(pod, taint)) {
                pod.add(
                        "spec.tolerations",
                        Obj.create()
                                .set("key", taint)
                                .set("operator", "Exists")
                                .set("effect", "NoExecute")
                                .set("tolerationSeconds", SECONDS));
            }
        }
    }

    private static boolean tolerated(Obj pod, String taint) {
        for (Obj toleration : pod.list("spec.tolerations")) {
            String key = toleration.text("key");
            String effect = toleration.text("effect");
            if ((key.equals(taint) || key.isEmpty()) && (effect.equals("NoExecute") || effect.isEmpty())) {
                return true;
            }
        }
        return false;
    }
}
