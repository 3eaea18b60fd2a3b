package dev.kubejar.api;

import dev.kubejar.object.Obj;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A certificate signing request says who made it, and nobody can say otherwise. */
final class SigningRequests implements Strategy {
    @Override
    public void beginCreate(Call call, Obj request) {
        request.set("spec.username", call.user.user());
        if (call.user.uid().isEmpty()) {
            request.remove("spec.uid");
        } else {
            request.set("spec.uid", call.user.uid());
        }
        List<String> groups = new ArrayList<>(call.user.groups());
        request.setTexts("spec.groups", groups);
        request.remove("spec.extra");
    }

    @Override
    public void beginUpdate(Call call, Obj now, Obj before) {
        Trees.carry("spec", before, now);
    }

    /** Conditions get their times where they have none. */
    @Override
    public void prepared(Obj now, Obj before, Instant time) {
        List<Obj> known = before == null ? List.of() : before.list("status.conditions");
        for (Obj each : now.list("status.conditions")) {
            if (!each.has("lastUpdateTime")) {
                each.set("lastUpdateTime", time);
            }
            if (each.has("lastTransitionTime")) {
                continue;
            }
            each.set("lastTransitionTime", time);
            for (Obj old : known) {
                if (old.text("type").equals(each.text("type"))
                        && old.text("status").equals(each.text("status"))
                        && old.has("lastTransitionTime")) {
                    each.set("lastTransitionTime", old.text("lastTransitionTime"));
                    break;
                }
            }
        }
    }
}
