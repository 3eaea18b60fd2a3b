package dev.kubejar.cli.kustomize;

import dev.kubejar.object.Obj;
import java.util.Set;

/** What tells the objects of a kustomization apart; a field may be empty. */
record ResId(String group, String version, String kind, String name, String namespace) {
    private static final Set<String> CLUSTER_SCOPED = Set.of(
            "APIService",
            "CSIDriver",
            "CSINode",
            "CertificateSigningRequest",
            "ClusterRole",
            "ClusterRoleBinding",
            "ClusterTrustBundle",
            "ComponentStatus",
            "CustomResourceDefinition",
            "DeviceClass",
            "FlowSchema",
            "IPAddress",
            "IngressClass",
            "MutatingAdmissionPolicy",
            "MutatingAdmissionPolicyBinding",
            "MutatingWebhookConfiguration",
            "Namespace",
            "Node",
            "PersistentVolume",
            "PriorityClass",
            "PriorityLevelConfiguration",
            "ResourceSlice",
            "RuntimeClass",
            "ServiceCIDR",
            "StorageClass",
            "StorageVersion",
            "StorageVersionMigration",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding",
            "ValidatingWebhookConfiguration",
            "VolumeAttachment",
            "VolumeAttributesClass");

    static ResId of(Obj object) {
        String version = object.apiVersion();
        return new ResId(
                object.group(),
                version.substring(version.indexOf('/') + 1),
                object.kind(),
                object.name(),
                object.namespace());
    }

    /** Kinds in the order in which kustomize lists them: the well-known ones as they are applied, then by name. */
    static String order(String kind) {
        int known = Target.FIRST.indexOf(kind);
        return known < 0 ? "~" + kind : (char) ('A' + known) + kind;
    }

    boolean clusterScoped() {
        return CLUSTER_SCOPED.contains(kind) && (group.isEmpty() || group.endsWith(".k8s.io"));
    }

    String effectiveNamespace() {
        if (clusterScoped()) {
            return "_non_namespaceable_";
        }
        return namespace.isEmpty() ? "default" : namespace;
    }

    boolean sameNamespace(ResId other) {
        return effectiveNamespace().equals(other.effectiveNamespace());
    }

    boolean same(ResId other) {
        return sameNamespace(other)
                && name.equals(other.name)
                && group.equals(other.group)
                && version.equals(other.version)
                && kind.equals(other.kind);
    }

    /** Whether a selector's group, version and kind, where they are given, are this one's. */
    boolean isOfKind(String wantedGroup, String wantedVersion, String wantedKind) {
        return (wantedGroup.isEmpty() || wantedGroup.equals(group))
                && (wantedVersion.isEmpty() || wantedVersion.equals(version))
                && (wantedKind.isEmpty() || wantedKind.equals(kind));
    }

    /** {@code Deployment.v1.apps}. */
    static String kindText(String kind, String version, String group) {
        return (kind.isEmpty() ? "[noKind]" : kind) + "." + (version.isEmpty() ? "[noVer]" : version) + "."
                + (group.isEmpty() ? "[noGrp]" : group);
    }

    @Override
    public String toString() {
        return kindText(kind, version, group) + "/" + (name.isEmpty() ? "[noName]" : name) + "."
                + (namespace.isEmpty() ? "[noNs]" : namespace);
    }
}
