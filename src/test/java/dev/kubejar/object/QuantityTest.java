package dev.kubejar.object;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
    @ParameterizedTest
    @CsvSource({
        "0,0",
        "0n,0",
        "0Ki,0",
        "0.0,0",
        "-0,0",
        "00,0",
        ".,0",
        "1,1",
        "100m,100m",
        "1000m,1",
        "0.1,100m",
        "0.5,500m",
        "1.5,1500m",
        "1.500,1.500",
        "0.500,500m",
        "+1,+1",
        "01,01",
        "1024Ki,1Mi",
        "1025Ki,1025Ki",
        "1.5Gi,1536Mi",
        "0.5Gi,512Mi",
        "0.001Ki,1024m",
        "0.5Ki,512",
        "1Ki,1Ki",
        "1000Ki,1000Ki",
        "1024,1024",
        "1000,1k",
        "1500,1500",
        "1000000,1M",
        "12e6,12e6",
        "12E6,12E6",
        "12000e3,12e6",
        "1e100,10e99",
        "1e0,1e0",
        "1e-3,1e-3",
        "1e-9,1e-9",
        "1e-10,1e-9",
        "0.1n,1n",
        "1.1n,2n",
        "-0.1n,-1n",
        "100u,100u",
        "1000u,1m",
        "10000000000000000000,10E",
        "10000E,10",
        "8Ei,9223372036854775807",
        "9223372036854775807,9223372036854775807",
        "9223372036854775808,9223372036854775808",
        "100Ei,9223372036854775807",
        "-100Ei,-9223372036854775807",
        "0.1Ki,102400m",
        "0.1Mi,104857600m",
        "1e2147483647,10e1073741823",
        "1e-2147483648,1e-9",
        "3T,3T",
        "3000G,3T",
        "123456789012345678901234567890,123456789012345678901234567890",
        "64Mi,64Mi",
        "65536Ki,64Mi",
    })
    void writesTheCanonicalForm(String text, String canonical) {
        assertEquals(canonical, Quantity.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "1x", "1KiB", "1 Gi", " 1", "1.2.3", "1mm1x", "1e1.5", "\u0661", "1\n"})
    void refusesWhatIsNoQuantity(String text) {
        ParseError e = assertThrows(ParseError.class, () -> Quantity.parse(text));
        assertEquals(Quantity.WRONG_FORMAT, e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1ki", "1e", "1mm", "1K", "1-5", "1e99999999999999999999", "1Kii", "e", "1eE5", "--1"})
    void refusesUnknownSuffixes(String text) {
        ParseError e = assertThrows(ParseError.class, () -> Quantity.parse(text));
        assertEquals(Quantity.WRONG_SUFFIX, e.getMessage());
    }

    @Test
    void refusesAbsurdLengths() {
        ParseError e = assertThrows(ParseError.class, () -> Quantity.parse("9".repeat(10_000_000)));
        assertEquals(Quantity.WRONG_NUMBER, e.getMessage());
    }

    @Test
    void roundsUpToWholesAndThousandths() {
        assertEquals(1, Quantity.parse("1m").value());
        assertEquals(-1, Quantity.parse("-1m").value());
        assertEquals(2, Quantity.parse("1001m").value());
        assertEquals(1001, Quantity.parse("1.0001").milliValue());
        assertEquals(Long.MAX_VALUE, Quantity.parse("1e30").value());
        assertEquals(Long.MIN_VALUE, Quantity.parse("-1e1000000").milliValue());
        assertEquals(Long.MAX_VALUE, Quantity.parse("9223372036854775807").value());
        assertEquals(0.0625, Quantity.parse("62500u").asApproximate());
    }

    @Test
    void keepsTheFamilyOfTheFirstTerm() {
        assertEquals(
                "1536Mi", Quantity.parse("1Gi").add(Quantity.parse("512Mi")).toString());
        assertEquals("1Mi", Quantity.ZERO.add(Quantity.parse("1Mi")).toString());
        assertEquals("-500m", Quantity.parse("1").sub(Quantity.parse("1500m")).toString());
        assertEquals(
                "1049576",
                Quantity.parse("1M").add(Quantity.parse("48.4140625Ki")).toString());
        assertEquals("3k", Quantity.of(3000, Quantity.Format.DECIMAL_SI).toString());
        assertEquals("1500m", Quantity.ofMilli(1500, Quantity.Format.DECIMAL_SI).toString());
    }

    @Test
    void survivesHugeExponents() {
        Quantity huge = Quantity.parse("1e2000000000");
        assertTrue(huge.compareTo(Quantity.parse("1")) > 0);
        assertEquals(huge, huge.add(Quantity.parse("1n")));
        assertEquals(huge, Quantity.parse("1Ki").add(huge).sub(Quantity.parse("1")));
        assertEquals(Quantity.parse("-1e-2000000000").toString(), "-1e-9");
    }

    @Test
    void whatIsWrittenReadsBackEqual() {
        long seed = 7;
        Random random = new Random(seed);
        String[] suffixes = {"", "n", "u", "m", "k", "M", "G", "T", "Ki", "Mi", "Gi", "Ti", "e3", "E-2", "e5"};
        for (int i = 0; i < 20_000; i++) {
            String text = (random.nextInt(4) == 0 ? "-" : "")
                    + random.nextInt(100_000)
                    + (random.nextBoolean() ? "." + random.nextInt(10_000) : "")
                    + suffixes[random.nextInt(suffixes.length)];
            Quantity read = Quantity.parse(text);
            Quantity again = Quantity.parse(read.toString());
            assertEquals(read, again, "seed " + seed + " " + text);
            Quantity fresh = read.add(Quantity.ZERO);
            assertEquals(
                    fresh.toString(),
                    Quantity.parse(fresh.toString()).add(Quantity.ZERO).toString(),
                    text);
            BigDecimal exact = read.decimal();
            assertEquals(exact.setScale(0, RoundingMode.UP).longValue(), read.value(), text);
            Quantity other = Quantity.parse(random.nextInt(1000) + "Ki");
            assertEquals(read, read.add(other).sub(other), text);
        }
    }
}
