package dev.kubejar.controllers;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.client.Resources;
import dev.kubejar.client.Selector;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.sim.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Fills ClusterRoles that are made of others: admin, edit and view, and whoever else has an aggregation rule. */
final class ClusterRoleAggregation extends Controller {
    private static final Ref ALL = new Ref(Resources.CLUSTERROLES, "", "");

    ClusterRoleAggregation(ActorContext context) {
        super(context, "clusterrole-aggregation-controller");
    }

    @Override
    void watch(Change change, Consumer<Ref> wake) {
        if (change.of(Resources.CLUSTERROLES)) {
            boolean matters = change.before() == null
                    || change.after() == null
                    || !change.before().labels().equals(change.after().labels())
                    || !change.before().at("rules").equals(change.after().at("rules"))
                    || !change.before()
                            .at("aggregationRule")
                            .equals(change.after().at("aggregationRule"));
            if (matters) {
                wake.accept(ALL);
            }
        }
    }

    /** Any role may be part of any other: all that aggregate are looked at. */
    @Override
    Outcome reconcile(Ref ref) {
        for (Obj role : client.list(Resources.CLUSTERROLES, "")) {
            if (role.has("aggregationRule") && !role.deleting()) {
                aggregate(role);
            }
        }
        return Outcome.done();
    }

    private void aggregate(Obj role) {
        List<Obj> rules = new ArrayList<>();
        for (Obj selector : role.list("aggregationRule.clusterRoleSelectors")) {
            Selector wanted = Selector.of(selector);
            for (Obj part : client.list(Resources.CLUSTERROLES, "", wanted.text())) {
                if (part.name().equals(role.name())) {
                    continue;
                }
                for (Obj rule : part.list("rules")) {
                    if (!rules.contains(rule)) {
                        rules.add(rule);
                    }
                }
            }
        }
        if (!rules.equals(role.list("rules"))) {
            client.update(
                    Resources.CLUSTERROLES,
                    role.copy().set("rules", rules.stream().map(Obj::copy).toList()));
        }
    }
}
