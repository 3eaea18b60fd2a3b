package dev.kubejar;

import dev.kubejar.bootstrap.AddOns;
import dev.kubejar.bootstrap.FreshCluster;
import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.client.NodeStreams;
import dev.kubejar.client.PodUsage;
import dev.kubejar.client.Request;
import dev.kubejar.client.Response;
import dev.kubejar.controllers.Controllers;
import dev.kubejar.kubelet.Kubelets;
import dev.kubejar.network.IngressController;
import dev.kubejar.network.KubeProxy;
import dev.kubejar.network.Router;
import dev.kubejar.scheduler.Scheduler;
import dev.kubejar.sim.Actor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Everything that acts on its own in the cluster, in the order in which the loop lets them act. */
final class ControlPlane {
    private final ActorContext context;
    private final Kubelets kubelets;
    private final List<Actor<Change>> actors = new ArrayList<>();

    ControlPlane(ActorContext context) {
        this.context = context;
        kubelets = new Kubelets(context, new Router(context), () -> !ClusterSettings.bare(context.memory()));
        actors.addAll(kubelets.actors());
        actors.add(new Scheduler(context));
        actors.add(new KubeProxy(context));
        boolean bare = ClusterSettings.bare(context.memory());
        if (!bare) {
            actors.add(new IngressController(context));
        }
        actors.addAll(Controllers.all(context, bare ? PodUsage.NONE : kubelets.usage()));
    }

    List<Actor<Change>> actors() {
        return actors;
    }

    /** Forgets what its parts hold: the memory has been changed by somebody else. */
    void forget() {
        kubelets.forget();
        actors.forEach(Actor::forget);
    }

    /** Answers for the metrics server. */
    Response metrics(Request request) {
        return kubelets.metrics(request);
    }

    NodeStreams streams() {
        return kubelets.streams();
    }

    /** Gives the cluster this many nodes with kubelets. */
    void nodes(int count, Map<String, String> capacity) {
        kubelets.nodes(count, capacity);
    }

    /** Takes the nodes beyond a number away with their pods, as if they had never been. */
    void withdraw(int count) {
        kubelets.withdraw(count);
    }

    /** Adds, removes, stops or starts one node. */
    String node(String action, String name, Map<String, String> capacity) {
        return kubelets.node(action, name, capacity);
    }

    /** What a new cluster starts with, but for its nodes. */
    void fill() {
        FreshCluster.fill(context);
    }

    /** What the profile full has besides, once the nodes are there. */
    void addOns() {
        AddOns.fill(context);
    }
}
