package dev.kubejar.cli;

import dev.kubejar.cli.Flag.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The flags that a command declares, and after parsing their values. Declaring methods return this. */
public final class Flags {
    private static final char NONE = 0;

    private final Map<String, Flag> byName = new LinkedHashMap<>();
    private final List<Flag> inherited = new ArrayList<>();
    private List<String> required = List.of();

    public Flags bool(String name, char shorthand, boolean absent) {
        return add(name, shorthand, Type.BOOL, absent ? "true" : "false");
    }

    public Flags bool(String name, boolean absent) {
        return bool(name, NONE, absent);
    }

    public Flags string(String name, char shorthand, String absent) {
        return add(name, shorthand, Type.STRING, absent);
    }

    public Flags string(String name, String absent) {
        return string(name, NONE, absent);
    }

    public Flags integer(String name, char shorthand, int absent) {
        return add(name, shorthand, Type.INT, Integer.toString(absent));
    }

    public Flags integer(String name, int absent) {
        return integer(name, NONE, absent);
    }

    public Flags int32(String name, char shorthand, int absent) {
        return add(name, shorthand, Type.INT32, Integer.toString(absent));
    }

    public Flags int32(String name, int absent) {
        return int32(name, NONE, absent);
    }

    public Flags int64(String name, long absent) {
        return add(name, NONE, Type.INT64, Long.toString(absent));
    }

    /** {@code absent} as Go writes it: {@code 0s}, {@code 1m0s}. */
    public Flags duration(String name, String absent) {
        return add(name, NONE, Type.DURATION, absent);
    }

    /** Values parted by commas, and the flag repeated. */
    public Flags slice(String name, char shorthand, String absent) {
        return add(name, shorthand, Type.SLICE, absent);
    }

    public Flags slice(String name) {
        return slice(name, NONE, "");
    }

    /** Pairs parted by commas, and the flag repeated. */
    public Flags map(String name) {
        return add(name, NONE, Type.MAP, "");
    }

    /** The flag repeated, each value as it is. */
    public Flags array(String name, char shorthand) {
        return add(name, shorthand, Type.ARRAY, "");
    }

    public Flags array(String name) {
        return array(name, NONE);
    }

    /** The last declared flag may stand alone and then means {@code value}; a value must be attached by {@code =}. */
    public Flags bare(String value) {
        last().bare(value);
        return this;
    }

    /** The last declared flag is left out of help. */
    public Flags hidden() {
        last().hide();
        return this;
    }

    /** Flags without which the command does not run. */
    public Flags require(String... names) {
        required = List.of(names);
        return this;
    }

    private Flag last() {
        Flag found = null;
        for (Flag flag : byName.values()) {
            found = flag;
        }
        return found;
    }

    private Flags add(String name, char shorthand, Type type, String absent) {
        byName.put(name, new Flag(name, shorthand, type, absent));
        return this;
    }

    public Collection<Flag> all() {
        return byName.values();
    }

    /** Null where the command has no such flag. */
    public Flag find(String name) {
        return byName.get(name);
    }

    Flag find(char shorthand) {
        for (Flag flag : byName.values()) {
            if (flag.shorthand() == shorthand) {
                return flag;
            }
        }
        return null;
    }

    /** Takes over the flags that this command does not declare itself, name and shorthand. */
    void inherit(Flags global) {
        for (Flag flag : global.all()) {
            if (byName.putIfAbsent(flag.name(), flag) == null) {
                inherited.add(flag);
            }
        }
    }

    /** The flags that were declared, without those taken over. */
    Collection<Flag> own() {
        List<Flag> own = new ArrayList<>(byName.values());
        own.removeAll(inherited);
        return own;
    }

    List<String> required() {
        return required;
    }

    void checkRequired() {
        StringBuilder missing = new StringBuilder();
        for (String name : required) {
            if (!byName.get(name).changed()) {
                missing.append(missing.length() == 0 ? "" : ", ").append(Go.quote(name));
            }
        }
        if (missing.length() > 0) {
            throw new CliError("required flag(s) " + missing + " not set");
        }
    }

    public String text(String name) {
        return byName.get(name).text();
    }

    public boolean on(String name) {
        return Go.bool(text(name));
    }

    public long number(String name) {
        return Go.integer(text(name), 64, true, "strconv.ParseInt");
    }

    public Duration duration(String name) {
        return Go.duration(text(name));
    }

    public List<String> list(String name) {
        return byName.get(name).list();
    }

    /** Whether the flag was given. */
    public boolean changed(String name) {
        Flag flag = byName.get(name);
        return flag != null && flag.changed();
    }

    public boolean has(String name) {
        return byName.containsKey(name);
    }
}
