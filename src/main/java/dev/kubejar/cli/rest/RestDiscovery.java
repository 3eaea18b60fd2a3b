package dev.kubejar.cli.rest;

import dev.kubejar.client.ApiResource;
import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The documents by which a client learns over HTTP what the server serves. */
final class RestDiscovery {
    private final List<ApiResource> resources;

    RestDiscovery(List<ApiResource> resources) {
        this.resources = resources;
    }

    /** The document at a path, or null. */
    Obj at(List<String> words) {
        if (words.isEmpty()) {
            return Obj.create().setTexts("paths", paths());
        }
        boolean core = words.get(0).equals("api");
        if (!core && !words.get(0).equals("apis") || words.size() > 3) {
            return null;
        }
        return switch (words.size()) {
            case 1 -> core ? versions() : groups();
            case 2 -> core ? list(words.get(1)) : group(words.get(1));
            default -> core ? null : list(words.get(1) + "/" + words.get(2));
        };
    }

    private List<String> paths() {
        Set<String> all =
                new TreeSet<>(List.of("/api", "/api/v1", "/apis", "/healthz", "/livez", "/readyz", "/version"));
        versionsByGroup().forEach((group, versions) -> {
            all.add("/apis/" + group);
            versions.forEach(version -> all.add("/apis/" + group + "/" + version));
        });
        return List.copyOf(all);
    }

    private static Obj versions() {
        Obj address = Obj.create().set("clientCIDR", "0.0.0.0/0").set("serverAddress", "172.18.0.2:6443");
        return Obj.create()
                .set("kind", "APIVersions")
                .setTexts("versions", List.of("v1"))
                .set("serverAddressByClientCIDRs", List.of(address));
    }

    private Map<String, Set<String>> versionsByGroup() {
        Map<String, Set<String>> all = new LinkedHashMap<>();
        for (ApiResource each : resources) {
            if (!each.group().isEmpty()) {
                all.computeIfAbsent(each.group(), key -> new LinkedHashSet<>())
                        .add(each.resource().version());
            }
        }
        return all;
    }

    private Obj groups() {
        List<Obj> groups = new ArrayList<>();
        versionsByGroup().forEach((name, versions) -> groups.add(group(Obj.create(), name, versions)));
        return Obj.create("v1", "APIGroupList").set("groups", groups);
    }

    private Obj group(String name) {
        Set<String> versions = versionsByGroup().get(name);
        return versions == null ? null : group(Obj.create("v1", "APIGroup"), name, versions);
    }

    private static Obj group(Obj group, String name, Set<String> versions) {
        List<Obj> list = new ArrayList<>();
        for (String version : versions) {
            list.add(Obj.create().set("groupVersion", name + "/" + version).set("version", version));
        }
        return group.set("name", name)
                .set("versions", list)
                .set("preferredVersion", list.get(0).copy());
    }

    private Obj list(String groupVersion) {
        List<Obj> list = new ArrayList<>();
        for (ApiResource each : resources) {
            if (each.groupVersion().equals(groupVersion)) {
                list.add(resource(each));
                for (String subresource : new TreeSet<>(each.subresources())) {
                    list.add(Obj.create()
                            .set("name", each.name() + "/" + subresource)
                            .set("singularName", "")
                            .set("namespaced", each.namespaced())
                            .set("kind", each.kind())
                            .setTexts("verbs", List.of("get", "patch", "update")));
                }
            }
        }
        return list.isEmpty()
                ? null
                : Obj.create("v1", "APIResourceList")
                        .set("groupVersion", groupVersion)
                        .set("resources", list);
    }

    private static Obj resource(ApiResource each) {
        Obj resource = Obj.create()
                .set("name", each.name())
                .set("singularName", each.singular())
                .set("namespaced", each.namespaced())
                .set("kind", each.kind())
                .setTexts("verbs", new TreeSet<>(each.verbs()));
        if (!each.shortNames().isEmpty()) {
            resource.setTexts("shortNames", each.shortNames());
        }
        if (!each.categories().isEmpty()) {
            resource.setTexts("categories", each.categories());
        }
        return resource;
    }
}
