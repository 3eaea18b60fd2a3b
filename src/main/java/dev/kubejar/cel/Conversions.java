package dev.kubejar.cel;

import dev.kubejar.object.GoNumber;
import dev.kubejar.object.GoText;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

/** Between the plain types: {@code int()}, {@code string()}, {@code timestamp()} and so on. */
final class Conversions {
    private static final BigDecimal BILLION = BigDecimal.valueOf(1_000_000_000);

    private Conversions() {}

    private static CelError convert(Object value, Type to) {
        return new CelError("type conversion error from '" + Values.type(value).name() + "' to '" + to.name() + "'");
    }

    /** What {@code string()} gives, and what concatenated messages show. */
    static String text(Object value) {
        if (value instanceof String text) {
            return text;
        } else if (value instanceof Double number) {
            return number.isInfinite() ? number > 0 ? "+Inf" : "-Inf" : GoNumber.shortest(number);
        } else if (value instanceof Duration duration) {
            return seconds(duration) + "s";
        } else if (value instanceof Instant instant) {
            return instant(instant);
        } else if (value instanceof Bytes bytes) {
            return decoded(bytes);
        } else if (value instanceof Type type) {
            return type.name();
        } else if (value instanceof List || value instanceof Map || value instanceof Struct) {
            return GoText.value(Values.json(value));
        }
        return String.valueOf(value);
    }

    private static String decoded(Bytes bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.value()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new CelError("invalid UTF-8 in bytes, cannot convert to string");
        }
    }

    static String seconds(Duration duration) {
        BigDecimal seconds = BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
        return seconds.signum() == 0 ? "0" : seconds.stripTrailingZeros().toPlainString();
    }

    private static String instant(Instant instant) {
        String text = instant.toString();
        int dot = text.indexOf('.');
        if (dot < 0) {
            return text;
        }
        int end = text.length() - 1;
        while (text.charAt(end - 1) == '0') {
            end--;
        }
        return text.substring(0, end) + "Z";
    }

    static Object toInt(Object value) {
        if (value instanceof Long) {
            return value;
        } else if (value instanceof Unsigned number) {
            if (number.bits() < 0) {
                throw new CelError("integer overflow");
            }
            return number.bits();
        } else if (value instanceof Double number) {
            if (number.isNaN() || number >= 0x1p63 || number <= -0x1p63) {
                throw new CelError("integer overflow");
            }
            return (long) (double) number;
        } else if (value instanceof String text) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw new CelError(parse("ParseInt", text));
            }
        } else if (value instanceof Instant instant) {
            return instant.getEpochSecond();
        } else if (value instanceof Duration duration) {
            return duration.toNanos();
        }
        return null;
    }

    private static String parse(String function, String text) {
        boolean range = text.matches("[+-]?[0-9]+");
        return "strconv." + function + ": parsing " + GoText.quoted(text) + ": "
                + (range ? "value out of range" : "invalid syntax");
    }

    static Object toUint(Object value) {
        if (value instanceof Unsigned) {
            return value;
        } else if (value instanceof Long number) {
            if (number < 0) {
                throw new CelError("unsigned integer overflow");
            }
            return new Unsigned(number);
        } else if (value instanceof Double number) {
            if (number.isNaN() || number < 0 || number >= 0x1p64) {
                throw new CelError("unsigned integer overflow");
            }
            return new Unsigned(new BigDecimal(number).toBigInteger().longValue());
        } else if (value instanceof String text) {
            try {
                return new Unsigned(Long.parseUnsignedLong(text));
            } catch (NumberFormatException e) {
                throw new CelError(parse("ParseUint", text));
            }
        }
        return null;
    }

    static Object toDouble(Object value) {
        if (value instanceof Double) {
            return value;
        } else if (value instanceof Long number) {
            return (double) number;
        } else if (value instanceof Unsigned number) {
            return new BigDecimal(number.toString()).doubleValue();
        } else if (value instanceof String text) {
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException e) {
                throw new CelError(parse("ParseFloat", text).replace("value out of range", "invalid syntax"));
            }
        }
        return null;
    }

    static Object toBool(Object value) {
        if (value instanceof Boolean) {
            return value;
        } else if (value instanceof String text) {
            return switch (text) {
                case "1", "t", "T", "true", "TRUE", "True" -> true;
                case "0", "f", "F", "false", "FALSE", "False" -> false;
                default -> throw convert(value, Type.BOOL);
            };
        }
        return null;
    }

    static Object toBytes(Object value) {
        if (value instanceof String text) {
            return new Bytes(text.getBytes(StandardCharsets.UTF_8));
        }
        return value instanceof Bytes ? value : null;
    }

    static Object toTimestamp(Object value) {
        if (value instanceof Instant) {
            return value;
        } else if (value instanceof Long seconds) {
            return Instant.ofEpochSecond(seconds);
        } else if (value instanceof String text) {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException e) {
                throw convert(value, Type.TIMESTAMP);
            }
        }
        return null;
    }

    static Object toDuration(Object value) {
        if (value instanceof Duration) {
            return value;
        } else if (value instanceof Long nanos) {
            return Duration.ofNanos(nanos);
        } else if (value instanceof String text) {
            Duration duration = duration(text);
            if (duration == null) {
                throw convert(value, Type.DURATION);
            }
            return duration;
        }
        return null;
    }

    /** A duration as Go writes it; null where it is none. */
    static Duration duration(String text) {
        int at = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        if (text.substring(at).equals("0")) {
            return Duration.ZERO;
        }
        if (at == text.length()) {
            return null;
        }
        BigDecimal nanos = BigDecimal.ZERO;
        while (at < text.length()) {
            int start = at;
            while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
                at++;
            }
            String number = text.substring(start, at);
            start = at;
            while (at < text.length() && !Character.isDigit(text.charAt(at)) && text.charAt(at) != '.') {
                at++;
            }
            BigDecimal unit = unit(text.substring(start, at));
            if (unit == null || !number.matches("\\d+(\\.\\d*)?|\\.\\d+")) {
                return null;
            }
            nanos = nanos.add(new BigDecimal(number).multiply(unit));
        }
        if (nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            return null;
        }
        Duration found = Duration.ofNanos(nanos.longValue());
        return text.startsWith("-") ? found.negated() : found;
    }

    private static BigDecimal unit(String name) {
        return switch (name) {
            case "ns" -> BigDecimal.ONE;
            case "us", "µs", "μs" -> BigDecimal.valueOf(1_000);
            case "ms" -> BigDecimal.valueOf(1_000_000);
            case "s" -> BILLION;
            case "m" -> BILLION.multiply(BigDecimal.valueOf(60));
            case "h" -> BILLION.multiply(BigDecimal.valueOf(3600));
            default -> null;
        };
    }
}
