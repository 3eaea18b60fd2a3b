package dev.kubejar.client;

import dev.kubejar.sim.Clock;
import dev.kubejar.sim.Memory;
import dev.kubejar.sim.Randoms;
import java.util.function.Function;

/**
 * What the cluster's own parts (controllers, scheduler, kubelets) are given to work with. Each speaks to the API server
 * as a user of its own.
 */
public record ActorContext(
        Function<Identity, Client> clients, Census census, Clock clock, Memory memory, Randoms randoms) {

    /** A client as a service account of kube-system, whose writes carry this field manager. */
    public Client client(String serviceAccount, String fieldManager) {
        Identity user = Identity.of(
                "system:serviceaccount:kube-system:" + serviceAccount,
                "system:serviceaccounts",
                "system:serviceaccounts:kube-system",
                "system:authenticated",
                "system:masters");
        return new ManagedClient(clients.apply(user), fieldManager);
    }

    /** A client as a user of the system's own, such as {@code system:kube-scheduler}. */
    public Client system(String user, String fieldManager) {
        return new ManagedClient(
                clients.apply(Identity.of(user, "system:authenticated", "system:masters")), fieldManager);
    }

    /** Events from a component, through its own client. */
    public EventRecorder recorder(Client client, String component) {
        return new EventRecorder(client, component, "", clock, memory);
    }
}
