package dev.kubejar.cli;

import dev.kubejar.client.Cluster;
import dev.kubejar.client.Identity;
import dev.kubejar.object.Obj;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The client certificate of a kubeconfig user. */
final class ClientCertificate {
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String END = "-----END CERTIFICATE-----";

    private ClientCertificate() {}

    /** The identity of a kubeconfig user with a certificate, as the cluster sees it; null for one without. */
    static Identity identity(Obj user, KubeConfigFiles files, Cluster cluster) {
        String pem;
        if (!user.text("client-certificate-data").isEmpty()) {
            byte[] data = Base64.getMimeDecoder().decode(user.text("client-certificate-data"));
            pem = new String(data, StandardCharsets.US_ASCII);
        } else if (!user.text("client-certificate").isEmpty()) {
            pem = files.text(user.text("client-certificate"));
        } else {
            return null;
        }
        int begin = pem.indexOf(BEGIN);
        int end = pem.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new CliError("tls: failed to find any PEM data in certificate input");
        }
        String body = pem.substring(begin + BEGIN.length(), end);
        return cluster.certified(Base64.getMimeDecoder().decode(body));
    }
}
