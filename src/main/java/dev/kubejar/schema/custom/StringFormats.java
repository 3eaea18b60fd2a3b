package dev.kubejar.schema.custom;

import dev.kubejar.object.GoTime;
import dev.kubejar.object.ParseError;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Set;
import java.util.regex.Pattern;

/** The string formats that an OpenAPI schema may name, as kube-openapi's strfmt judges them. */
public final class StringFormats {
    private static final String HEX = "[0-9a-fA-F]";
    private static final String TAIL = HEX + "{3}-?" + HEX + "{12}";
    private static final Set<String> KNOWN = Set.of(
            "bsonobjectid",
            "uri",
            "email",
            "hostname",
            "ipv4",
            "ipv6",
            "cidr",
            "mac",
            "uuid",
            "uuid3",
            "uuid4",
            "uuid5",
            "isbn",
            "isbn10",
            "isbn13",
            "creditcard",
            "ssn",
            "hexcolor",
            "rgbcolor",
            "byte",
            "password",
            "date",
            "duration",
            "datetime",
            "k8sshortname",
            "k8slongname");

    private StringFormats() {}

    /** Whether the format means something for values of this type; others are ignored. */
    public static boolean known(String type, String format) {
        return switch (type) {
            case "", "string" -> KNOWN.contains(format.replace("-", ""));
            case "integer" -> format.equals("int32") || format.equals("int64");
            case "number" -> format.equals("float") || format.equals("double");
            default -> false;
        };
    }

    /** Whether a text has the (known) format. */
    public static boolean holds(String format, String text) {
        return switch (format.replace("-", "")) {
            case "bsonobjectid" -> text.matches(HEX + "{24}");
            case "uri" -> uri(text);
            case "email" -> email(text);
            case "hostname" -> hostname(text);
            case "ipv4" -> four(text);
            case "ipv6" -> six(text);
            case "cidr" -> cidr(text);
            case "mac" -> mac(text);
            case "uuid" -> text.matches(HEX + "{8}-?" + HEX + "{4}-?" + HEX + "{4}-?" + HEX + "{4}-?" + HEX + "{12}");
            case "uuid3" -> text.matches(HEX + "{8}-?" + HEX + "{4}-?3" + HEX + "{3}-?" + HEX + "{4}-?" + HEX + "{12}");
            case "uuid4" -> text.matches(HEX + "{8}-?" + HEX + "{4}-?4" + HEX + "{3}-?[89abAB]" + TAIL);
            case "uuid5" -> text.matches(HEX + "{8}-?" + HEX + "{4}-?5" + HEX + "{3}-?[89abAB]" + TAIL);
            case "isbn" -> isbn10(text) || isbn13(text);
            case "isbn10" -> isbn10(text);
            case "isbn13" -> isbn13(text);
            case "creditcard" -> creditCard(text);
            case "ssn" -> text.matches("\\d{3}[- ]?\\d{2}[- ]?\\d{4}");
            case "hexcolor" -> text.matches("#?(" + HEX + "{3}|" + HEX + "{6})");
            case "rgbcolor" -> rgb(text);
            case "byte" ->
                text.matches("(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})");
            case "date" -> date(text);
            case "datetime" -> dateTime(text);
            case "duration" -> text.matches("\\s*[+-]?(\\d+(\\.\\d*)?|\\.\\d+|\\d+)\\s*[A-Za-zµ]*.*") && duration(text);
            case "k8sshortname" -> text.length() <= 63 && text.matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
            case "k8slongname" ->
                text.length() <= 253
                        && text.matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
            default -> true;
        };
    }

    private static boolean uri(String text) {
        if (text.startsWith("/")) {
            return true;
        }
        try {
            return new URI(text.replace(" ", "%20").replace("{", "%7B").replace("}", "%7D")).isAbsolute();
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean email(String text) {
        int open = text.lastIndexOf('<');
        String address = open >= 0 && text.endsWith(">") ? text.substring(open + 1, text.length() - 1) : text;
        return address.matches("[^@\\s<>,;:\\\\\"()\\[\\]]+@[^@\\s<>,;:\\\\\"()]+")
                && !address.startsWith(".")
                && !address.contains("..")
                && !address.contains(".@");
    }

    private static final Pattern HOSTNAME =
            Pattern.compile("([a-zA-Z0-9\\p{S}\\p{L}]((-?[a-zA-Z0-9\\p{S}\\p{L}]{0,62})?)"
                    + "|([a-zA-Z0-9\\p{S}\\p{L}](([a-zA-Z0-9-\\p{S}\\p{L}]{0,61}[a-zA-Z0-9\\p{S}\\p{L}])?)(\\.)){1,}"
                    + "([a-zA-Z\\p{L}]){2,63})");

    private static boolean hostname(String text) {
        if (text.length() > 255 || !HOSTNAME.matcher(text).matches()) {
            return false;
        }
        for (String part : text.split("\\.", -1)) {
            if (part.length() > 63) {
                return false;
            }
        }
        return true;
    }

    static boolean four(String text) {
        return text.matches("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}")
                && java.util.Arrays.stream(text.split("\\.")).allMatch(part -> Integer.parseInt(part) < 256);
    }

    static boolean six(String text) {
        if (!text.contains(":") || !text.matches("[0-9a-fA-F:.]+") || text.contains(":::")) {
            return false;
        }
        String head = text;
        int groups = 0;
        int dot = text.indexOf('.');
        if (dot >= 0) {
            int colon = text.lastIndexOf(':');
            if (!four(text.substring(colon + 1))) {
                return false;
            }
            head = text.substring(0, colon + 1) + "0:0";
        }
        int gap = head.indexOf("::");
        if (gap >= 0 && head.indexOf("::", gap + 1) >= 0) {
            return false;
        }
        for (String side :
                gap < 0 ? new String[] {head} : new String[] {head.substring(0, gap), head.substring(gap + 2)}) {
            if (side.isEmpty()) {
                continue;
            }
            for (String group : side.split(":", -1)) {
                if (!group.matches(HEX + "{1,4}")) {
                    return false;
                }
                groups++;
            }
        }
        return gap < 0 ? groups == 8 : groups < 8;
    }

    private static boolean cidr(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("0|[1-9]\\d{0,2}")) {
            return false;
        }
        String address = text.substring(0, slash);
        int bits = Integer.parseInt(text.substring(slash + 1));
        return four(address) && bits <= 32 || six(address) && bits <= 128;
    }

    private static boolean mac(String text) {
        return text.matches(
                "(" + HEX + "{2}:){5}" + HEX + "{2}|(" + HEX + "{2}:){7}" + HEX + "{2}|(" + HEX + "{2}:){19}"
                        + HEX + "{2}|(" + HEX + "{2}-){5}" + HEX + "{2}|(" + HEX + "{2}-){7}" + HEX + "{2}|(" + HEX
                        + "{4}\\.){2}" + HEX + "{4}|(" + HEX + "{4}\\.){3}" + HEX + "{4}");
    }

    private static boolean isbn10(String text) {
        String digits = text.replaceAll("[\\s-]+", "");
        if (!digits.matches("[0-9]{9}[0-9X]")) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < 10; i++) {
            int digit = digits.charAt(i) == 'X' ? 10 : digits.charAt(i) - '0';
            sum += (i + 1) * digit;
        }
        return sum % 11 == 0;
    }

    private static boolean isbn13(String text) {
        String digits = text.replaceAll("[\\s-]+", "");
        if (!digits.matches("[0-9]{13}")) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < 12; i++) {
            sum += (i % 2 == 0 ? 1 : 3) * (digits.charAt(i) - '0');
        }
        return (10 - sum % 10) % 10 == digits.charAt(12) - '0';
    }

    private static boolean creditCard(String text) {
        String digits = text.replaceAll("[^0-9]+", "");
        if (!digits.matches("4[0-9]{12}([0-9]{3})?|5[1-5][0-9]{14}|6(011|5[0-9][0-9])[0-9]{12}|3[47][0-9]{13}"
                + "|3(0[0-5]|[68][0-9])[0-9]{11}|(2131|1800|35\\d{3})\\d{11}")) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int twice = digit * 2;
            sum += i % 2 == 0 ? digit : twice > 9 ? twice - 9 : twice;
        }
        return sum % 10 == 0;
    }

    private static boolean rgb(String text) {
        String number = "\\s*(0|[1-9]\\d?|1\\d\\d?|2[0-4]\\d|25[0-5])\\s*";
        return text.matches("rgb\\(" + number + "," + number + "," + number + "\\)");
    }

    private static boolean date(String text) {
        try {
            return text.matches("\\d{4}-\\d{2}-\\d{2}") && LocalDate.parse(text) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean dateTime(String text) {
        if (text.length() < 4) {
            return false;
        }
        int split = Math.max(text.indexOf('T'), text.indexOf('t'));
        if (split < 0 || !date(text.substring(0, split))) {
            return false;
        }
        try {
            GoTime.seconds(text.toUpperCase(java.util.Locale.ROOT));
            return true;
        } catch (ParseError e) {
            return false;
        }
    }

    private static boolean duration(String text) {
        return text.matches("[+-]?((\\d+(\\.\\d*)?|\\.\\d+)(ns|us|µs|μs|ms|s|m|h))+|[+-]?0")
                || text.matches("(?i)\\s*\\d+\\s*(ns|nanos?|nanoseconds?|us|µs|micros?|microseconds?|ms|millis?"
                        + "|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hr|hours?|d|days?|w|weeks?)\\s*");
    }
}
