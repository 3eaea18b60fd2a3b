package dev.kubejar.kinds.devices;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.kinds.pod.SourceRules;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** What device classes, claims and slices have in common. */
final class DeviceRules {
    static final int MOST = 32;
    private static final int LONGEST_DATA = 10 * 1024;
    private static final int LONGEST_POOL = 253;
    private static final int LONGEST_IDENTIFIER = 32;
    private static final String[] EFFECTS = {"NoExecute", "NoSchedule", "None"};

    private DeviceRules() {}

    /** Each item of a list that may not be longer than {@code most} (negative: no limit). */
    static void items(Problems problems, String path, List<Obj> items, int most, BiConsumer<String, Obj> check) {
        if (most >= 0 && items.size() > most) {
            problems.tooMany(path, items.size(), most);
            return;
        }
        for (int i = 0; i < items.size(); i++) {
            check.accept(path + "[" + i + "]", items.get(i));
        }
    }

    /** Items of which no two have the same key. */
    static void set(
            Problems problems,
            String path,
            List<Obj> items,
            int most,
            BiConsumer<String, Obj> check,
            Function<Obj, String> key) {
        items(problems, path, items, most, check);
        if (most < 0 || items.size() <= most) {
            unique(problems, path, items.stream().map(key).toList());
        }
    }

    /** Texts of which no two are the same. */
    static void texts(Problems problems, String path, List<String> texts, int most, BiConsumer<String, String> check) {
        if (texts.size() > most) {
            problems.tooMany(path, texts.size(), most);
            return;
        }
        for (int i = 0; i < texts.size(); i++) {
            check.accept(path + "[" + i + "]", texts.get(i));
        }
        unique(problems, path, texts);
    }

    static void unique(Problems problems, String path, List<String> keys) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < keys.size(); i++) {
            if (!seen.add(keys.get(i))) {
                problems.duplicate(path + "[" + i + "]", keys.get(i));
            }
        }
    }

    static void label(Problems problems, String path, String name) {
        Values.named(problems, path, name, Names.label(name));
    }

    static void key(Problems problems, String path, String name) {
        Values.named(problems, path, name, Names.qualified(name));
    }

    /** A pool: subdomains with slashes between them. */
    static void pool(Problems problems, String path, String name) {
        if (name.isEmpty()) {
            problems.required(path, "");
            return;
        }
        if (Names.bytes(name) > LONGEST_POOL) {
            problems.tooLong(path, LONGEST_POOL);
        }
        for (String part : name.split("/", -1)) {
            Values.named(problems, path, part, Names.subdomain(part));
        }
    }

    /** Opaque configuration; {@code stored}: it is as it was, however long. */
    static void configuration(Problems problems, String path, Obj config, boolean stored) {
        if (!config.has("opaque")) {
            problems.required(path + ".opaque", "");
            return;
        }
        Obj opaque = config.obj("opaque");
        SourceRules.driver(problems, path + ".opaque.driver", opaque.text("driver"));
        json(problems, path + ".opaque.parameters", opaque.at("parameters"), stored);
    }

    /** A JSON object of any content. */
    static void json(Problems problems, String path, JsonNode value, boolean stored) {
        if (value.isMissingNode() || value.isNull()) {
            problems.required(path, "");
        } else if (!stored && Names.bytes(Json.text(value)) > LONGEST_DATA) {
            problems.tooLong(path, LONGEST_DATA);
        } else if (!value.isObject()) {
            problems.invalid(path, "<value omitted>", "must be a valid JSON object");
        }
    }

    static void selectors(Problems problems, String path, List<Obj> selectors) {
        items(problems, path, selectors, MOST, (at, selector) -> {
            if (!selector.has("cel")) {
                problems.required(at + ".cel", "");
            } else if (Names.bytes(selector.text("cel.expression")) > LONGEST_DATA) {
                problems.tooLong(at + ".cel.expression", LONGEST_DATA);
            } else {
                DeviceExpressions.check(problems, at + ".cel.expression", selector.text("cel.expression"));
            }
        });
    }

    static void taint(Problems problems, String path, Obj taint) {
        key(problems, path + ".key", taint.text("key"));
        labelValue(problems, path + ".value", taint.text("value"));
        Values.oneOf(problems, path + ".effect", taint.text("effect"), EFFECTS);
    }

    static void toleration(Problems problems, String path, Obj toleration) {
        if (!toleration.text("key").isEmpty()) {
            key(problems, path + ".key", toleration.text("key"));
        }
        String value = toleration.text("value");
        switch (toleration.text("operator")) {
            case "Exists" -> {
                if (!value.isEmpty()) {
                    problems.invalid(path + ".value", value, "must be empty for operator `Exists`");
                }
            }
            case "Equal" -> labelValue(problems, path + ".value", value);
            default -> Values.oneOf(problems, path + ".operator", toleration.text("operator"), "Equal", "Exists");
        }
        if (!toleration.text("effect").isEmpty()) {
            Values.supported(problems, path + ".effect", toleration.text("effect"), EFFECTS);
        }
    }

    private static void labelValue(Problems problems, String path, String value) {
        Values.named(problems, path, value, Names.labelValue(value));
    }

    /** A name within a domain, or without one. */
    static void qualified(Problems problems, String path, String name) {
        String[] parts = name.split("/", -1);
        if (parts.length == 1) {
            identifier(problems, path, name);
        } else if (parts.length == 2) {
            if (parts[0].isEmpty()) {
                problems.invalid(path, "", "the domain must not be empty");
            } else {
                SourceRules.driver(problems, path, parts[0]);
            }
            if (parts[1].isEmpty()) {
                problems.invalid(path, "", "the name must not be empty");
            } else {
                identifier(problems, path, parts[1]);
            }
        }
    }

    static void fullyQualified(Problems problems, String path, String name) {
        qualified(problems, path, name);
        if (name.indexOf('/') < 0) {
            problems.invalid(path, name, "a fully qualified name must be a domain and a name separated by a slash");
        }
    }

    private static void identifier(Problems problems, String path, String name) {
        if (name.length() > LONGEST_IDENTIFIER) {
            problems.tooLong(path, LONGEST_IDENTIFIER);
        }
        boolean right = !name.isEmpty() && (name.charAt(0) < '0' || name.charAt(0) > '9');
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            right &= c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
        }
        if (!right) {
            problems.invalid(
                    path,
                    name,
                    Names.pattern(
                            "a valid C identifier must start with alphabetic character or '_', followed by a string"
                                    + " of alphanumeric characters or '_'",
                            "[A-Za-z_][A-Za-z0-9_]*",
                            "my_name",
                            "MY_NAME",
                            "MyName"));
        }
    }

    /** What has to become true, or may not, before a pod is bound. */
    static void binding(Problems problems, String path, Obj owner) {
        List<String> conditions = owner.texts("bindingConditions");
        List<String> failures = owner.texts("bindingFailureConditions");
        String at = path + ".bindingConditions";
        String failing = path + ".bindingFailureConditions";
        for (int i = 0; i < conditions.size() && conditions.size() <= 4; i++) {
            key(problems, at + "[" + i + "]", conditions.get(i));
        }
        for (int i = 0; i < failures.size() && failures.size() <= 4; i++) {
            key(problems, failing + "[" + i + "]", failures.get(i));
        }
        tooMany(problems, at, conditions);
        tooMany(problems, failing, failures);
        unique(problems, at, conditions);
        unique(problems, failing, failures);
        for (int i = 0; i < failures.size(); i++) {
            if (conditions.contains(failures.get(i))) {
                problems.invalid(
                        failing + "[" + i + "]",
                        failures.get(i),
                        "bindingFailureConditions must not overlap with bindingConditions");
            }
        }
        if (conditions.isEmpty() && !failures.isEmpty()) {
            problems.invalid(at, null, "bindingConditions are required to use bindingFailureConditions");
        }
        if (failures.isEmpty() && !conditions.isEmpty()) {
            problems.invalid(failing, null, "bindingFailureConditions are required to use bindingConditions");
        }
    }

    private static void tooMany(Problems problems, String path, List<String> conditions) {
        if (conditions.size() > 4) {
            problems.tooMany(path, conditions.size(), 4);
        }
    }

    /** A UUID in small letters. */
    static void uid(Problems problems, String path, String uid) {
        String plain = uid.replace("-", "");
        boolean hex = plain.length() == 32;
        for (int i = 0; i < plain.length(); i++) {
            hex &= Character.digit(plain.charAt(i), 16) >= 0;
        }
        if (uid.length() != 36 && uid.length() != 32) {
            problems.invalid(path, uid, "error validating uid: invalid UUID length: " + uid.length());
        } else if (!hex) {
            problems.invalid(path, uid, "error validating uid: invalid UUID format");
        } else if (uid.length() != 36 || !uid.equals(uid.toLowerCase(java.util.Locale.ROOT))) {
            problems.invalid(
                    path,
                    uid,
                    "uid must be in RFC 4122 normalized form, `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx` with lowercase"
                            + " hexadecimal characters");
        }
    }
}
