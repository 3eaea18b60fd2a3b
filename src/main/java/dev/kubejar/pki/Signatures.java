package dev.kubejar.pki;

/** The signature algorithms that certificates name by an object identifier. */
final class Signatures {
    static final String ECDSA_SHA256 = "1.2.840.10045.4.3.2";

    private Signatures() {}

    /** The JDK's name of an algorithm, or null for one that Kubernetes would not take. */
    static String byOid(String oid) {
        return switch (oid) {
            case "1.2.840.113549.1.1.11" -> "SHA256withRSA";
            case "1.2.840.113549.1.1.12" -> "SHA384withRSA";
            case "1.2.840.113549.1.1.13" -> "SHA512withRSA";
            case ECDSA_SHA256 -> "SHA256withECDSA";
            case "1.2.840.10045.4.3.3" -> "SHA384withECDSA";
            case "1.2.840.10045.4.3.4" -> "SHA512withECDSA";
            case "1.3.101.112" -> "Ed25519";
            default -> null;
        };
    }
}
