package dev.kubejar.kinds;

import dev.kubejar.kinds.describe.Parts;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Times;
import dev.kubejar.pki.CertificateRequest;
import dev.kubejar.schema.Describe;
import dev.kubejar.schema.Related;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/** Describes a CertificateSigningRequest: whom it is to name, and how far it got. */
final class SigningRequestDescription {
    private SigningRequestDescription() {}

    static void write(Obj request, Describe out, Related related) {
        CertificateRequest asked =
                CertificateRequest.parse(Base64.getMimeDecoder().decode(request.text("spec.request")));
        out.field("Name", request.name());
        out.field("Labels", Cells.labels(request.labels()));
        out.field("Annotations", Cells.labels(request.annotations()));
        out.field("CreationTimestamp", Parts.time(request, "metadata.creationTimestamp"));
        out.field("Requesting User", request.text("spec.username"));
        if (!request.text("spec.signerName").isEmpty()) {
            out.field("Signer", request.text("spec.signerName"));
        }
        if (request.has("spec.expirationSeconds")) {
            out.field("Requested Duration", Times.age(Duration.ofSeconds(request.number("spec.expirationSeconds"))));
        }
        out.field("Status", CertificateSigningRequest.condition(request));
        out.line(0, "Subject:");
        out.line(0, "\tCommon Name:\t" + asked.commonName());
        out.line(0, "\tSerial Number:\t" + String.join("", asked.subject("2.5.4.5")));
        list(out, "Organization", asked.organizations());
        list(out, "Organizational Unit", asked.subject("2.5.4.11"));
        list(out, "Country", asked.subject("2.5.4.6"));
        list(out, "Locality", asked.subject("2.5.4.7"));
        list(out, "Province", asked.subject("2.5.4.8"));
        list(out, "StreetAddress", asked.subject("2.5.4.9"));
        list(out, "PostalCode", asked.subject("2.5.4.17"));
        alternatives(asked, out);
        Parts.events(request, out, related);
    }

    private static void alternatives(CertificateRequest asked, Describe out) {
        if (asked.dnsNames().isEmpty()
                && asked.emails().isEmpty()
                && asked.uris().isEmpty()
                && asked.addresses().isEmpty()) {
            return;
        }
        out.line(0, "Subject Alternative Names:");
        list(out, "DNS Names", asked.dnsNames());
        list(out, "Email Addresses", asked.emails());
        list(out, "URIs", asked.uris());
        list(out, "IP Addresses", asked.addresses());
    }

    private static void list(Describe out, String name, List<String> values) {
        String head = name + ":";
        for (String value : values) {
            out.line(0, "\t" + head + "\t" + value);
            head = "";
        }
    }
}
