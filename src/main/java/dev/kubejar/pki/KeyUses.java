package dev.kubejar.pki;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a certificate's key may be used for: the words of the certificates API as extensions of RFC 5280. */
final class KeyUses {
    /** Bit numbers of KeyUsage. */
    private static final Map<String, Integer> BITS = Map.ofEntries(
            Map.entry("signing", 0),
            Map.entry("digital signature", 0),
            Map.entry("content commitment", 1),
            Map.entry("key encipherment", 2),
            Map.entry("data encipherment", 3),
            Map.entry("key agreement", 4),
            Map.entry("cert sign", 5),
            Map.entry("crl sign", 6),
            Map.entry("encipher only", 7),
            Map.entry("decipher only", 8));

    /** Extended uses with their object identifiers, in the order of Go's constants. */
    private static final List<Map.Entry<String, String>> EXTENDED = List.of(
            Map.entry("any", "2.5.29.37.0"),
            Map.entry("server auth", "1.3.6.1.5.5.7.3.1"),
            Map.entry("client auth", "1.3.6.1.5.5.7.3.2"),
            Map.entry("code signing", "1.3.6.1.5.5.7.3.3"),
            Map.entry("email protection", "1.3.6.1.5.5.7.3.4"),
            Map.entry("s/mime", "1.3.6.1.5.5.7.3.4"),
            Map.entry("ipsec end system", "1.3.6.1.5.5.7.3.5"),
            Map.entry("ipsec tunnel", "1.3.6.1.5.5.7.3.6"),
            Map.entry("ipsec user", "1.3.6.1.5.5.7.3.7"),
            Map.entry("timestamping", "1.3.6.1.5.5.7.3.8"),
            Map.entry("ocsp signing", "1.3.6.1.5.5.7.3.9"),
            Map.entry("microsoft sgc", "1.3.6.1.4.1.311.10.3.3"),
            Map.entry("netscape sgc", "2.16.840.1.113730.4.1"));

    private KeyUses() {}

    /** The KeyUsage extension's value; null where no word asks for it. */
    static byte[] basic(List<String> uses) {
        int bits = 0;
        int last = -1;
        for (String use : uses) {
            Integer bit = BITS.get(use);
            if (bit != null) {
                bits |= 1 << bit;
                last = Math.max(last, bit);
            }
        }
        if (last < 0) {
            return null;
        }
        byte[] bytes = new byte[last / 8 + 1];
        for (int bit = 0; bit <= last; bit++) {
            if ((bits & 1 << bit) != 0) {
                bytes[bit / 8] |= (byte) (0x80 >>> bit % 8);
            }
        }
        return Der.bits(7 - last % 8, bytes);
    }

    /** The ExtKeyUsage extension's value; null where no word asks for it. */
    static byte[] extended(List<String> uses) {
        List<String> oids = new ArrayList<>();
        for (Map.Entry<String, String> each : EXTENDED) {
            if (uses.contains(each.getKey()) && !oids.contains(each.getValue())) {
                oids.add(each.getValue());
            }
        }
        return oids.isEmpty() ? null : Der.sequence(oids.stream().map(Der::oid).toList());
    }
}
