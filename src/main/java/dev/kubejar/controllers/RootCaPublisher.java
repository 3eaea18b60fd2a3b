package dev.kubejar.controllers;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.pki.ClusterKeys;
import dev.kubejar.sim.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;

/** Puts the certificate of the cluster's authority into a ConfigMap of every namespace, for pods to mount. */
final class RootCaPublisher extends Controller {
    private static final String NAME = "kube-root-ca.crt";
    private static final String DESCRIPTION =
            "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as"
                    + " the internal service IP or kubernetes.default.svc. No other usage is guaranteed across"
                    + " distributions of Kubernetes clusters.";

    RootCaPublisher(ActorContext context) {
        super(context, "root-ca-cert-publisher");
    }

    @Override
    void watch(Change change, Consumer<Ref> wake) {
        if (change.of(Resources.NAMESPACES) && !change.deleted()) {
            wake.accept(change.ref());
        } else if (change.of(Resources.CONFIGMAPS) && change.ref().name().equals(NAME)) {
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
        Map<String, String> data = Map.of("ca.crt", certificate());
        Obj map = client.find(Resources.CONFIGMAPS, ref.name(), NAME).orElse(null);
        if (map == null) {
            create(ref.name(), data);
        } else if (!map.map("data").equals(data)
                || !map.annotation("kubernetes.io/description").equals(DESCRIPTION)) {
            Obj mended = map.copy().set("data", data).setAnnotation("kubernetes.io/description", DESCRIPTION);
            client.update(Resources.CONFIGMAPS, mended);
        }
        return Outcome.done();
    }

    private void create(String namespace, Map<String, String> data) {
        try {
            Obj map = Obj.create("v1", "ConfigMap", namespace, NAME)
                    .setAnnotation("kubernetes.io/description", DESCRIPTION)
                    .set("data", data);
            client.create(Resources.CONFIGMAPS, map);
        } catch (ApiError e) {
            if (!e.is("AlreadyExists") && !namespaceTerminating(e)) {
                throw e;
            }
        }
    }

    private String certificate() {
        byte[] pem = context.memory().get(ClusterKeys.CERTIFICATE);
        return pem == null ? "" : new String(pem, StandardCharsets.US_ASCII);
    }
}
