package dev.kubejar.api;

import dev.kubejar.client.Identity;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.pki.WebTokens;
import dev.kubejar.sim.Clock;
import dev.kubejar.sim.Memory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tells whom a bearer token stands for: a service account, as long as what the token is bound to lasts. */
final class TokenUsers {
    private static final String EXTRA = "authentication.kubernetes.io/";
    private static final String LEGACY = "kubernetes.io/serviceaccount/";

    /** Who bears a token, and for which of the wanted audiences. */
    record Bearer(Identity user, List<String> audiences) {}

    /** A token that is not accepted, and why. */
    static final class Rejected extends RuntimeException {
        private static final long serialVersionUID = 1;

        Rejected(String why) {
            super(why, null, false, false);
        }
    }

    private final Reader reader;
    private final Memory memory;
    private final Clock clock;

    TokenUsers(Reader reader, Memory memory, Clock clock) {
        this.reader = reader;
        this.memory = memory;
        this.clock = clock;
    }

    /** The user of a request with this token; 401 where it is not accepted. */
    Identity authenticate(String token) {
        try {
            return bearer(token, List.of(Tokens.ISSUER)).user();
        } catch (Rejected e) {
            throw new ApiError(401, "Unauthorized", "Unauthorized");
        }
    }

    /** Who bears a token that is meant for one of these audiences. */
    Bearer bearer(String token, List<String> audiences) {
        String text = WebTokens.claims(token, memory);
        if (text == null) {
            throw new Rejected("unknown");
        }
        Obj claims = Obj.parse(text);
        if (claims.node().has(LEGACY + "namespace")) {
            return new Bearer(legacy(claims, token), audiences);
        }
        List<String> meant = new ArrayList<>(audiences);
        meant.retainAll(claims.texts("aud"));
        if (meant.isEmpty()) {
            throw new Rejected("token audiences " + quoted(claims.texts("aud"))
                    + " is invalid for the target audiences " + quoted(audiences));
        }
        Instant now = clock.now();
        if (Instant.ofEpochSecond(claims.number("exp")).isBefore(now)) {
            throw new Rejected("service account token has expired");
        }
        return new Bearer(bound(claims), meant);
    }

    private static String quoted(List<String> words) {
        List<String> quoted =
                words.stream().map(dev.kubejar.object.GoText::quoted).toList();
        return "[" + String.join(" ", quoted) + "]";
    }

    private Identity bound(Obj claims) {
        Obj kubernetes = Obj.of(
                (com.fasterxml.jackson.databind.node.ObjectNode) claims.node().path("kubernetes.io"));
        String namespace = kubernetes.text("namespace");
        Obj account = account(
                namespace,
                kubernetes.text("serviceaccount.name"),
                kubernetes.text("serviceaccount.uid"),
                "service account UID");
        check(kubernetes, "secret", Resources.SECRETS, namespace);
        check(kubernetes, "pod", Resources.PODS, namespace);
        if (!kubernetes.has("pod")) {
            check(kubernetes, "node", Resources.NODES, "");
        }
        Map<String, List<String>> extra = new TreeMap<>();
        extra.put(EXTRA + "credential-id", List.of("JTI=" + claims.text("jti")));
        for (String part : List.of("pod", "node")) {
            if (kubernetes.has(part)) {
                extra.put(EXTRA + part + "-name", List.of(kubernetes.text(part + ".name")));
                if (!kubernetes.text(part + ".uid").isEmpty()) {
                    extra.put(EXTRA + part + "-uid", List.of(kubernetes.text(part + ".uid")));
                }
            }
        }
        return user(account, extra);
    }

    private void check(Obj kubernetes, String part, GroupVersionResource resource, String namespace) {
        if (!kubernetes.has(part)) {
            return;
        }
        Obj found = reader.find(resource, namespace, kubernetes.text(part + ".name"));
        if (found == null) {
            throw new Rejected("service account token has been invalidated");
        }
        if (!found.uid().equals(kubernetes.text(part + ".uid"))) {
            String what = part.equals("secret") ? "secret" : part;
            throw new Rejected(what + " UID (" + found.uid() + ") does not match service account " + part
                    + " ref claim (" + kubernetes.text(part + ".uid") + ")");
        }
    }

    private Obj account(String namespace, String name, String uid, String what) {
        Obj account = reader.find(Resources.SERVICEACCOUNTS, namespace, name);
        if (account == null) {
            throw new Rejected(
                    ApiError.notFound(Resources.SERVICEACCOUNTS, name).getMessage());
        }
        if (!account.uid().equals(uid)) {
            throw new Rejected(what + " (" + account.uid() + ") does not match claim (" + uid + ")");
        }
        return account;
    }

    /** A token from a Secret: good as long as the Secret holds it. */
    private Identity legacy(Obj claims, String token) {
        String namespace = claims.node().path(LEGACY + "namespace").asText();
        String secretName = claims.node().path(LEGACY + "secret.name").asText();
        Obj secret = reader.find(Resources.SECRETS, namespace, secretName);
        if (secret == null || secret.deleting()) {
            throw new Rejected("Token has been invalidated");
        }
        String held = Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.US_ASCII));
        if (!secret.text("data.token").equals(held)) {
            throw new Rejected("Token does not match server's copy");
        }
        Obj account = account(
                namespace,
                claims.node().path(LEGACY + "service-account.name").asText(),
                claims.node().path(LEGACY + "service-account.uid").asText(),
                "ServiceAccount UID");
        return user(account, Map.of());
    }

    private static Identity user(Obj account, Map<String, List<String>> extra) {
        return new Identity(
                "system:serviceaccount:" + account.namespace() + ":" + account.name(),
                account.uid(),
                List.of(
                        "system:serviceaccounts",
                        "system:serviceaccounts:" + account.namespace(),
                        "system:authenticated"),
                extra);
    }
}
