package dev.kubejar.cli;

import dev.kubejar.cli.rest.RestAnswer;
import dev.kubejar.cli.rest.RestApi;
import dev.kubejar.cli.rest.RestCall;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Requests by the path of the REST API: what {@code --raw} takes. */
public final class RawPaths {
    private RawPaths() {}

    /** The answer to a GET in compact JSON, on a line of its own. */
    public static String get(Invocation call, String path) {
        RestAnswer answer = new RestApi(call).get(path);
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    /** The answer to a DELETE. */
    public static String delete(Invocation call, String path) {
        return sent(call, "DELETE", path, null);
    }

    /** The answer to a POST of a file's object. */
    public static String post(Invocation call, String path, String file) {
        return sent(call, "POST", path, file);
    }

    /** The answer to a PUT of a file's object. */
    public static String put(Invocation call, String path, String file) {
        return sent(call, "PUT", path, file);
    }

    private static String sent(Invocation call, String method, String path, String file) {
        RestCall get = RestCall.get(path);
        byte[] body = file == null
                ? new byte[0]
                : Json.text(object(call, file).node()).getBytes(StandardCharsets.UTF_8);
        RestCall request = new RestCall(method, get.path(), get.query(), "application/json", "", "", body);
        return new String(new RestApi(call).send(request).body(), StandardCharsets.UTF_8);
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
}
