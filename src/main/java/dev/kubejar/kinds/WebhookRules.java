package dev.kubejar.kinds;

import dev.kubejar.kinds.policy.ConditionRules;
import dev.kubejar.kinds.rules.AdmissionMatches;
import dev.kubejar.kinds.rules.Selectors;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.kinds.rules.WebhookClients;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules of webhook configurations; what a stored one already does wrong an update may go on doing. */
final class WebhookRules {
    private static final List<String> VERSIONS = List.of("v1", "v1beta1");
    private static final List<String> HARMLESS = List.of("None", "NoneOnDryRun");
    private static final List<String> ALL_EFFECTS = List.of("None", "NoneOnDryRun", "Some", "Unknown");

    /** What a new configuration must hold to and an update only if the old one did. */
    private record Strictness(boolean conditions, boolean harmless, boolean knownVersion, boolean unique) {}

    private WebhookRules() {}

    static void check(Obj now, Obj before, Problems problems) {
        List<Obj> webhooks = now.list("webhooks");
        Strictness strict =
                before == null ? new Strictness(true, true, true, true) : strictness(webhooks, before.list("webhooks"));
        Set<String> names = new HashSet<>();
        for (int i = 0; i < webhooks.size(); i++) {
            String path = "webhooks[" + i + "]";
            Obj webhook = webhooks.get(i);
            webhook(problems, path, webhook, strict);
            versions(problems, path + ".admissionReviewVersions", webhook.texts("admissionReviewVersions"), strict);
            String name = webhook.text("name");
            if (strict.unique && !name.isEmpty() && !names.add(name)) {
                problems.duplicate(path + ".name", name);
            }
        }
    }

    private static Strictness strictness(List<Obj> now, List<Obj> before) {
        boolean conditions = now.size() != before.size();
        boolean harmless = true;
        boolean known = true;
        Set<String> names = new HashSet<>();
        for (int i = 0; i < before.size(); i++) {
            Obj old = before.get(i);
            conditions |= !conditions && !Values.same(now.get(i).at("matchConditions"), old.at("matchConditions"));
            harmless &= HARMLESS.contains(old.text("sideEffects"));
            List<String> versions = old.texts("admissionReviewVersions");
            known &= versions.isEmpty() || versions.stream().anyMatch(VERSIONS::contains);
            names.add(old.text("name"));
        }
        return new Strictness(conditions, harmless, known, names.size() == before.size());
    }

    private static void webhook(Problems problems, String path, Obj webhook, Strictness strict) {
        qualified(problems, path + ".name", webhook.text("name"));
        List<Obj> rules = webhook.list("rules");
        for (int i = 0; i < rules.size(); i++) {
            AdmissionMatches.rule(problems, path + ".rules[" + i + "]", rules.get(i));
        }
        known(problems, path, webhook, "failurePolicy", "Fail", "Ignore");
        known(problems, path, webhook, "matchPolicy", "Equivalent", "Exact");
        List<String> effects = strict.harmless ? HARMLESS : ALL_EFFECTS;
        if (!webhook.has("sideEffects")) {
            problems.required(path + ".sideEffects", "must specify one of " + String.join(", ", effects));
        }
        known(problems, path, webhook, "sideEffects", effects.toArray(String[]::new));
        long seconds = webhook.number("timeoutSeconds", 1);
        if (seconds < 1 || seconds > 30) {
            problems.invalid(path + ".timeoutSeconds", seconds, "the timeout value must be between 1 and 30 seconds");
        }
        Selectors.check(problems, path + ".namespaceSelector", webhook.obj("namespaceSelector"));
        Selectors.check(problems, path + ".objectSelector", webhook.obj("objectSelector"));
        known(problems, path, webhook, "reinvocationPolicy", "IfNeeded", "Never");
        WebhookClients.check(webhook.obj("clientConfig"), path + ".clientConfig", false, problems);
        if (strict.conditions) {
            ConditionRules.check(webhook.list("matchConditions"), false, path + ".matchConditions", problems);
        }
    }

    private static void known(Problems problems, String path, Obj webhook, String field, String... values) {
        if (webhook.has(field)) {
            Values.supported(problems, path + "." + field, webhook.text(field), values);
        }
    }

    private static void qualified(Problems problems, String path, String name) {
        List<String> faults = Names.subdomain(name);
        if (name.isEmpty()) {
            problems.required(path, "");
        } else if (!faults.isEmpty()) {
            problems.invalid(path, name, String.join(",", faults));
        } else if (name.split("\\.", -1).length < 3) {
            problems.invalid(path, name, "should be a domain with at least three segments separated by dots");
        }
    }

    private static void versions(Problems problems, String path, List<String> versions, Strictness strict) {
        if (versions.isEmpty()) {
            problems.required(path, "must specify one of v1, v1beta1");
            return;
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < versions.size(); i++) {
            String version = versions.get(i);
            if (!seen.add(version)) {
                problems.invalid(path + "[" + i + "]", version, "duplicate version");
            } else {
                Values.named(problems, path + "[" + i + "]", version, Names.label1035(version));
            }
        }
        if (strict.knownVersion && versions.stream().noneMatch(VERSIONS::contains)) {
            problems.invalid(path, Values.array(versions), "must include at least one of v1, v1beta1");
        }
    }
}
