package dev.kubejar.admission;

import dev.kubejar.api.Attributes;
import dev.kubejar.object.LabelSelector;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The objects that a binding gives a policy as parameters. */
final class PolicyParams {
    /** A binding that cannot be used as it is. */
    static final class Fault extends Exception {
        private static final long serialVersionUID = 1;

        Fault(String message) {
            super(message, null, false, false);
        }
    }

    private PolicyParams() {}

    /** The kind of a policy's parameters; null for none. */
    static Kind kind(Obj policy, Attributes request) throws Fault {
        Obj named = policy.obj("spec.paramKind");
        if (!policy.has("spec.paramKind")) {
            return null;
        }
        String version = named.text("apiVersion");
        String shown = (version.contains("/") ? version : "/" + version) + ", Kind=" + named.text("kind");
        return request.reader()
                .kinds()
                .byKind(version, named.text("kind"))
                .orElseThrow(() -> new Fault("failed to find resource referenced by paramKind: '" + shown + "'"));
    }

    /** The parameters to judge with, one after the other; a single null where the policy needs none. */
    static List<Obj> of(Kind kind, Obj binding, Attributes request) throws Fault {
        Obj ref = binding.obj("spec.paramRef");
        if (kind == null || !binding.has("spec.paramRef")) {
            return Collections.singletonList(null);
        }
        String namespace = "";
        if (kind.namespaced()) {
            namespace = ref.text("namespace").isEmpty() ? request.namespace() : ref.text("namespace");
            if (namespace.isEmpty()) {
                throw new Fault(
                        "cannot use namespaced paramRef in policy binding that matches cluster-scoped resources");
            }
        } else if (!ref.text("namespace").isEmpty()) {
            throw new Fault("paramRef.namespace must not be provided for a cluster-scoped `paramKind`");
        }
        List<Obj> found = new ArrayList<>();
        String name = ref.text("name");
        if (!name.isEmpty()) {
            Obj one = request.reader().find(kind.storage(), namespace, name);
            if (one != null) {
                found.add(kind.fromStorage().apply(one));
            }
        } else {
            LabelSelector selector = LabelSelector.of(ref.obj("selector").node());
            for (Obj each : request.reader().list(kind.storage(), namespace)) {
                if (selector.matches(each.labels())) {
                    found.add(kind.fromStorage().apply(each));
                }
            }
        }
        if (found.isEmpty() && ref.text("parameterNotFoundAction").equals("Deny")) {
            throw new Fault("no params found for policy binding with `Deny` parameterNotFoundAction");
        }
        return found;
    }
}
