package dev.kubejar.cli;

import dev.kubejar.client.Identity;
import dev.kubejar.object.Obj;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Who a client certificate says its holder is: the common name is the user, the organizations are the groups. */
final class ClientCertificate {
    private ClientCertificate() {}

    /** The identity of a kubeconfig user with a certificate; null for one without. */
    static Identity identity(Obj user, KubeConfigFiles files) {
        byte[] pem;
        if (!user.text("client-certificate-data").isEmpty()) {
            pem = Base64.getMimeDecoder().decode(user.text("client-certificate-data"));
        } else if (!user.text("client-certificate").isEmpty()) {
            pem = files.text(user.text("client-certificate")).getBytes(StandardCharsets.UTF_8);
        } else {
            return null;
        }
        try {
            X509Certificate found = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
            return named(new LdapName(found.getSubjectX500Principal().getName()));
        } catch (CertificateException | InvalidNameException e) {
            throw new CliError("tls: failed to find any PEM data in certificate input");
        }
    }

    private static Identity named(LdapName subject) {
        String user = "";
        List<String> groups = new ArrayList<>();
        for (Rdn part : subject.getRdns()) {
            if (part.getType().equalsIgnoreCase("CN")) {
                user = String.valueOf(part.getValue());
            } else if (part.getType().equalsIgnoreCase("O")) {
                groups.add(String.valueOf(part.getValue()));
            }
        }
        groups.add("system:authenticated");
        return new Identity(user, "", groups);
    }
}
