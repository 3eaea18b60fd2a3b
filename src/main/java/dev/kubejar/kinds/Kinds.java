package dev.kubejar.kinds;

import dev.kubejar.kinds.describe.GenericDescription;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.KindCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The built-in kinds. Looking one up builds that one and loads no other's class; {@link KindTable} tells the names of
 * all without building any.
 */
public final class Kinds implements KindCatalog {
    /** The one catalogue of built-in kinds. */
    public static final Kinds BUILT_IN = new Kinds();

    private final Map<String, Kind> built = new ConcurrentHashMap<>();

    private Kinds() {}

    @Override
    public Optional<Kind> byResource(GroupVersionResource resource) {
        String groupVersion = resource.groupVersion();
        for (KindTable.Row row : KindTable.rows()) {
            if (row.plural().equals(resource.resource()) && row.groupVersion().equals(groupVersion)) {
                return Optional.of(kind(row));
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<Kind> byKind(String apiVersion, String kind) {
        for (KindTable.Row row : KindTable.rows()) {
            if (row.kind().equals(kind) && row.groupVersion().equals(apiVersion)) {
                return Optional.of(kind(row));
            }
        }
        return Optional.empty();
    }

    @Override
    public List<Kind> all() {
        List<Kind> all = new ArrayList<>();
        KindTable.rows().forEach(row -> all.add(kind(row)));
        return all;
    }

    @Override
    public Kind.Description description() {
        return GenericDescription::write;
    }

    private Kind kind(KindTable.Row row) {
        String name = row.groupVersion() + " " + row.kind();
        Kind known = built.get(name);
        if (known == null) {
            known = build(row, name);
            built.put(name, known);
        }
        return known;
    }

    private static Kind build(KindTable.Row row, String name) {
        return switch (name) {
            case "v1 Binding" -> Binding.build();
            case "v1 ConfigMap" -> ConfigMap.build();
            case "v1 Endpoints" -> Endpoints.build();
            case "v1 Event" -> Event.build();
            case "v1 Namespace" -> Namespace.build();
            case "v1 Node" -> Node.build();
            case "v1 Pod" -> Pod.build();
            case "v1 ReplicationController" -> ReplicationController.build();
            case "v1 Secret" -> Secret.build();
            case "v1 Service" -> Service.build();
            case "v1 ServiceAccount" -> ServiceAccount.build();
            case "apps/v1 Deployment" -> Deployment.build();
            case "apps/v1 ReplicaSet" -> ReplicaSet.build();
            case "batch/v1 Job" -> Job.build();
            case "coordination.k8s.io/v1 Lease" -> Lease.build();
            case "discovery.k8s.io/v1 EndpointSlice" -> EndpointSlice.build();
            case "events.k8s.io/v1 Event" -> Event.buildNew();
            case "apps/v1 DaemonSet" -> DaemonSet.build();
            case "apps/v1 StatefulSet" -> StatefulSet.build();
            case "apiextensions.k8s.io/v1 CustomResourceDefinition" -> CustomResourceDefinition.build();
            case "autoscaling/v1 HorizontalPodAutoscaler" -> HorizontalPodAutoscaler.buildV1();
            case "autoscaling/v2 HorizontalPodAutoscaler" -> HorizontalPodAutoscaler.build();
            case "batch/v1 CronJob" -> CronJob.build();
            case "networking.k8s.io/v1 Ingress" -> Ingress.build();
            case "networking.k8s.io/v1 IngressClass" -> IngressClass.build();
            case "networking.k8s.io/v1 NetworkPolicy" -> NetworkPolicy.build();
            case "policy/v1 PodDisruptionBudget" -> PodDisruptionBudget.build();
            case "rbac.authorization.k8s.io/v1 ClusterRole", "rbac.authorization.k8s.io/v1 Role" ->
                Roles.role(row.kind());
            case "rbac.authorization.k8s.io/v1 ClusterRoleBinding", "rbac.authorization.k8s.io/v1 RoleBinding" ->
                Roles.binding(row.kind());
            case "scheduling.k8s.io/v1 PriorityClass" -> PriorityClass.build();
            case "storage.k8s.io/v1 StorageClass" -> StorageClass.build();
            case "v1 LimitRange" -> LimitRange.build();
            case "v1 PersistentVolume" -> PersistentVolume.build();
            case "v1 PersistentVolumeClaim" -> PersistentVolumeClaim.build();
            case "v1 ResourceQuota" -> ResourceQuota.build();
            case "admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy",
                    "admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBinding",
                    "admissionregistration.k8s.io/v1 MutatingAdmissionPolicy",
                    "admissionregistration.k8s.io/v1 MutatingAdmissionPolicyBinding" ->
                AdmissionPolicies.build(row.kind());
            case "admissionregistration.k8s.io/v1 MutatingWebhookConfiguration",
                    "admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration" -> Webhooks.build(row.kind());
            case "apiregistration.k8s.io/v1 APIService" -> ApiService.build();
            case "authorization.k8s.io/v1 LocalSubjectAccessReview",
                    "authorization.k8s.io/v1 SelfSubjectAccessReview",
                    "authorization.k8s.io/v1 SubjectAccessReview" -> AccessReviews.build(row);
            case "certificates.k8s.io/v1 CertificateSigningRequest" -> CertificateSigningRequest.build();
            case "flowcontrol.apiserver.k8s.io/v1 FlowSchema" -> FlowSchema.build();
            case "flowcontrol.apiserver.k8s.io/v1 PriorityLevelConfiguration" -> PriorityLevelConfiguration.build();
            case "networking.k8s.io/v1 IPAddress" -> NetworkAddresses.address();
            case "networking.k8s.io/v1 ServiceCIDR" -> NetworkAddresses.range();
            case "resource.k8s.io/v1 DeviceClass" -> DeviceKinds.deviceClass();
            case "resource.k8s.io/v1 ResourceClaim" -> DeviceKinds.claim();
            case "resource.k8s.io/v1 ResourceClaimTemplate" -> DeviceKinds.template();
            case "resource.k8s.io/v1 ResourceSlice" -> DeviceKinds.slice();
            default -> PlainKinds.build(row);
        };
    }
}
