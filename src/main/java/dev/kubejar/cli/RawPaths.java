package dev.kubejar.cli;

import dev.kubejar.cli.rest.RestAnswer;
import dev.kubejar.cli.rest.RestApi;
import dev.kubejar.client.ApiResource;
import dev.kubejar.client.Request;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Requests by the path of the REST API: what {@code --raw} takes. */
public final class RawPaths {
    private record Target(GroupVersionResource resource, String namespace, String name, String subresource) {}

    private RawPaths() {}

    /** The answer to a GET in compact JSON, on a line of its own. */
    public static String get(Invocation call, String path) {
        RestAnswer answer = new RestApi(call).get(path);
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    /** The answer to a DELETE. */
    public static String delete(Invocation call, String path) {
        Target target = target(call, path);
        return Json.text(call.call(Request.delete(target.resource, target.namespace, target.name))
                        .object()
                        .node())
                + "\n";
    }

    /** The answer to a POST of a file's object. */
    public static String post(Invocation call, String path, String file) {
        Target target = target(call, path);
        Obj object = object(call, file);
        Request request = target.name.isEmpty()
                ? Request.create(target.resource, target.namespace, object)
                : Request.create(new Ref(target.resource, target.namespace, target.name), target.subresource, object);
        return Json.text(call.call(request).object().node()) + "\n";
    }

    /** The answer to a PUT of a file's object. */
    public static String put(Invocation call, String path, String file) {
        Target target = target(call, path);
        Request request = Request.update(target.resource, target.namespace, target.name, object(call, file))
                .subresource(target.subresource);
        return Json.text(call.call(request).object().node()) + "\n";
    }

    private static Obj object(Invocation call, String file) {
        Obj[] found = {null};
        for (Manifests.Source source : Manifests.sources(call.session(), new FileOptions(List.of(file), "", false))) {
            source.read(call.session(), false, node -> found[0] = Obj.of(node));
        }
        if (found[0] == null) {
            throw new CliError("no objects passed to create");
        }
        return found[0];
    }

    private static Target target(Invocation call, String path) {
        List<String> parts = new ArrayList<>(Arrays.asList(path.split("/")));
        parts.removeIf(String::isEmpty);
        boolean core = parts.size() > 1 && parts.get(0).equals("api");
        boolean grouped = parts.size() > 2 && parts.get(0).equals("apis");
        if (core || grouped) {
            String groupVersion = core ? parts.get(1) : parts.get(1) + "/" + parts.get(2);
            List<String> rest = parts.subList(core ? 2 : 3, parts.size());
            Target found = within(call, groupVersion, rest);
            if (found != null) {
                return found;
            }
        }
        throw new ApiError(404, "NotFound", "the server could not find the requested resource");
    }

    private static Target within(Invocation call, String groupVersion, List<String> given) {
        List<String> rest = given;
        String namespace = "";
        if (rest.size() > 2 && rest.get(0).equals("namespaces") && known(call, groupVersion, rest.get(2))) {
            namespace = rest.get(1);
            rest = rest.subList(2, rest.size());
        }
        if (rest.isEmpty() || rest.size() > 3 || !known(call, groupVersion, rest.get(0))) {
            return null;
        }
        return new Target(
                GroupVersionResource.of(groupVersion, rest.get(0)),
                namespace,
                rest.size() > 1 ? rest.get(1) : "",
                rest.size() > 2 ? rest.get(2) : "");
    }

    private static boolean known(Invocation call, String groupVersion, String plural) {
        for (ApiResource resource : call.mapper().all()) {
            if (resource.groupVersion().equals(groupVersion) && resource.name().equals(plural)) {
                return true;
            }
        }
        return false;
    }
}
