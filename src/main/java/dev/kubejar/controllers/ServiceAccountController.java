package dev.kubejar.controllers;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.sim.Outcome;
import java.util.function.Consumer;

/** Sees to it that every namespace has a service account called default. */
final class ServiceAccountController extends Controller {
    private static final String DEFAULT = "default";

    ServiceAccountController(ActorContext context) {
        super(context, "service-account-controller");
    }

    @Override
    void watch(Change change, Consumer<Ref> wake) {
        if (change.of(Resources.NAMESPACES) && !change.deleted()) {
            wake.accept(change.ref());
        } else if (change.of(Resources.SERVICEACCOUNTS)
                && change.deleted()
                && change.ref().name().equals(DEFAULT)) {
            wake.accept(new Ref(Resources.NAMESPACES, "", change.ref().namespace()));
        }
    }

    @Override
    Outcome reconcile(Ref ref) {
        Obj namespace = client.find(ref).orElse(null);
        if (namespace == null
                || namespace.deleting()
                || !namespace.text("status.phase").equals("Active")) {
            return Outcome.done();
        }
        Ref account = new Ref(Resources.SERVICEACCOUNTS, ref.name(), DEFAULT);
        if (client.find(account).isEmpty()) {
            try {
                client.create(Resources.SERVICEACCOUNTS, Obj.create("v1", "ServiceAccount", ref.name(), DEFAULT));
            } catch (ApiError e) {
                if (!e.is("AlreadyExists") && !namespaceTerminating(e)) {
                    throw e;
                }
            }
        }
        return Outcome.done();
    }
}
