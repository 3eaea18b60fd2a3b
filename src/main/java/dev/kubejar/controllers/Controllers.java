package dev.kubejar.controllers;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.client.PodUsage;
import dev.kubejar.sim.Actor;
import java.util.List;

/**
 * All controllers, in the order in which they look. What is lower comes first (a ReplicaSet before its Deployment), so
 * that those above see one change and not a hundred; but a CronJob before its Jobs, as it has to see a stranger among
 * them before it is over); kubelets and the scheduler go before all of them.
 */
public final class Controllers {
    private Controllers() {}

    /** The controllers of a cluster without a metrics server. */
    public static List<Actor<Change>> all(ActorContext context) {
        return all(context, PodUsage.NONE);
    }

    /** The controllers; the autoscaler goes by this usage. */
    public static List<Actor<Change>> all(ActorContext context, PodUsage usage) {
        return List.of(
                new NodeLifecycle(context),
                new NodeRanges(context),
                new TaintEviction(context),
                new PodGarbage(context),
                new ServiceAccountController(context),
                new RootCaPublisher(context),
                ReplicaSetController.ofReplicaSets(context),
                ReplicaSetController.ofReplicationControllers(context),
                new DeploymentController(context),
                new StatefulSetController(context),
                new DaemonSetController(context),
                new CronJobController(context),
                new JobController(context),
                new DisruptionController(context),
                new HorizontalAutoscaler(context, usage),
                new EndpointsController(context),
                new EndpointSliceController(context),
                new EndpointSliceMirroring(context),
                new ApiServiceAvailability(context),
                new FlowSchemaStatus(context),
                new ServiceRanges(context),
                new GarbageCollector(context),
                new EphemeralVolumes(context),
                new VolumeBinder(context),
                new Provisioner(context),
                new VolumeProtection(context),
                new ResourceQuotaController(context),
                new ClusterRoleAggregation(context),
                new TokenSecrets(context),
                new CertificateApprover(context),
                new CertificateSigner(context),
                new CertificateCleaner(context),
                new LoadBalancers(context),
                new NamespaceController(context),
                new TtlAfterFinished(context),
                new EventsTtl(context));
    }
}
