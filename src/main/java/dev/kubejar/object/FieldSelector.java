package dev.kubejar.object;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Fields that must have, or not have, a value: {@code status.phase!=Running,metadata.name=a}, as apimachinery reads it. */
public final class FieldSelector {
    /** One term; {@code equal} is false for {@code !=}. */
    public record Requirement(String field, boolean equal, String value) {
        @Override
        public String toString() {
            return field + (equal ? "=" : "!=") + escape(value);
        }
    }

    public static final FieldSelector EVERYTHING = new FieldSelector(List.of());

    private final List<Requirement> requirements;

    private FieldSelector(List<Requirement> requirements) {
        this.requirements = requirements;
    }

    /** One field with one value. */
    public static FieldSelector equalTo(String field, String value) {
        return new FieldSelector(List.of(new Requirement(field, true, value)));
    }

    /**
     * Reads the form of {@code --field-selector}.
     *
     * @throws ParseError worded as apimachinery's parser
     */
    public static FieldSelector parse(String text) {
        List<String> terms = terms(text);
        Collections.sort(terms);
        List<Requirement> found = new ArrayList<>(terms.size());
        for (String term : terms) {
            if (!term.isEmpty()) {
                found.add(term(text, term));
            }
        }
        return found.isEmpty() ? EVERYTHING : new FieldSelector(List.copyOf(found));
    }

    private static List<String> terms(String text) {
        List<String> terms = new ArrayList<>(2);
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == ',') {
                terms.add(text.substring(start, i));
                start = i + 1;
            }
        }
        terms.add(text.substring(start));
        return terms;
    }

    private static Requirement term(String whole, String term) {
        for (int i = 0; i < term.length(); i++) {
            boolean negated = term.startsWith("!=", i);
            if (negated || term.charAt(i) == '=') {
                int value = i + (negated || term.startsWith("==", i) ? 2 : 1);
                return new Requirement(term.substring(0, i), !negated, unescape(term.substring(value)));
            }
        }
        throw new ParseError("invalid selector: '" + whole + "'; can't understand '" + term + "'");
    }

    private static String unescape(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
                if (i == text.length() || "\\,=".indexOf(text.charAt(i)) < 0) {
                    String sequence = i == text.length() ? "\\" : "\\" + Character.toString(text.codePointAt(i));
                    throw new ParseError("invalid field selector: invalid escape sequence: " + sequence);
                }
                out.append(text.charAt(i));
            } else if (c == ',' || c == '=') {
                throw new ParseError("invalid field selector: unescaped character in value: " + (int) c);
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** A value with what would part it from others escaped. */
    public static String escape(String value) {
        return value.replace("\\", "\\\\").replace(",", "\\,").replace("=", "\\=");
    }

    public List<Requirement> requirements() {
        return requirements;
    }

    public boolean isEmpty() {
        return requirements.isEmpty();
    }

    /** Whether the fields, looked up by name (an absent one is empty), are as required. */
    public boolean matches(Function<String, String> fields) {
        for (Requirement each : requirements) {
            if (each.value().equals(fields.apply(each.field())) != each.equal()) {
                return false;
            }
        }
        return true;
    }

    /** The one value that it requires of a field. */
    public Optional<String> exactMatch(String field) {
        for (Requirement each : requirements) {
            if (each.equal() && each.field().equals(field)) {
                return Optional.of(each.value());
            }
        }
        return Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FieldSelector that && requirements.equals(that.requirements);
    }

    @Override
    public int hashCode() {
        return requirements.hashCode();
    }

    /** The canonical text. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        for (Requirement requirement : requirements) {
            out.append(out.isEmpty() ? "" : ",").append(requirement);
        }
        return out.toString();
    }
}
