package dev.kubejar.cli.rest;

import dev.kubejar.client.ApiResource;
import dev.kubejar.object.GroupVersionResource;
import java.util.List;

/**
 * What the path of a request names.
 *
 * @param name empty for a collection
 * @param subresource empty for the object itself
 * @param rest what stands behind the subresource, for a proxy
 */
record RestTarget(ApiResource resource, String namespace, String name, String subresource, String rest) {

    GroupVersionResource id() {
        return resource.resource();
    }

    /** Reads {@code api/v1/…} or {@code apis/GROUP/VERSION/…}; null where the server serves no such thing. */
    static RestTarget of(List<ApiResource> resources, List<String> words) {
        boolean core = words.size() > 2 && words.get(0).equals("api");
        boolean grouped = words.size() > 3 && words.get(0).equals("apis");
        if (!core && !grouped) {
            return null;
        }
        String groupVersion = core ? words.get(1) : words.get(1) + "/" + words.get(2);
        List<String> rest = words.subList(core ? 2 : 3, words.size());
        if (rest.size() > 2 && rest.get(0).equals("namespaces")) {
            ApiResource inside = find(resources, groupVersion, rest.get(2));
            if (inside != null && inside.namespaced()) {
                return within(inside, rest.get(1), rest.subList(3, rest.size()));
            }
        }
        ApiResource found = find(resources, groupVersion, rest.get(0));
        return found == null ? null : within(found, "", rest.subList(1, rest.size()));
    }

    private static RestTarget within(ApiResource resource, String namespace, List<String> rest) {
        return new RestTarget(
                resource,
                namespace,
                rest.isEmpty() ? "" : rest.get(0),
                rest.size() > 1 ? rest.get(1) : "",
                rest.size() > 2 ? String.join("/", rest.subList(2, rest.size())) : "");
    }

    private static ApiResource find(List<ApiResource> resources, String groupVersion, String plural) {
        for (ApiResource each : resources) {
            if (each.groupVersion().equals(groupVersion) && each.name().equals(plural)) {
                return each;
            }
        }
        return null;
    }
}
