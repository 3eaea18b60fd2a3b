package dev.kubejar.controllers;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.sim.Actor;
import java.util.List;

/**
 * All controllers, in the order in which they look. What is lower comes first (a ReplicaSet before its Deployment), so
 * that those above see one change and not a hundred; kubelets and the scheduler go before all of them.
 */
public final class Controllers {
    private Controllers() {}

    public static List<Actor<Change>> all(ActorContext context) {
        return List.of(
                new NodeLifecycle(context),
                new TaintEviction(context),
                new PodGarbage(context),
                new ServiceAccountController(context),
                new RootCaPublisher(context),
                ReplicaSetController.ofReplicaSets(context),
                ReplicaSetController.ofReplicationControllers(context),
                new DeploymentController(context),
                new StatefulSetController(context),
                new DaemonSetController(context),
                new JobController(context),
                new CronJobController(context),
                new DisruptionController(context),
                new EndpointsController(context),
                new EndpointSliceController(context),
                new EndpointSliceMirroring(context),
                new GarbageCollector(context),
                new EphemeralVolumes(context),
                new VolumeBinder(context),
                new VolumeProtection(context),
                new ResourceQuotaController(context),
                new NamespaceController(context),
                new TtlAfterFinished(context),
                new EventsTtl(context));
    }
}
