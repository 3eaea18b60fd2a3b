package dev.kubejar.cli;

import dev.kubejar.client.Client;
import dev.kubejar.client.Request;
import dev.kubejar.client.Response;
import dev.kubejar.client.Watch;
import dev.kubejar.object.ApiError;
import java.util.function.Consumer;

/** A client that hands on the server's warnings and notes whether anything was written. */
final class CommandClient implements Client {
    private final Client behind;
    private final Consumer<String> warnings;
    private final Runnable changed;

    CommandClient(Client behind, Consumer<String> warnings, Runnable changed) {
        this.behind = behind;
        this.warnings = warnings;
        this.changed = changed;
    }

    @Override
    public Response call(Request request) {
        Response response = answer(request);
        response.warnings().forEach(warnings);
        if (request.verb.writes() && !request.dryRun) {
            changed.run();
        }
        return response;
    }

    private Response answer(Request request) {
        if (request.verb.named() && request.name.isEmpty()) {
            throw new CliError("resource name may not be empty");
        }
        try {
            return behind.call(request);
        } catch (ApiError e) {
            e.warnings().forEach(warnings);
            throw e;
        }
    }

    @Override
    public Watch watch(Request request) {
        return behind.watch(request);
    }

    @Override
    public void checkPath(String verb, String path) {
        behind.checkPath(verb, path);
    }
}
