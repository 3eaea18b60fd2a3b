package dev.kubejar.kinds.describe;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Describe;
import dev.kubejar.schema.Related;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The description of a kind that has none of its own: every field under a label made from its name. */
public final class GenericDescription {
    private static final Set<String> TOLD = Set.of(
            ".metadata.managedFields",
            ".metadata.name",
            ".metadata.namespace",
            ".metadata.labels",
            ".metadata.annotations");
    private static final Set<String> ACRONYMS = Set.of("API", "URL", "UID", "GUID");

    private GenericDescription() {}

    /** Writes any object's description. */
    public static void write(Obj object, Describe out, Related related) {
        Parts.name(object, out);
        Parts.metadata(object, out);
        content(0, object, "", out);
        Parts.events(object, out, related);
    }

    private static void content(int level, Obj content, String prefix, Describe out) {
        for (Map.Entry<String, JsonNode> entry : Parts.sorted(content).entrySet()) {
            String path = prefix + "." + entry.getKey();
            if (TOLD.contains(path)) {
                continue;
            }
            String label = label(entry.getKey());
            JsonNode value = entry.getValue();
            if (value.isObject()) {
                out.line(level, label + ":");
                content(level + 1, Obj.of(value.deepCopy()), path, out);
            } else if (value.isArray()) {
                out.line(level, label + ":");
                for (JsonNode item : value) {
                    if (item.isObject()) {
                        content(level + 1, Obj.of(item.deepCopy()), path, out);
                    } else {
                        out.line(level + 1, text(item));
                    }
                }
            } else {
                out.line(level, label + ":\t" + text(value));
            }
        }
    }

    private static String text(JsonNode value) {
        return value.isNull() ? "<nil>" : value.isArray() ? slice(value) : value.asText();
    }

    private static String slice(JsonNode items) {
        List<String> texts = new ArrayList<>();
        items.forEach(item -> texts.add(text(item)));
        return Parts.slice(texts);
    }

    /** {@code apiVersion} becomes {@code API Version}, {@code creationTimestamp} {@code Creation Timestamp}. */
    static String label(String field) {
        for (int i = 0; i < field.length(); i++) {
            if (!Character.isLetter(field.charAt(i)) && field.charAt(i) != '-') {
                return field;
            }
        }
        StringBuilder out = new StringBuilder();
        for (String part : merged(words(field))) {
            String upper = part.toUpperCase(Locale.ROOT);
            String shown = part;
            if (ACRONYMS.contains(upper)) {
                shown = upper;
            } else if (part.equals(part.toLowerCase(Locale.ROOT)) && !part.isEmpty()) {
                shown = upper.charAt(0) + part.substring(1);
            }
            out.append(out.length() == 0 ? "" : " ").append(shown);
        }
        return out.toString();
    }

    /** An all-capitals word before another capital belongs to it: {@code PDF} and {@code Loader}. */
    private static List<String> merged(List<String> words) {
        List<String> merged = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean capitals = word.length() >= 2
                    && word.equals(word.toUpperCase(Locale.ROOT))
                    && i + 1 < words.size()
                    && Character.isUpperCase(words.get(i + 1).charAt(0));
            merged.add(capitals ? word + words.get(++i) : word);
        }
        return merged;
    }

    /** Splits at changes of case; a capital that starts a word goes with it. */
    private static List<String> words(String field) {
        List<StringBuilder> runs = new ArrayList<>();
        int last = -1;
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            int type = Character.isLowerCase(c) ? 1 : Character.isUpperCase(c) ? 2 : 3;
            if (type != last) {
                runs.add(new StringBuilder());
            }
            runs.get(runs.size() - 1).append(c);
            last = type;
        }
        for (int i = 0; i + 1 < runs.size(); i++) {
            StringBuilder run = runs.get(i);
            if (Character.isUpperCase(run.charAt(0))
                    && Character.isLowerCase(runs.get(i + 1).charAt(0))) {
                runs.get(i + 1).insert(0, run.charAt(run.length() - 1));
                run.setLength(run.length() - 1);
            }
        }
        List<String> words = new ArrayList<>();
        for (StringBuilder run : runs) {
            if (run.length() > 0) {
                words.add(run.toString());
            }
        }
        return words;
    }
}
