package dev.kubejar.api;

import dev.kubejar.client.Client;
import dev.kubejar.client.Identity;
import dev.kubejar.client.Request;
import dev.kubejar.client.Response;
import dev.kubejar.client.Watch;

/** The API server in this process, as one user sees it. */
final class LocalClient implements Client {
    private final ApiServer server;
    private final Identity user;

    LocalClient(ApiServer server, Identity user) {
        this.server = server;
        this.user = user;
    }

    @Override
    public Response call(Request request) {
        return server.handle(user, request);
    }

    @Override
    public Watch watch(Request request) {
        return server.watch(user, request);
    }

    @Override
    public void checkPath(String verb, String path) {
        server.checkPath(user, verb, path);
    }
}
