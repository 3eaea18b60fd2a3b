package dev.kubejar.kinds;

import dev.kubejar.kinds.rules.SigningRequests;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.GoText;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules of CertificateSigningRequest; what a stored one already does wrong an update may go on doing. */
final class SigningRequestRules {
    private static final String LEGACY = "kubernetes.io/legacy-unknown";
    private static final int LONGEST_SIGNER = 253 + 253 + 63 + 2;
    private static final String CONDITIONS = "status.conditions";
    private static final String CERTIFICATE = "status.certificate";
    private static final List<String> USAGES = List.of(
            "any",
            "cert sign",
            "client auth",
            "code signing",
            "content commitment",
            "crl sign",
            "data encipherment",
            "decipher only",
            "digital signature",
            "email protection",
            "encipher only",
            "ipsec end system",
            "ipsec tunnel",
            "ipsec user",
            "key agreement",
            "key encipherment",
            "microsoft sgc",
            "netscape sgc",
            "ocsp signing",
            "s/mime",
            "server auth",
            "signing",
            "timestamping");

    private SigningRequestRules() {}

    static void check(Obj now, Obj before, Problems problems) {
        valid(now, before, problems);
        updated(now, before, problems, false, false);
    }

    static void status(Obj now, Obj before, Problems problems) {
        valid(now, before, problems);
        updated(now, before, problems, false, true);
    }

    static void approval(Obj now, Obj before, Problems problems) {
        valid(now, before, problems);
        updated(now, before, problems, true, false);
    }

    private static void valid(Obj now, Obj before, Problems problems) {
        Obj spec = now.obj("spec");
        String fault = SigningRequests.fault(decoded(spec.text("request")));
        if (fault != null) {
            problems.invalid("spec.request", spec.has("request") ? spec.text("request") : null, fault);
        }
        usages(problems, spec.texts("usages"), before == null ? null : before.texts("spec.usages"));
        String signer = spec.text("signerName");
        boolean wasLegacy = before != null && before.text("spec.signerName").equals(LEGACY);
        if (signer.equals(LEGACY) && !wasLegacy) {
            problems.invalid("spec.signerName", signer, "the legacy signerName is not allowed via this API version");
        } else {
            signer(problems, "spec.signerName", signer);
        }
        if (spec.has("expirationSeconds") && spec.number("expirationSeconds") < 600) {
            problems.invalid(
                    "spec.expirationSeconds",
                    spec.number("expirationSeconds"),
                    "may not specify a duration less than 600 seconds (10 minutes)");
        }
        conditions(problems, now.list(CONDITIONS), before == null ? List.of() : before.list(CONDITIONS));
        boolean changed = before == null || !now.text(CERTIFICATE).equals(before.text(CERTIFICATE));
        boolean wasWrong =
                before != null && SigningRequests.certificateFault(decoded(before.text(CERTIFICATE))) != null;
        String broken = changed && !wasWrong ? SigningRequests.certificateFault(decoded(now.text(CERTIFICATE))) : null;
        if (broken != null) {
            problems.invalid(CERTIFICATE, "<certificate data>", broken);
        }
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static void usages(Problems problems, List<String> usages, List<String> before) {
        if (usages.isEmpty()) {
            problems.required("spec.usages", "");
        }
        boolean unknown = before != null && !USAGES.containsAll(before);
        boolean doubled = before != null && new HashSet<>(before).size() < before.size();
        for (int i = 0; i < usages.size() && !unknown; i++) {
            Values.supported(problems, "spec.usages[" + i + "]", usages.get(i), USAGES.toArray(String[]::new));
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < usages.size() && !doubled; i++) {
            if (!seen.add(usages.get(i))) {
                problems.duplicate("spec.usages[" + i + "]", usages.get(i));
            }
        }
    }

    /** A signer: a domain, a slash and a name. */
    static void signer(Problems problems, String path, String name) {
        if (name.isEmpty()) {
            problems.required(path, "");
            return;
        }
        String[] parts = name.split("/", -1);
        if (parts.length != 2) {
            problems.invalid(
                    path, name, "must be a fully qualified domain and path of the form 'example.com/signer-name'");
            return;
        }
        if (Names.bytes(parts[0]) > 253) {
            problems.tooLong(path, 253);
        }
        String[] labels = parts[0].split("\\.", -1);
        for (String label : labels) {
            if (labelled(problems, path, parts[0], label, Names.label(label))) {
                break;
            }
        }
        if (labels.length < 2) {
            problems.invalid(path, parts[0], "should be a domain with at least two segments separated by dots");
        }
        for (String label : parts[1].split("\\.", -1)) {
            if (labelled(problems, path, parts[1], label, Names.subdomain(label))) {
                break;
            }
        }
        if (Names.bytes(name) > LONGEST_SIGNER) {
            problems.tooLong(path, LONGEST_SIGNER);
        }
    }

    private static boolean labelled(Problems problems, String path, String part, String label, List<String> faults) {
        for (String fault : faults) {
            problems.invalid(path, part, "validating label " + GoText.quoted(label) + ": " + fault);
        }
        return !faults.isEmpty();
    }

    private static void conditions(Problems problems, List<Obj> conditions, List<Obj> before) {
        Set<String> old = new HashSet<>();
        before.forEach(each -> old.add(each.text("type")));
        boolean doubled = old.size() < before.size();
        boolean both = old.contains("Approved") && old.contains("Denied");
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < conditions.size(); i++) {
            String path = CONDITIONS + "[" + i + "]";
            String type = conditions.get(i).text("type");
            if (type.isEmpty() && !old.contains("")) {
                problems.required(path + ".type", "");
            }
            boolean trueOnly = List.of("Approved", "Denied", "Failed").contains(type);
            String[] values = trueOnly ? new String[] {"True"} : new String[] {"False", "True", "Unknown"};
            Values.oneOf(problems, path + ".status", conditions.get(i).text("status"), values);
            String other = type.equals("Approved") ? "Denied" : type.equals("Denied") ? "Approved" : "/";
            if (!both && seen.contains(other)) {
                problems.invalid(CONDITIONS, type, "Approved and Denied conditions are mutually exclusive");
            }
            if (!seen.add(type) && !doubled) {
                problems.duplicate(path + ".type", type);
            }
        }
    }

    private static void updated(Obj now, Obj before, Problems problems, boolean approves, boolean issues) {
        if (before == null) {
            return;
        }
        for (String type : List.of("Approved", "Denied", "Failed")) {
            if (of(now, type).size() < of(before, type).size()) {
                problems.forbidden(CONDITIONS, "updates may not remove a condition of type \"" + type + "\"");
            }
        }
        for (String type : approves ? List.<String>of() : List.of("Approved", "Denied")) {
            List<Obj> mine = of(now, type);
            List<Obj> theirs = of(before, type);
            if (mine.size() > theirs.size()) {
                problems.forbidden(CONDITIONS, "updates may not add a condition of type \"" + type + "\"");
            } else if (mine.size() == theirs.size() && !mine.equals(theirs)) {
                problems.forbidden(CONDITIONS, "updates may not modify a condition of type \"" + type + "\"\n");
            }
        }
        String certificate = before.text(CERTIFICATE);
        if (!now.text(CERTIFICATE).equals(certificate)) {
            if (!issues) {
                problems.forbidden(CERTIFICATE, "updates may not set certificate content");
            } else if (!certificate.isEmpty()) {
                problems.forbidden(CERTIFICATE, "updates may not modify existing certificate content");
            }
        }
    }

    private static List<Obj> of(Obj request, String type) {
        List<Obj> found = new ArrayList<>();
        for (Obj each : request.list(CONDITIONS)) {
            if (each.text("type").equals(type)) {
                found.add(each);
            }
        }
        return found;
    }
}
