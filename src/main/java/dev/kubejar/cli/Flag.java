package dev.kubejar.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One flag of a command, with the values it was given: pflag's rules for what may stand where. */
public final class Flag {
    /** What a flag holds. */
    public enum Type {
        BOOL,
        STRING,
        INT,
        INT32,
        INT64,
        DURATION,
        /** Comma-separated, repeatable. */
        SLICE,
        /** Repeatable, commas being ordinary characters. */
        ARRAY,
        /** Comma-separated pairs, repeatable. */
        MAP
    }

    private final String name;
    private final char shorthand;
    private final Type type;
    private final String absent;
    private String bare;
    private boolean hidden;
    private final List<String> values = new ArrayList<>();

    Flag(String name, char shorthand, Type type, String absent) {
        this.name = name;
        this.shorthand = shorthand;
        this.type = type;
        this.absent = absent;
        this.bare = type == Type.BOOL ? "true" : null;
    }

    public String name() {
        return name;
    }

    /** 0 where there is none. */
    public char shorthand() {
        return shorthand;
    }

    public Type type() {
        return type;
    }

    /** The default as text; empty for an empty list. */
    public String absent() {
        return absent;
    }

    /** The value of the flag alone, without one attached; null where a value must follow. */
    public String bare() {
        return bare;
    }

    void bare(String value) {
        bare = value;
    }

    public boolean hidden() {
        return hidden;
    }

    /** Whether giving it again adds to what was given. */
    public boolean repeatable() {
        return type == Type.SLICE || type == Type.ARRAY || type == Type.MAP;
    }

    void hide() {
        hidden = true;
    }

    public boolean changed() {
        return !values.isEmpty();
    }

    /** The last value, or the default. */
    public String text() {
        return values.isEmpty() ? absent : values.get(values.size() - 1);
    }

    /** All values, the comma-separated ones taken apart; the default where there are none. */
    public List<String> list() {
        if (values.isEmpty()) {
            return absent.isEmpty() ? List.of() : Go.csv(absent);
        }
        if (type == Type.ARRAY) {
            return List.copyOf(values);
        }
        List<String> all = new ArrayList<>();
        values.forEach(value -> all.addAll(Go.csv(value)));
        return all;
    }

    /** Takes a value from the command line; throws pflag's complaint. */
    void set(String value) {
        try {
            check(value);
        } catch (CliError e) {
            String shown = shorthand == 0 ? "--" + name : "-" + shorthand + ", --" + name;
            throw new CliError(
                    "invalid argument " + Go.quote(value) + " for \"" + shown + "\" flag: " + e.getMessage());
        }
        values.add(value);
    }

    private void check(String value) {
        switch (type) {
            case BOOL -> Go.bool(value);
            case INT, INT64 -> Go.integer(value, 64, true, "strconv.ParseInt");
            case INT32 -> Go.integer(value, 32, true, "strconv.ParseInt");
            case DURATION -> Go.duration(value);
            case SLICE -> Go.csv(value);
            case MAP -> pairs(value);
            default -> {}
        }
    }

    /** The pairs of all values, spaces around them dropped; a later one replaces an earlier one. */
    public Map<String, String> map() {
        Map<String, String> all = new TreeMap<>();
        values.forEach(value -> all.putAll(pairs(value)));
        return all;
    }

    private static Map<String, String> pairs(String value) {
        Map<String, String> pairs = new TreeMap<>();
        for (String each : value.split(",")) {
            int equals = each.indexOf('=');
            if (equals < 0 && !each.isEmpty()) {
                throw new CliError("malformed pair, expect string=string");
            }
            if (!each.isEmpty()) {
                pairs.put(
                        each.substring(0, equals).strip(),
                        each.substring(equals + 1).strip());
            }
        }
        return pairs;
    }

    /** How help writes {@code --name=default}. */
    String usage() {
        String shown =
                switch (type) {
                    case STRING -> "'" + absent + "'";
                    case SLICE, ARRAY -> "[" + absent + "]";
                    default -> absent;
                };
        return "--" + name + "=" + shown;
    }
}
