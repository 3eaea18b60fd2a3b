package dev.kubejar.cli.kustomize;

import dev.kubejar.object.LabelSelector;
import dev.kubejar.object.Obj;
import dev.kubejar.object.ParseError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The objects of a kustomization, in order; no two of one identity. */
final class ResList {
    final List<Res> all = new ArrayList<>();
    final Variables variables = new Variables();

    void append(Res res) {
        if (all.stream().anyMatch(other -> other.id().same(res.id()))) {
            throw new KustomizeError("may not add resource with an already registered id: " + res.id());
        }
        all.add(res);
    }

    void appendAll(List<Res> more) {
        more.forEach(this::append);
    }

    List<Res> matching(Predicate<Res> where) {
        return all.stream().filter(where).toList();
    }

    /** The one object that has, or had, an identity. */
    Res unique(ResId id) {
        List<Res> found = matching(res -> res.everWas(id));
        if (found.size() == 1) {
            return found.get(0);
        }
        throw new KustomizeError((found.isEmpty() ? "no matches" : "multiple matches") + " for Id " + id
                + "; failed to find unique target for patch " + id);
    }

    /** Adds what a generator made, or lays it over what is there already. */
    void absorb(Res made) {
        ResId id = made.id();
        List<Res> found = matching(res -> res.everWas(id));
        boolean over = !made.behavior.equals("create");
        String shown = "resid.ResId{Gvk:resid.Gvk{Group:\"" + id.group() + "\", Version:\"" + id.version()
                + "\", Kind:\"" + id.kind() + "\", isClusterScoped:" + id.clusterScoped() + "}, Name:\"" + id.name()
                + "\", Namespace:\"" + id.namespace() + "\"}";
        if (found.isEmpty()) {
            if (over) {
                throw new KustomizeError("id " + shown + " does not exist; cannot merge or replace");
            }
            append(made);
            return;
        }
        if (!over) {
            throw new KustomizeError(
                    "id " + shown + " exists; can not use behavior: 'create', behavior must be merge or replace");
        }
        if (found.size() > 1) {
            throw new KustomizeError("found multiple objects that could accept merge of " + id);
        }
        Res old = found.get(0);
        lay(made, old);
        all.set(all.indexOf(old), made);
    }

    private static void lay(Res made, Res old) {
        for (String path : List.of("metadata.labels", "metadata.annotations")) {
            overlay(made, old, path);
        }
        if (made.behavior.equals("merge")) {
            overlay(made, old, "data");
            overlay(made, old, "binaryData");
        }
        made.name(old.object.name());
        if (!old.object.namespace().isEmpty()) {
            made.object.set("metadata.namespace", old.object.namespace());
        }
        made.previous.addAll(old.previous);
        made.variables.addAll(old.variables);
        made.prefixes.addAll(old.prefixes);
        made.suffixes.addAll(old.suffixes);
        made.needsHash |= old.needsHash;
    }

    private static void overlay(Res made, Res old, String path) {
        if (!old.object.at(path).isObject()) {
            return;
        }
        Obj merged = old.object.obj(path).copy();
        merged.node().setAll(made.object.obj(path).node());
        made.object.set(path, merged);
    }

    /** What a patch's or a replacement's selector means, names and kinds being regular expressions. */
    List<Res> select(Obj selector) {
        return matching(res -> selected(res, selector));
    }

    private static boolean selected(Res res, Obj selector) {
        ResId now = res.id();
        ResId was = res.original();
        boolean namespace = matches(selector, "namespace", was.effectiveNamespace())
                || matches(selector, "namespace", now.effectiveNamespace());
        boolean name = matches(selector, "name", was.name()) || matches(selector, "name", now.name());
        return namespace && name && ofKind(now, selector) && labelled(res.object, selector);
    }

    static boolean ofKind(ResId id, Obj selector) {
        return matches(selector, "group", id.group())
                && matches(selector, "version", id.version())
                && matches(selector, "kind", id.kind());
    }

    static boolean matches(Obj selector, String field, String value) {
        String pattern = selector.text(field);
        return pattern.isEmpty() || Pattern.matches(pattern, value);
    }

    static boolean labelled(Obj object, Obj selector) {
        return fits(selector.text("labelSelector"), object.labels())
                && fits(selector.text("annotationSelector"), object.annotations());
    }

    private static boolean fits(String selector, Map<String, String> labels) {
        if (selector.isEmpty()) {
            return true;
        }
        try {
            return LabelSelector.parse(selector).matches(labels);
        } catch (ParseError e) {
            throw new KustomizeError(e.getMessage());
        }
    }
}
