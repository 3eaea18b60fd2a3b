package dev.kubejar.kinds.custom;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.kinds.rules.GoStructs;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a CustomResourceDefinition must fulfil; its schemas are {@link SchemaRules}' matter. */
public final class DefinitionRules {
    private static final String APPROVED = "api-approved.kubernetes.io";

    private DefinitionRules() {}

    /** Checks a creation ({@code before} is null) or an update of the definition itself. */
    public static void check(Obj now, Obj before, Problems problems) {
        Obj spec = InternalForm.of(now);
        SchemaOptions options = SchemaOptions.of(now, before);
        name(now, before, problems);
        spec(spec, options, problems);
        if (before != null) {
            unchanged(spec, before, problems);
        }
        status(now, problems);
        approval(now, before, problems);
        if (spec.bool("preserveUnknownFields") && (before == null || !before.bool("spec.preserveUnknownFields"))) {
            problems.invalid(
                    "spec.preserveUnknownFields",
                    true,
                    "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema"
                            + " instead");
        }
        Formats.warn(now, before, problems);
    }

    /** Checks an update of the status alone. */
    public static void checkStatus(Obj now, Obj before, Problems problems) {
        names(now.obj("status.acceptedNames"), "status.acceptedNames", problems);
    }

    private static void name(Obj now, Obj before, Problems problems) {
        String wanted = now.text("spec.names.plural") + "." + now.text("spec.group");
        if (before == null && !now.name().isEmpty() && !now.name().equals(wanted)) {
            problems.invalid("metadata.name", now.name(), "must be spec.names.plural+\".\"+spec.group");
        }
    }

    private static void spec(Obj spec, SchemaOptions options, Problems problems) {
        group(spec.text("group"), problems);
        Values.oneOf(problems, "spec.scope", spec.text("scope"), "Cluster", "Namespaced");
        schemas(spec, options, problems);
        versions(spec, options, problems);
        String names = "spec.names.";
        for (String field : List.of("plural", "singular", "kind", "listKind")) {
            if (spec.text("names." + field).isEmpty()) {
                problems.required(names + field, "");
            }
        }
        names(spec.obj("names"), "spec.names", problems);
        SchemaRules.check(spec.at("validation"), "spec.validation", anyStatus(spec), options, problems);
        SubresourceRules.check(spec.obj("subresources"), "spec.subresources", problems);
        ColumnRules.check(spec.list("additionalPrinterColumns"), "spec.additionalPrinterColumns", problems);
        SelectableRules.check(
                spec.list("selectableFields"),
                spec.at("validation.openAPIV3Schema"),
                "spec.selectableFields",
                "may only be set when validations.schema is included",
                problems);
        ConversionRules.check(spec.obj("conversion"), options, problems);
    }

    private static void group(String group, Problems problems) {
        if (group.isEmpty()) {
            problems.required("spec.group", "");
        } else if (!Names.subdomain(group).isEmpty()) {
            problems.invalid("spec.group", group, String.join(",", Names.subdomain(group)));
        } else if (group.indexOf('.') < 0) {
            problems.invalid("spec.group", group, "should be a domain with at least one dot");
        }
    }

    private static void schemas(Obj spec, SchemaOptions options, Problems problems) {
        if (spec.has("validation.openAPIV3Schema")) {
            return;
        }
        List<Obj> versions = spec.list("versions");
        for (int i = 0; i < versions.size(); i++) {
            if (!versions.get(i).has("schema.openAPIV3Schema")) {
                String path = "spec.versions[" + i + "].schema.openAPIV3Schema";
                if (options.requireSchema()) {
                    problems.required(path, "");
                } else if (versions.get(i).bool("served")) {
                    problems.required(path, "because otherwise all fields are pruned");
                }
            }
        }
    }

    private static boolean anyStatus(Obj spec) {
        return spec.has("subresources.status")
                || spec.list("versions").stream().anyMatch(each -> each.has("subresources.status"));
    }

    private static void versions(Obj spec, SchemaOptions options, Problems problems) {
        List<Obj> versions = spec.list("versions");
        boolean own = versions.stream().anyMatch(each -> each.has("subresources"));
        Set<String> seen = new HashSet<>();
        boolean distinct = true;
        int storage = 0;
        for (int i = 0; i < versions.size(); i++) {
            Obj version = versions.get(i);
            String path = "spec.versions[" + i + "]";
            storage += version.bool("storage") ? 1 : 0;
            distinct &= seen.add(version.text("name"));
            List<String> faults = Names.label1035(version.text("name"));
            if (!faults.isEmpty()) {
                problems.invalid(path + ".name", version.text("name"), String.join(",", faults));
            }
            version(version, path, (own ? version : spec).has("subresources.status"), options, problems);
        }
        JsonNode shown =
                spec.at("versions").isMissingNode() || spec.at("versions").isNull()
                        ? null
                        : GoStructs.list("CustomResourceDefinitionVersion", spec.at("versions"));
        if (!distinct) {
            problems.invalid("spec.versions", shown, "must contain unique version names");
        }
        if (storage != 1) {
            problems.invalid("spec.versions", shown, "must have exactly one version marked as storage version");
        }
    }

    private static void version(Obj version, String path, boolean status, SchemaOptions options, Problems problems) {
        if (version.has("deprecationWarning")) {
            warning(version, path + ".deprecationWarning", problems);
        }
        SchemaRules.check(
                version.at("schema"), path + ".schema", status, options.ofVersion(version.text("name")), problems);
        SubresourceRules.check(version.obj("subresources"), path + ".subresources", problems);
        ColumnRules.check(version.list("additionalPrinterColumns"), path + ".additionalPrinterColumns", problems);
        SelectableRules.check(
                version.list("selectableFields"),
                version.at("schema.openAPIV3Schema"),
                path + ".selectableFields",
                "may only be set when `version.schema.openAPIV3Schema` is not included",
                problems);
    }

    private static void warning(Obj version, String path, Problems problems) {
        String text = version.text("deprecationWarning");
        if (!version.bool("deprecated")) {
            problems.invalid(path, text, "can only be set for deprecated versions");
            return;
        }
        if (Names.bytes(text) > 256) {
            problems.invalid(path, text, "must be <= 256 characters long");
        }
        if (text.isEmpty()) {
            problems.invalid(path, text, "must not be an empty string");
        }
        int bytes = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (!dev.kubejar.object.GoText.printable(c)) {
                problems.invalid(
                        path,
                        text,
                        "must only contain printable UTF-8 characters; non-printable character found at index "
                                + bytes);
                return;
            }
            bytes += Names.bytes(new String(Character.toChars(c)));
            i += Character.charCount(c);
        }
    }

    private static void names(Obj names, String path, Problems problems) {
        label(names, path, "plural", problems);
        label(names, path, "singular", problems);
        mixed(names, path, "kind", problems);
        mixed(names, path, "listKind", problems);
        labels(names.texts("shortNames"), path + ".shortNames", problems);
        String kind = names.text("kind");
        if (!kind.isEmpty() && kind.equals(names.text("listKind"))) {
            problems.invalid(path + ".listKind", kind, "kind and listKind may not be the same");
        }
        labels(names.texts("categories"), path + ".categories", problems);
    }

    private static void label(Obj names, String path, String field, Problems problems) {
        String name = names.text(field);
        List<String> faults = Names.label1035(name);
        if (!name.isEmpty() && !faults.isEmpty()) {
            problems.invalid(path + "." + field, name, String.join(",", faults));
        }
    }

    private static void mixed(Obj names, String path, String field, Problems problems) {
        String name = names.text(field);
        List<String> faults = Names.label1035(name.toLowerCase(Locale.ROOT));
        if (!name.isEmpty() && !faults.isEmpty()) {
            problems.invalid(
                    path + "." + field,
                    name,
                    "may have mixed case, but should otherwise match: " + String.join(",", faults));
        }
    }

    private static void labels(List<String> names, String path, Problems problems) {
        for (int i = 0; i < names.size(); i++) {
            List<String> faults = Names.label1035(names.get(i));
            if (!faults.isEmpty()) {
                problems.invalid(path + "[" + i + "]", names.get(i), String.join(",", faults));
            }
        }
    }

    private static void unchanged(Obj spec, Obj before, Problems problems) {
        if (established(before)) {
            same(spec, before, "scope", problems);
            same(spec, before, "names.kind", problems);
        }
        same(spec, before, "group", problems);
        same(spec, before, "names.plural", problems);
    }

    private static void same(Obj spec, Obj before, String field, Problems problems) {
        if (!spec.text(field).equals(before.text("spec." + field))) {
            problems.invalid("spec." + field, spec.text(field), Values.IMMUTABLE);
        }
    }

    static boolean established(Obj definition) {
        return definition.list("status.conditions").stream()
                .anyMatch(each -> each.text("type").equals("Established")
                        && each.text("status").equals("True"));
    }

    private static void status(Obj now, Problems problems) {
        names(now.obj("status.acceptedNames"), "status.acceptedNames", problems);
        String path = "status.storedVersions";
        List<String> stored = now.texts(path);
        if (stored.isEmpty()) {
            problems.invalid(path, null, "must have at least one stored version");
            return;
        }
        Set<String> known = new HashSet<>();
        for (Obj version : now.list("spec.versions")) {
            String name = version.text("name");
            known.add(name);
            if (version.bool("storage") && !stored.contains(name)) {
                problems.invalid(path, now.at(path), "must have the storage version " + name);
            }
        }
        for (int i = 0; i < stored.size(); i++) {
            String name = stored.get(i);
            if (!known.contains(name)) {
                problems.invalid(
                        path + "[" + i + "]",
                        name,
                        "missing from spec.versions; " + name + " was previously a storage version, and must remain in"
                                + " spec.versions until a storage migration ensures no data remains persisted in "
                                + name + " and removes " + name + " from status.storedVersions");
            }
        }
    }

    private static void approval(Obj now, Obj before, Problems problems) {
        String group = now.text("spec.group");
        if (!group.equals("k8s.io")
                && !group.equals("kubernetes.io")
                && !group.endsWith(".k8s.io")
                && !group.endsWith(".kubernetes.io")) {
            return;
        }
        String value = now.annotation(APPROVED);
        String state = approvalState(value);
        if (before != null && approvalState(before.annotation(APPROVED)).equals(state)) {
            return;
        }
        String path = "metadata.annotations[" + APPROVED + "]";
        if (state.equals("missing")) {
            problems.required(
                    path,
                    "protected groups must have approval annotation \"" + APPROVED
                            + "\", see https://github.com/kubernetes/enhancements/pull/1111");
        } else if (state.equals("invalid")) {
            problems.invalid(
                    path,
                    value,
                    "protected groups must have approval annotation \"" + APPROVED
                            + "\" with either a URL or a reason starting with \"unapproved\", see"
                            + " https://github.com/kubernetes/enhancements/pull/1111");
        }
    }

    private static String approvalState(String value) {
        if (value == null || value.isEmpty()) {
            return "missing";
        }
        if (value.startsWith("unapproved")) {
            return "bypassed";
        }
        return value.matches("[a-z][a-z0-9+.-]*://[^/\\s]+.*") ? "approved" : "invalid";
    }
}
