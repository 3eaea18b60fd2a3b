package dev.kubejar.pki;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A certificate (X.509) as authentication reads it: whose it is, and how long. */
public final class Certificate {
    private static final int UTC_TIME = 0x17;

    private final byte[] der;
    private final DerValue body;

    private Certificate(byte[] der) {
        this.der = der;
        this.body = DerValue.of(der).part(0);
    }

    /**
     * Reads a certificate in DER.
     *
     * @throws IllegalArgumentException where it is none
     */
    public static Certificate of(byte[] der) {
        return new Certificate(der);
    }

    /** The subject's common name: the user. */
    public String commonName() {
        List<String> names = named("2.5.4.3");
        return names.isEmpty() ? "" : names.get(names.size() - 1);
    }

    /** The subject's organizations: the groups. */
    public List<String> organizations() {
        return named("2.5.4.10");
    }

    private List<String> named(String oid) {
        List<String> values = new ArrayList<>();
        for (DerValue set : body.part(5).parts()) {
            for (DerValue attribute : set.parts()) {
                if (attribute.part(0).oid().equals(oid)) {
                    values.add(attribute.part(1).text());
                }
            }
        }
        return values;
    }

    /** Whether it holds at an instant. */
    public boolean valid(Instant now) {
        DerValue validity = body.part(4);
        return !now.isBefore(time(validity.part(0))) && !now.isAfter(time(validity.part(1)));
    }

    /** {@code 261121061342Z} with two digits of the year, or four. */
    private static Instant time(DerValue value) {
        String text = new String(value.content(), StandardCharsets.US_ASCII);
        if (value.tag() == UTC_TIME) {
            text = (text.compareTo("5") < 0 ? "20" : "19") + text;
        }
        return Instant.parse(text.substring(0, 4) + "-" + text.substring(4, 6) + "-" + text.substring(6, 8) + "T"
                + text.substring(8, 10) + ":" + text.substring(10, 12) + ":" + text.substring(12, 14) + "Z");
    }

    /** The SHA-256 of the certificate, in hexadecimal digits. */
    public String fingerprint() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK lacks SHA-256", e);
        }
    }
}
