package dev.kubejar.kinds.rules;

import dev.kubejar.object.Obj;
import dev.kubejar.object.ParseError;
import dev.kubejar.schema.Problems;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;

/** How a webhook is reached: by its URL or by a Service, and whom it is trusted by. */
public final class WebhookClients {
    private static final String FORM = "; desired format: https://host[/path]";

    private WebhookClients() {}

    /** Checks a client configuration. */
    public static void check(Obj client, String path, boolean bundle, Problems problems) {
        boolean url = client.has("url");
        boolean service = client.has("service");
        if (url == service) {
            problems.required(path, "exactly one of url or service is required");
        } else if (url) {
            url(client.text("url"), path + ".url", problems);
        } else {
            AdmissionMatches.service(problems, path + ".service", client.obj("service"));
        }
        if (bundle) {
            bundle(client, path + ".caBundle", problems);
        }
    }

    private static void url(String text, String path, Problems problems) {
        GoUrl url;
        try {
            url = GoUrl.parse(text);
        } catch (ParseError e) {
            problems.required(path, "url must be a valid URL: " + e.getMessage() + FORM);
            return;
        }
        if (!url.scheme().equals("https")) {
            problems.invalid(path, url.scheme(), "'https' is the only allowed URL scheme" + FORM);
        }
        if (url.host().isEmpty()) {
            problems.invalid(path, url.host(), "host must be specified" + FORM);
        }
        if (url.user() != null) {
            problems.invalid(path, url.user(), "user information is not permitted in the URL");
        }
        if (!url.fragment().isEmpty()) {
            problems.invalid(path, url.fragment(), "fragments are not permitted in the URL");
        }
        if (!url.query().isEmpty()) {
            problems.invalid(path, url.query(), "query parameters are not permitted in the URL");
        }
    }

    /** A bundle of certificates in PEM form; an empty one says nothing. */
    public static void bundle(Obj client, String path, Problems problems) {
        String text = client.text("caBundle");
        if (text.isEmpty()) {
            return;
        }
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(text);
            String pem = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
            int start = pem.indexOf("-----BEGIN CERTIFICATE-----");
            if (start >= 0) {
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(bytes, start, bytes.length - start));
                return;
            }
        } catch (CertificateException | IllegalArgumentException e) {
            // told below
        }
        problems.invalid(path, text, "unable to load root certificates: unable to parse bytes as PEM block");
    }
}
