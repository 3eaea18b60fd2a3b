package dev.kubejar.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.GoJson;
import dev.kubejar.object.Obj;
import dev.kubejar.object.ParseError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What a continue token says.
 *
 * @param last the key of the last object that was told, without the prefix of what is listed
 * @param revision the revision of the first page; negative: go on with what is there now
 */
record Continuation(String last, long revision) {
    private static final String URL_SAFE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final String VERSION = "meta.k8s.io/v1";

    /** The token, as a server writes it. */
    String token() {
        Obj token = Obj.create().set("v", VERSION).set("rv", revision).set("start", last + "\0");
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(token.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Reads a token; BadRequest where it is none. */
    static Continuation read(String text) {
        Obj token;
        try {
            int illegal = 0;
            while (illegal < text.length() && URL_SAFE.indexOf(text.charAt(illegal)) >= 0) {
                illegal++;
            }
            if (illegal < text.length() || text.length() % 4 == 1) {
                throw invalid(": illegal base64 data at input byte " + illegal);
            }
            String json = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            token = GoJson.read(json) instanceof ObjectNode node ? Obj.of(node) : Obj.create();
        } catch (ParseError e) {
            throw invalid(": " + e.getMessage());
        }
        if (!token.text("v").equals(VERSION)) {
            throw invalid(": server does not recognize this encoded version " + token.text("v"));
        }
        if (token.number("rv") == 0) {
            throw invalid(": incorrect encoded start resourceVersion (version meta.k8s.io/v1)");
        }
        return new Continuation(place(token.text("start")), token.number("rv"));
    }

    private static String place(String start) {
        if (start.isEmpty()) {
            throw invalid(": encoded start key empty (version meta.k8s.io/v1)");
        }
        String key = start.startsWith("/") ? start.substring(1) : start;
        for (String part : key.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                throw invalid(": " + start);
            }
        }
        return key.endsWith("\0") ? key.substring(0, key.length() - 1) : key;
    }

    private static ApiError invalid(String why) {
        return ApiError.badRequest("invalid continue token: continue key is not valid" + why);
    }
}
