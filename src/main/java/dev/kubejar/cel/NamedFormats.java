package dev.kubejar.cel;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The formats that texts can be validated against by name. */
final class NamedFormats {
    /** A format: what is wrong with a text, an empty list where nothing is. */
    record Format(String name, Function<String, List<String>> check) implements Typed {
        @Override
        public Type type() {
            return Type.FORMAT;
        }
    }

    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String LABEL_RULE =
            "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end"
                    + " with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '"
                    + LABEL + "')";
    private static final String SUBDOMAIN_RULE =
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start"
                    + " and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '"
                    + LABEL + "(\\." + LABEL + ")*')";
    private static final String OLD_RULE =
            "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic"
                    + " character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for"
                    + " validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
    private static final String VALUE_RULE =
            "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start"
                    + " and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for"
                    + " validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
    private static final String KEY_RULE =
            "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
                    + " alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is"
                    + " '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

    private NamedFormats() {}

    static void add(Map<String, Library.Function> to) {
        for (String name : List.of(
                "dns1123Label",
                "dns1123Subdomain",
                "dns1035Label",
                "qualifiedName",
                "dns1123LabelPrefix",
                "dns1123SubdomainPrefix",
                "dns1035LabelPrefix",
                "labelValue",
                "uri",
                "uuid",
                "byte",
                "date",
                "datetime")) {
            to.put("format." + name, args -> named(name));
        }
        to.put("format.named", args -> {
            Format format = named(Texts.text(args, 0));
            return format == null ? Optionals.NONE : new Optionals(format);
        });
        to.put("validate", args -> {
            if (!(args[0] instanceof Format format)) {
                return null;
            }
            List<String> faults = format.check().apply(Texts.text(args, 1));
            return faults.isEmpty() ? Optionals.NONE : new Optionals(List.<Object>copyOf(faults));
        });
    }

    private static Format named(String name) {
        return switch (name) {
            case "dns1123Label" -> form(name, LABEL, 63, LABEL_RULE, false);
            case "dns1123LabelPrefix" -> form(name, LABEL, 63, LABEL_RULE, true);
            case "dns1123Subdomain" -> form(name, LABEL + "(\\." + LABEL + ")*", 253, SUBDOMAIN_RULE, false);
            case "dns1123SubdomainPrefix" -> form(name, LABEL + "(\\." + LABEL + ")*", 253, SUBDOMAIN_RULE, true);
            case "dns1035Label" -> form(name, "[a-z]([-a-z0-9]*[a-z0-9])?", 63, OLD_RULE, false);
            case "dns1035LabelPrefix" -> form(name, "[a-z]([-a-z0-9]*[a-z0-9])?", 63, OLD_RULE, true);
            case "labelValue" -> form(name, "(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?", 63, VALUE_RULE, false);
            case "qualifiedName" ->
                form(
                        name,
                        "(" + LABEL + "(\\." + LABEL + ")*/)?([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]",
                        317,
                        KEY_RULE,
                        false);
            case "uri" ->
                new Format(
                        name,
                        text -> text.startsWith("/") || text.matches("[a-zA-Z][a-zA-Z0-9+.-]*:\\S+")
                                ? List.of()
                                : List.of("parse " + dev.kubejar.object.GoText.quoted(text)
                                        + (text.isEmpty() ? ": empty url" : ": invalid URI for request")));
            case "uuid" ->
                plain(
                        name,
                        "(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}",
                        "does not match the UUID format");
            case "byte" ->
                plain(
                        name,
                        "(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})",
                        "invalid base64");
            case "date" -> plain(name, "\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])", "invalid date");
            case "datetime" ->
                plain(
                        name,
                        "\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])[Tt]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?([zZ]|[+-]\\d\\d:?\\d\\d)",
                        "invalid datetime");
            default -> null;
        };
    }

    private static Format plain(String name, String expression, String fault) {
        return new Format(name, text -> text.matches(expression) ? List.of() : List.of(fault));
    }

    private static Format form(String name, String expression, int most, String rule, boolean prefix) {
        return new Format(name, given -> {
            String text = prefix && given.endsWith("-") ? given.substring(0, given.length() - 1) + "a" : given;
            List<String> faults = new java.util.ArrayList<>();
            if (text.length() > most) {
                faults.add("must be no more than " + most + " bytes");
            }
            if (!text.matches(expression)) {
                faults.add(rule);
            }
            return faults;
        });
    }
}
