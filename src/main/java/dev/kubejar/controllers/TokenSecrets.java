package dev.kubejar.controllers;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.pki.CertificateAuthority;
import dev.kubejar.pki.ClusterKeys;
import dev.kubejar.pki.WebTokens;
import dev.kubejar.sim.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Consumer;

/** Puts a token into a Secret that asks for one of a service account, and deletes it with the account. */
final class TokenSecrets extends Controller {
    private static final String TYPE = "kubernetes.io/service-account-token";
    private static final String NAME = "kubernetes.io/service-account.name";
    private static final String UID = "kubernetes.io/service-account.uid";
    private static final String CLAIM = "kubernetes.io/serviceaccount/";

    TokenSecrets(ActorContext context) {
        super(context, "tokens-controller", "service-account-controller", "tokens-controller");
    }

    @Override
    void watch(Change change, Consumer<Ref> wake) {
        if (change.of(Resources.SECRETS)
                && !change.deleted()
                && change.after().text("type").equals(TYPE)) {
            wake.accept(change.ref());
        } else if (change.of(Resources.SERVICEACCOUNTS) && (change.created() || change.deleted())) {
            wake.accept(change.ref());
        }
    }

    @Override
    Outcome reconcile(Ref ref) {
        if (ref.resource().equals(Resources.SECRETS)) {
            client.find(ref).ifPresent(this::fill);
            return Outcome.done();
        }
        Request secrets = Request.list(Resources.SECRETS, ref.namespace()).fields("type=" + TYPE);
        for (Obj secret : client.call(secrets).items()) {
            if (secret.annotation(NAME).equals(ref.name())) {
                fill(secret);
            }
        }
        return Outcome.done();
    }

    private void fill(Obj secret) {
        Obj account = client.find(Resources.SERVICEACCOUNTS, secret.namespace(), secret.annotation(NAME))
                .orElse(null);
        String uid = secret.annotation(UID);
        if (account == null || !uid.isEmpty() && !uid.equals(account.uid())) {
            if (!secret.deleting()) {
                client.delete(Ref.of(Resources.SECRETS, secret));
            }
            return;
        }
        Obj filled = secret.copy();
        byte[] pem = context.memory().get(ClusterKeys.CERTIFICATE);
        missing(filled, "ca.crt", pem == null ? new byte[0] : pem);
        missing(filled, "namespace", secret.namespace().getBytes(StandardCharsets.UTF_8));
        if (!has(filled, "token")) {
            missing(filled, "token", token(account, secret));
        }
        filled.setAnnotation(UID, account.uid());
        if (!filled.equals(secret)) {
            client.update(Resources.SECRETS, filled);
        }
    }

    private static boolean has(Obj secret, String key) {
        return secret.at("data").path(key).isTextual();
    }

    private static void missing(Obj secret, String key, byte[] value) {
        if (!has(secret, key)) {
            secret.child("data").node().put(key, Base64.getEncoder().encodeToString(value));
        }
    }

    /** The token of a Secret has no end: it is good as long as the Secret holds it. */
    private byte[] token(Obj account, Obj secret) {
        Obj claims = Obj.create().set("iss", "kubernetes/serviceaccount");
        claims.node().put(CLAIM + "namespace", account.namespace());
        claims.node().put(CLAIM + "secret.name", secret.name());
        claims.node().put(CLAIM + "service-account.name", account.name());
        claims.node().put(CLAIM + "service-account.uid", account.uid());
        claims.set("sub", "system:serviceaccount:" + account.namespace() + ":" + account.name());
        CertificateAuthority authority = ClusterKeys.authority(context.memory(), context.randoms(), clock.now());
        return WebTokens.signed(claims.toString(), authority, context.randoms()).getBytes(StandardCharsets.US_ASCII);
    }
}
