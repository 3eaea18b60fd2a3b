package dev.kubejar.controllers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.client.Client;
import dev.kubejar.client.Resources;
import dev.kubejar.client.Selector;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The ControllerRevisions of a StatefulSet or DaemonSet: one for each template that it has had. */
final class RevisionHistory {
    static final String HASH = "controller.kubernetes.io/hash";
    private static final Comparator<Obj> ORDER = Comparator.comparing((Obj revision) -> revision.number("revision"))
            .thenComparing(revision -> revision.text("metadata.creationTimestamp"))
            .thenComparing(Obj::name);

    private final Client client;
    private final Obj owner;
    private final List<Obj> revisions;
    /** How often a hash was taken already; to be kept in the owner's status. */
    long collisions;

    RevisionHistory(Client client, Obj owner) {
        this.client = client;
        this.owner = owner;
        this.collisions = owner.number("status.collisionCount", 0);
        revisions = new ArrayList<>(new Claims(client, owner, Selector.at(owner, "spec.selector"))
                .claim(Resources.CONTROLLERREVISIONS, revision -> true));
        revisions.sort(ORDER);
    }

    /** All of them, oldest first. */
    List<Obj> all() {
        return revisions;
    }

    Obj named(String name) {
        return revisions.stream().filter(r -> r.name().equals(name)).findFirst().orElse(null);
    }

    /** The revision of the present template, made or renumbered where it is not the latest. */
    Obj current() {
        ObjectNode data = data();
        long next = revisions.isEmpty() ? 1 : last().number("revision") + 1;
        for (int i = revisions.size() - 1; i >= 0; i--) {
            Obj revision = revisions.get(i);
            if (!revision.at("data").equals(data)) {
                continue;
            }
            if (i == revisions.size() - 1) {
                return revision;
            }
            Obj renumbered =
                    client.update(Resources.CONTROLLERREVISIONS, revision.copy().set("revision", next));
            revisions.remove(i);
            revisions.add(renumbered);
            return renumbered;
        }
        Obj made = create(data, next);
        revisions.add(made);
        return made;
    }

    private Obj last() {
        return revisions.get(revisions.size() - 1);
    }

    private ObjectNode data() {
        ObjectNode template = (ObjectNode) owner.at("spec.template").deepCopy();
        if (template.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove("creationTimestamp");
        }
        template.put("$patch", "replace");
        return Obj.create().set("spec.template", template).node();
    }

    private Obj create(ObjectNode data, long number) {
        while (true) {
            String hash = TemplateHash.of(data, collisions);
            Obj revision = Obj.create("apps/v1", "ControllerRevision", owner.namespace(), owner.name() + "-" + hash);
            revision.set("metadata.labels", owner.map("spec.template.metadata.labels"));
            revision.setLabel(HASH, hash);
            if (!owner.annotations().isEmpty()) {
                revision.set("metadata.annotations", owner.annotations());
            }
            revision.add("metadata.ownerReferences", Controller.ownerReference(owner));
            revision.set("data", data.deepCopy());
            revision.set("revision", number);
            try {
                return client.create(Resources.CONTROLLERREVISIONS, revision);
            } catch (ApiError e) {
                if (!e.is("AlreadyExists")) {
                    throw e;
                }
                Obj there = client.get(Ref.of(Resources.CONTROLLERREVISIONS, revision));
                if (there.at("data").equals(data)) {
                    return there;
                }
                collisions++;
            }
        }
    }

    /** The template that a revision stands for. */
    static Obj template(Obj revision) {
        Obj template = revision.obj("data.spec.template").copy();
        template.node().remove("$patch");
        return template;
    }

    static String hash(Obj revision) {
        return revision.label(HASH);
    }

    /** Deletes the oldest of those that nobody uses, past the revision history limit. */
    void truncate(Set<String> live) {
        long limit = owner.number("spec.revisionHistoryLimit", 10);
        List<Obj> unused = revisions.stream()
                .filter(revision -> !live.contains(revision.name()))
                .toList();
        for (int i = 0; i < unused.size() - limit; i++) {
            client.delete(Ref.of(Resources.CONTROLLERREVISIONS, unused.get(i)));
        }
    }
}
