package dev.kubejar.kinds;

import dev.kubejar.object.Obj;
import dev.kubejar.object.Times;
import dev.kubejar.schema.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** CertificateSigningRequest (certificates.k8s.io/v1). */
final class CertificateSigningRequest {
    private CertificateSigningRequest() {}

    static Kind build() {
        return KindTable.start("certificates.k8s.io/v1", "CertificateSigningRequest")
                .nameColumn()
                .ageColumn()
                .column("SignerName", each -> Cells.orElse(each.text("spec.signerName"), "<none>"))
                .column("Requestor", each -> each.text("spec.username"))
                .column("RequestedDuration", CertificateSigningRequest::requested)
                .column("Condition", CertificateSigningRequest::condition)
                .field("spec.signerName", each -> each.text("spec.signerName"))
                .nameRule(name -> List.of())
                .defaults(each -> each.child("status"))
                .prepareCreate(each -> each.set("status", Obj.create()))
                .prepareUpdate(Workloads::keepStatus)
                .rule(SigningRequestRules::check)
                .statusRule(SigningRequestRules::status)
                .partRule("approval", SigningRequestRules::approval)
                .describe(SigningRequestDescription::write)
                .build();
    }

    private static String requested(Obj each) {
        return each.has("spec.expirationSeconds")
                ? Times.age(Duration.ofSeconds(each.number("spec.expirationSeconds")))
                : "<none>";
    }

    /** {@code Approved,Issued} and the like. */
    static String condition(Obj each) {
        List<String> types = new ArrayList<>();
        each.list("status.conditions").forEach(c -> types.add(c.text("type")));
        String status = types.contains("Denied") ? "Denied" : types.contains("Approved") ? "Approved" : "Pending";
        status += types.contains("Failed") ? ",Failed" : "";
        return each.text("status.certificate").isEmpty() ? status : status + ",Issued";
    }
}
