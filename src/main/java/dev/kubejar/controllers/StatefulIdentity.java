package dev.kubejar.controllers;

import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What makes a StatefulSet's pod its n-th: name, labels, host name and claims. */
final class StatefulIdentity {
    static final String REVISION = "controller-revision-hash";
    private static final String POD_NAME = "statefulset.kubernetes.io/pod-name";
    private static final String POD_INDEX = "apps.kubernetes.io/pod-index";

    private StatefulIdentity() {}

    /** The ordinal at the end of a pod's name, or -1 where the name is not of this set. */
    static int ordinal(Obj set, Obj pod) {
        String name = pod.name();
        int dash = name.lastIndexOf('-');
        if (dash < 0 || !name.substring(0, dash).equals(set.name())) {
            return -1;
        }
        try {
            return Integer.parseInt(name.substring(dash + 1));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    static int start(Obj set) {
        return (int) set.number("spec.ordinals.start");
    }

    static boolean inRange(Obj set, int ordinal) {
        return ordinal >= start(set) && ordinal < start(set) + set.number("spec.replicas");
    }

    /** The pod of an ordinal by a revision's template, not yet created. */
    static Obj pod(Obj set, Obj revision, int ordinal) {
        Obj pod = PodControl.pod(RevisionHistory.template(revision), set);
        pod.remove("metadata.generateName");
        pod.set("metadata.name", set.name() + "-" + ordinal);
        identify(pod, ordinal);
        pod.setLabel(REVISION, revision.name());
        pod.set("spec.hostname", pod.name());
        if (!set.text("spec.serviceName").isEmpty()) {
            pod.set("spec.subdomain", set.text("spec.serviceName"));
        }
        volumes(set, pod, ordinal);
        return pod;
    }

    private static void identify(Obj pod, int ordinal) {
        pod.setLabel(POD_NAME, pod.name()).setLabel(POD_INDEX, Integer.toString(ordinal));
    }

    static boolean matches(Obj pod) {
        return pod.label(POD_NAME).equals(pod.name());
    }

    /** Gives a pod its labels back. */
    static Obj restored(Obj set, Obj pod) {
        Obj changed = pod.copy();
        identify(changed, ordinal(set, pod));
        return changed;
    }

    private static void volumes(Obj set, Obj pod, int ordinal) {
        Map<String, Obj> claims = claims(set, ordinal);
        List<Obj> volumes = new ArrayList<>();
        claims.forEach((name, claim) ->
                volumes.add(Obj.create().set("name", name).set("persistentVolumeClaim.claimName", claim.name())));
        for (Obj volume : pod.list("spec.volumes")) {
            if (!claims.containsKey(volume.text("name"))) {
                volumes.add(volume);
            }
        }
        if (!volumes.isEmpty()) {
            pod.set("spec.volumes", volumes);
        }
    }

    /** The claims of an ordinal by the names of their templates. */
    static Map<String, Obj> claims(Obj set, int ordinal) {
        Map<String, Obj> claims = new LinkedHashMap<>();
        for (Obj template : set.list("spec.volumeClaimTemplates")) {
            Obj claim = template.copy();
            claim.set("apiVersion", "v1").set("kind", "PersistentVolumeClaim");
            claim.set("metadata.name", template.name() + "-" + set.name() + "-" + ordinal);
            claim.set("metadata.namespace", set.namespace());
            claim.remove("metadata.creationTimestamp").remove("status");
            set.map("spec.selector.matchLabels").forEach(claim::setLabel);
            claims.put(template.name(), claim);
        }
        return claims;
    }
}
