package dev.kubejar.admission;

import dev.kubejar.api.Admission;
import dev.kubejar.api.Attributes;
import dev.kubejar.client.Resources;
import dev.kubejar.object.Obj;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Gives a pod its service account: the default one, its pull secrets, and the volume with its token. */
final class ServiceAccountAdmission implements Admission {
    private static final String VOLUME = "kube-api-access-";
    private static final String MOUNT_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";
    private static final String MIRROR = "kubernetes.io/config.mirror";
    private static final String ENFORCE = "kubernetes.io/enforce-mountable-secrets";
    private static final long TOKEN_SECONDS = 3607;

    @Override
    public void admit(Attributes request) {
        if (!request.creates() || !request.about(Resources.PODS)) {
            return;
        }
        Obj pod = request.object();
        if (!pod.annotation(MIRROR).isEmpty()) {
            checkMirror(request, pod);
            return;
        }
        if (pod.text("spec.serviceAccountName").isEmpty()) {
            pod.set("spec.serviceAccountName", "default").set("spec.serviceAccount", "default");
        }
        Obj account = account(request, pod.text("spec.serviceAccountName"));
        if (pod.bool("spec.automountServiceAccountToken", account.bool("automountServiceAccountToken", true))) {
            mount(request, pod);
        }
        if (pod.list("spec.imagePullSecrets").isEmpty()
                && !account.list("imagePullSecrets").isEmpty()) {
            for (Obj secret : account.list("imagePullSecrets")) {
                pod.add("spec.imagePullSecrets", Obj.create().set("name", secret.text("name")));
            }
        }
        if (account.annotation(ENFORCE).equals("true")) {
            limitSecrets(request, pod, account);
        }
    }

    private static void checkMirror(Attributes request, Obj pod) {
        if (!pod.text("spec.serviceAccountName").isEmpty()) {
            throw request.forbidden("a mirror pod may not reference service accounts");
        }
        for (Obj volume : pod.list("spec.volumes")) {
            if (volume.has("secret")) {
                throw request.forbidden("a mirror pod may not reference secrets");
            }
        }
    }

    /** The account; the default one, which a controller is about to make, counts as there. */
    private static Obj account(Attributes request, String name) {
        String namespace = request.namespace();
        Obj account = request.reader().find(Resources.SERVICEACCOUNTS, namespace, name);
        if (account != null) {
            return account;
        }
        if (name.equals("default")) {
            return Obj.create("v1", "ServiceAccount", namespace, name);
        }
        throw request.forbidden("error looking up service account " + namespace + "/" + name + ": serviceaccount \""
                + name + "\" not found");
    }

    private static void mount(Attributes request, Obj pod) {
        String name = "";
        for (Obj volume : pod.list("spec.volumes")) {
            if (name.isEmpty() && volume.text("name").startsWith(VOLUME)) {
                name = volume.text("name");
            }
        }
        boolean there = !name.isEmpty();
        String mounted = there ? name : VOLUME + request.reader().randoms().suffix("name/" + VOLUME, 5);
        boolean needed = mountIn(pod, "spec.initContainers", mounted);
        needed |= mountIn(pod, "spec.containers", mounted);
        if (needed && !there) {
            pod.add("spec.volumes", volume(mounted));
        }
    }

    private static boolean mountIn(Obj pod, String containers, String volume) {
        boolean any = false;
        for (Obj container : pod.list(containers)) {
            boolean taken = container.list("volumeMounts").stream()
                    .anyMatch(mount -> mount.text("mountPath").equals(MOUNT_PATH));
            if (!taken) {
                container.add(
                        "volumeMounts",
                        Obj.create().set("name", volume).set("readOnly", true).set("mountPath", MOUNT_PATH));
                any = true;
            }
        }
        return any;
    }

    private static Obj volume(String name) {
        Obj token = Obj.create()
                .set("serviceAccountToken.expirationSeconds", TOKEN_SECONDS)
                .set("serviceAccountToken.path", "token");
        Obj authority = Obj.create()
                .set("configMap.name", "kube-root-ca.crt")
                .add("configMap.items", Obj.create().set("key", "ca.crt").set("path", "ca.crt"));
        Obj namespace = Obj.create()
                .add(
                        "downwardAPI.items",
                        Obj.create()
                                .set("path", "namespace")
                                .set("fieldRef.apiVersion", "v1")
                                .set("fieldRef.fieldPath", "metadata.namespace"));
        return Obj.create()
                .set("name", name)
                .set("projected.sources", List.of(token, authority, namespace))
                .set("projected.defaultMode", 420);
    }

    private static void limitSecrets(Attributes request, Obj pod, Obj account) {
        Set<String> allowed = new HashSet<>();
        account.list("secrets").forEach(secret -> allowed.add(secret.text("name")));
        for (Obj volume : pod.list("spec.volumes")) {
            String secret = volume.text("secret.secretName");
            if (volume.has("secret") && !allowed.contains(secret)) {
                throw request.forbidden("volume with secret.secretName=\"" + secret
                        + "\" is not allowed because service account " + account.name()
                        + " does not reference that secret");
            }
        }
        limitEnvironment(request, pod.list("spec.initContainers"), "init container ", allowed, account.name());
        limitEnvironment(request, pod.list("spec.containers"), "container ", allowed, account.name());
        Set<String> pulls = new HashSet<>();
        account.list("imagePullSecrets").forEach(secret -> pulls.add(secret.text("name")));
        int i = 0;
        for (Obj secret : pod.list("spec.imagePullSecrets")) {
            if (!pulls.contains(secret.text("name"))) {
                throw request.forbidden("imagePullSecrets[" + i + "].name=\"" + secret.text("name")
                        + "\" is not allowed because service account " + account.name()
                        + " does not reference that imagePullSecret");
            }
            i++;
        }
    }

    private static void limitEnvironment(
            Attributes request, List<Obj> containers, String what, Set<String> allowed, String account) {
        for (Obj container : containers) {
            for (Obj env : container.list("env")) {
                String secret = env.text("valueFrom.secretKeyRef.name");
                if (env.has("valueFrom.secretKeyRef") && !allowed.contains(secret)) {
                    throw refused(
                            request,
                            what + container.text("name") + " with envVar " + env.text("name"),
                            secret,
                            account);
                }
            }
            for (Obj from : container.list("envFrom")) {
                String secret = from.text("secretRef.name");
                if (from.has("secretRef") && !allowed.contains(secret)) {
                    throw refused(request, what + container.text("name") + " with envFrom", secret, account);
                }
            }
        }
    }

    private static RuntimeException refused(Attributes request, String who, String secret, String account) {
        return request.forbidden(who + " referencing secret.secretName=\"" + secret
                + "\" is not allowed because service account " + account + " does not reference that secret");
    }
}
