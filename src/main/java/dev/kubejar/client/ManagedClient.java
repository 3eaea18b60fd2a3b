package dev.kubejar.client;

/** A client whose requests name one field manager unless they name another. */
final class ManagedClient implements Client {
    private final Client client;
    private final String manager;

    ManagedClient(Client client, String manager) {
        this.client = client;
        this.manager = manager;
    }

    @Override
    public Response call(Request request) {
        if (request.fieldManager.isEmpty() && request.verb.writes()) {
            request.fieldManager(manager);
        }
        return client.call(request);
    }

    @Override
    public Watch watch(Request request) {
        return client.watch(request);
    }

    @Override
    public void checkPath(String verb, String path) {
        client.checkPath(verb, path);
    }
}
