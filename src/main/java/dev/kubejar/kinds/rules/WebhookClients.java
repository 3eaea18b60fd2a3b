package dev.kubejar.kinds.rules;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;

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
            service(client.obj("service"), path + ".service", problems);
        }
        if (bundle) {
            bundle(client, path + ".caBundle", problems);
        }
    }

    private static void url(String url, String path, Problems problems) {
        int colon = url.indexOf("://");
        String scheme = colon < 0 ? "" : url.substring(0, colon);
        String rest = colon < 0 ? "" : url.substring(colon + 3);
        if (url.startsWith(":")) {
            problems.required(path, "url must be a valid URL: parse \"" + url + "\": missing protocol scheme" + FORM);
            return;
        }
        for (int i = 0; i < url.length(); i++) {
            if (url.charAt(i) < ' ' || url.charAt(i) == 0x7f) {
                problems.required(
                        path,
                        "url must be a valid URL: parse " + Problems.quoted(url)
                                + ": net/url: invalid control character in URL" + FORM);
                return;
            }
        }
        String fragment = "";
        int hash = rest.indexOf('#');
        if (hash >= 0) {
            fragment = rest.substring(hash + 1);
            rest = rest.substring(0, hash);
        }
        String query = "";
        int mark = rest.indexOf('?');
        if (mark >= 0) {
            query = rest.substring(mark + 1);
            rest = rest.substring(0, mark);
        }
        int slash = rest.indexOf('/');
        String host = slash < 0 ? rest : rest.substring(0, slash);
        String user = "";
        int at = host.lastIndexOf('@');
        if (at >= 0) {
            user = host.substring(0, at);
            host = host.substring(at + 1);
        }
        if (!scheme.equals("https")) {
            problems.invalid(path, scheme, "'https' is the only allowed URL scheme" + FORM);
        }
        if (host.isEmpty()) {
            problems.invalid(path, host, "host must be specified" + FORM);
        }
        if (at >= 0) {
            problems.invalid(path, user, "user information is not permitted in the URL");
        }
        if (!fragment.isEmpty()) {
            problems.invalid(path, fragment, "fragments are not permitted in the URL");
        }
        if (!query.isEmpty()) {
            problems.invalid(path, query, "query parameters are not permitted in the URL");
        }
    }

    // The server hands name and namespace over in the wrong order, so each is told of under the other's path.
    private static void service(Obj service, String path, Problems problems) {
        if (service.text("namespace").isEmpty()) {
            problems.required(path + ".name", "");
        }
        if (service.text("name").isEmpty()) {
            problems.required(path + ".namespace", "");
        }
        long port = service.number("port", 443);
        if (port < 1 || port > 65535) {
            problems.invalid(path + ".port", port, "port is not valid: " + Values.between(1, 65535));
        }
        String url = service.text("path");
        if (url.isEmpty() || url.equals("/")) {
            return;
        }
        if (url.equals("//")) {
            problems.invalid(path + ".path", url, "segment[0] may not be empty");
            return;
        }
        if (!url.startsWith("/")) {
            problems.invalid(path + ".path", url, "must start with a '/'");
        }
        String rest = url.substring(1);
        String[] steps = (rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest).split("/", -1);
        for (int i = 0; i < steps.length; i++) {
            List<String> faults =
                    steps[i].isEmpty() ? List.of("segment[" + i + "] may not be empty") : Names.subdomain(steps[i]);
            for (String fault : faults) {
                problems.invalid(path + ".path", url, steps[i].isEmpty() ? fault : "segment[" + i + "]: " + fault);
            }
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
