package dev.kubejar.kinds.rules;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Resource claims, as pods declare them and containers use them. */
public final class Claims {
    private Claims() {}

    /** A pod's claims; gives the names of all. */
    public static void declared(Problems problems, String path, List<Obj> claims, boolean mirror) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < claims.size(); i++) {
            if (mirror) {
                problems.forbidden("[]", "static pods do not support resource claims");
                continue;
            }
            Obj claim = claims.get(i);
            String at = path + "[" + i + "]";
            String name = claim.text("name");
            if (name.isEmpty()) {
                problems.required(at + ".name", "");
            } else if (!names.add(name)) {
                problems.duplicate(at + ".name", name);
            } else {
                Values.named(problems, at + ".name", name, Names.label(name));
            }
            boolean byName = claim.has("resourceClaimName");
            boolean byTemplate = claim.has("resourceClaimTemplateName");
            if (byName && byTemplate) {
                problems.invalid(
                        at,
                        GoStructs.of("PodResourceClaim", claim),
                        "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified");
            }
            if (!byName && !byTemplate) {
                problems.invalid(
                        at,
                        GoStructs.of("PodResourceClaim", claim),
                        "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`");
            }
            for (String field : List.of("resourceClaimName", "resourceClaimTemplateName")) {
                if (claim.has(field)) {
                    Values.named(problems, at + "." + field, claim.text(field), Names.subdomain(claim.text(field)));
                }
            }
        }
    }

    static void used(Problems problems, String path, List<Obj> claims, Set<String> declared) {
        Set<String> names = new TreeSet<>();
        for (int i = 0; i < claims.size(); i++) {
            String at = path + "[" + i + "]";
            String name = claims.get(i).text("name");
            String request = claims.get(i).text("request");
            if (name.isEmpty()) {
                problems.required(at, "");
                continue;
            }
            if (names.contains(name)) {
                problems.duplicate(at, name);
            } else {
                String key = name;
                if (!request.isEmpty()) {
                    Values.named(problems, at + ".request", request, Names.label(request));
                    key += "/" + request;
                }
                if (names.contains(key)) {
                    problems.duplicate(at, key);
                } else if (request.isEmpty()) {
                    names.stream()
                            .filter(known -> known.startsWith(name + "/"))
                            .forEach(known -> problems.duplicate(at, name));
                }
                names.add(key);
            }
            if (!declared.contains(name)) {
                String why = "must be one of the names in pod.spec.resourceClaims";
                why += declared.isEmpty() ? " which is empty" : ": " + String.join(", ", new TreeSet<>(declared));
                problems.add("FieldValueNotFound", at, "Not found: " + Problems.quoted(name) + ": " + why);
            }
        }
    }
}
