package dev.kubejar.api;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.KindCatalog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The documents by which a client learns what the server serves: groups, versions, resources with their verbs. */
public final class Discovery {
    private final KindCatalog kinds;

    public Discovery(KindCatalog kinds) {
        this.kinds = kinds;
    }

    /** {@code /version}. */
    public static Obj version() {
        return Obj.create()
                .set("major", "1")
                .set("minor", "36")
                .set("emulationMajor", "1")
                .set("emulationMinor", "36")
                .set("minCompatibilityMajor", "1")
                .set("minCompatibilityMinor", "35")
                .set("gitVersion", "v1.36.2")
                .set("gitTreeState", "clean")
                .set("compiler", "gc")
                .set("platform", "linux/amd64");
    }

    /** {@code /api}. */
    public static Obj coreVersions() {
        return Obj.create().set("kind", "APIVersions").setTexts("versions", List.of("v1"));
    }

    /** {@code /apis}: all groups but the core one, in order, each with its versions; the first is preferred. */
    public Obj groups() {
        Map<String, Set<String>> versions = new LinkedHashMap<>();
        for (Kind kind : kinds.all()) {
            if (!kind.group().isEmpty()) {
                versions.computeIfAbsent(kind.group(), key -> new java.util.LinkedHashSet<>())
                        .add(kind.version());
            }
        }
        List<Obj> groups = new ArrayList<>();
        versions.forEach((group, all) -> groups.add(group(group, all)));
        return Obj.create("v1", "APIGroupList").set("groups", groups);
    }

    private static Obj group(String name, Set<String> versions) {
        List<Obj> list = new ArrayList<>();
        for (String version : versions) {
            list.add(Obj.create().set("groupVersion", name + "/" + version).set("version", version));
        }
        return Obj.create()
                .set("name", name)
                .set("versions", list)
                .set("preferredVersion", list.get(0).copy());
    }

    /** {@code /api/v1} or {@code /apis/GROUP/VERSION}: the resources and their subresources. */
    public Obj resources(String groupVersion) {
        List<Obj> resources = new ArrayList<>();
        for (Kind kind : kinds.all()) {
            if (kind.groupVersion().equals(groupVersion)) {
                resources.add(resource(kind));
                subresources(kind, resources);
            }
        }
        if (resources.isEmpty()) {
            throw ApiServer.unknownResource();
        }
        return Obj.create("v1", "APIResourceList")
                .set("groupVersion", groupVersion)
                .set("resources", resources);
    }

    private static Obj resource(Kind kind) {
        Obj resource = Obj.create()
                .set("name", kind.plural())
                .set("singularName", kind.singular())
                .set("namespaced", kind.namespaced())
                .set("kind", kind.kind())
                .setTexts("verbs", kind.custom() ? kind.verbs() : new TreeSet<>(kind.verbs()));
        if (!kind.shortNames().isEmpty()) {
            resource.setTexts("shortNames", kind.shortNames());
        }
        if (!kind.categories().isEmpty()) {
            resource.setTexts("categories", kind.categories());
        }
        return resource;
    }

    private static void subresources(Kind kind, List<Obj> resources) {
        Map<String, Set<String>> all = new java.util.TreeMap<>(kind.subresources());
        Set<String> ordinary = Set.of("get", "patch", "update");
        if (kind.hasStatus()) {
            all.putIfAbsent("status", ordinary);
        }
        if (kind.scale() != null) {
            all.putIfAbsent("scale", ordinary);
        }
        all.forEach((name, verbs) -> {
            Obj resource = Obj.create()
                    .set("name", kind.plural() + "/" + name)
                    .set("singularName", "")
                    .set("namespaced", kind.namespaced());
            if (name.equals("scale")) {
                resource.set("group", "autoscaling").set("version", "v1").set("kind", "Scale");
            } else {
                resource.set("kind", kind.kind());
            }
            resources.add(resource.setTexts("verbs", new TreeSet<>(verbs)));
        });
    }
}
