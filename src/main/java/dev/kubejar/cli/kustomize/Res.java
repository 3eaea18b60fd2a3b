package dev.kubejar.cli.kustomize;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.List;

/** One object on its way through a kustomization, with the identities it had before. */
final class Res {
    Obj object;
    final List<ResId> previous = new ArrayList<>();
    final List<String> prefixes = new ArrayList<>();
    final List<String> suffixes = new ArrayList<>();
    /** The variables whose values stand in this object. */
    final List<String> variables = new ArrayList<>();

    /** Where it comes from, as the annotation of {@code buildMetadata} says it. */
    String origin = "";

    boolean needsHash;
    /** {@code create}, {@code merge} or {@code replace}. */
    String behavior = "create";

    Res(ObjectNode node) {
        this.object = Obj.of(node);
    }

    ResId id() {
        return ResId.of(object);
    }

    /** The first identity. */
    ResId original() {
        return previous.isEmpty() ? id() : previous.get(0);
    }

    void remember() {
        ResId now = id();
        previous.add(new ResId(now.group(), now.version(), now.kind(), now.name(), now.effectiveNamespace()));
    }

    boolean everWas(ResId id) {
        return id().same(id) || previous.stream().anyMatch(old -> old.same(id));
    }

    void name(String name) {
        object.set("metadata.name", name);
    }

    /** Whether the same overlays named both; an empty list may match any. */
    boolean sameAffixes(Res other, boolean allowEmpty) {
        return sameEnding(prefixes, other.prefixes, allowEmpty) && sameEnding(suffixes, other.suffixes, allowEmpty);
    }

    private static boolean sameEnding(List<String> a, List<String> b, boolean allowEmpty) {
        if (allowEmpty && (a.isEmpty() || b.isEmpty())) {
            return true;
        }
        int shorter = Math.min(a.size(), b.size());
        return a.subList(a.size() - shorter, a.size()).equals(b.subList(b.size() - shorter, b.size()));
    }
}
