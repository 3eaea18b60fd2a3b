package dev.kubejar.controllers;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.client.Conditions;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.sim.Outcome;
import java.util.function.Consumer;

/** Tells of each flow schema whether the priority level that it names is there: the API server's own configuration loop. */
final class FlowSchemaStatus extends Controller {
    private static final String VERSION = "flowcontrol.apiserver.k8s.io/v1";
    private static final GroupVersionResource FLOWS = GroupVersionResource.of(VERSION, "flowschemas");
    private static final GroupVersionResource LEVELS = GroupVersionResource.of(VERSION, "prioritylevelconfigurations");

    FlowSchemaStatus(ActorContext context) {
        super(context, "flow-schemas", "generic-garbage-collector", "apiserver");
    }

    @Override
    void watch(Change change, Consumer<Ref> wake) {
        if (change.of(FLOWS)) {
            wake.accept(change.ref());
        } else if (change.of(LEVELS)) {
            for (Obj flow : client.list(FLOWS, "")) {
                if (level(flow).equals(change.ref().name())) {
                    wake.accept(Ref.of(FLOWS, flow));
                }
            }
        }
    }

    private static String level(Obj flow) {
        return flow.text("spec.priorityLevelConfiguration.name");
    }

    @Override
    Outcome reconcile(Ref ref) {
        Obj flow = client.find(ref).orElse(null);
        if (flow == null) {
            return Outcome.done();
        }
        boolean found = client.find(LEVELS, "", level(flow)).isPresent();
        String message = "This FlowSchema references the PriorityLevelConfiguration object named \"" + level(flow)
                + (found ? "\" and it exists" : "\" but there is no such object");
        Obj changed = flow.copy();
        Conditions.put(
                changed,
                Conditions.make("Dangling", found ? "False" : "True", found ? "Found" : "NotFound", message, now()));
        writeStatus(FLOWS, flow, changed);
        return Outcome.done();
    }
}
