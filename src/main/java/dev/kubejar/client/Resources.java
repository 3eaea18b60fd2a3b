package dev.kubejar.client;

import dev.kubejar.object.GroupVersionResource;

/** The resources that the cluster's own parts work with, in the versions they speak. */
public final class Resources {
    public static final GroupVersionResource BINDINGS = core("bindings");
    public static final GroupVersionResource CONFIGMAPS = core("configmaps");
    public static final GroupVersionResource ENDPOINTS = core("endpoints");
    public static final GroupVersionResource EVENTS = core("events");
    public static final GroupVersionResource LIMITRANGES = core("limitranges");
    public static final GroupVersionResource NAMESPACES = core("namespaces");
    public static final GroupVersionResource NODES = core("nodes");
    public static final GroupVersionResource PERSISTENTVOLUMECLAIMS = core("persistentvolumeclaims");
    public static final GroupVersionResource PERSISTENTVOLUMES = core("persistentvolumes");
    public static final GroupVersionResource PODS = core("pods");
    public static final GroupVersionResource PODTEMPLATES = core("podtemplates");
    public static final GroupVersionResource REPLICATIONCONTROLLERS = core("replicationcontrollers");
    public static final GroupVersionResource RESOURCEQUOTAS = core("resourcequotas");
    public static final GroupVersionResource SECRETS = core("secrets");
    public static final GroupVersionResource SERVICEACCOUNTS = core("serviceaccounts");
    public static final GroupVersionResource SERVICES = core("services");
    public static final GroupVersionResource CONTROLLERREVISIONS = apps("controllerrevisions");
    public static final GroupVersionResource DAEMONSETS = apps("daemonsets");
    public static final GroupVersionResource DEPLOYMENTS = apps("deployments");
    public static final GroupVersionResource REPLICASETS = apps("replicasets");
    public static final GroupVersionResource STATEFULSETS = apps("statefulsets");
    public static final GroupVersionResource JOBS = GroupVersionResource.of("batch/v1", "jobs");
    public static final GroupVersionResource CRONJOBS = GroupVersionResource.of("batch/v1", "cronjobs");
    public static final GroupVersionResource ENDPOINTSLICES =
            GroupVersionResource.of("discovery.k8s.io/v1", "endpointslices");
    public static final GroupVersionResource LEASES = GroupVersionResource.of("coordination.k8s.io/v1", "leases");
    public static final GroupVersionResource HORIZONTALPODAUTOSCALERS =
            GroupVersionResource.of("autoscaling/v2", "horizontalpodautoscalers");
    public static final GroupVersionResource PODDISRUPTIONBUDGETS =
            GroupVersionResource.of("policy/v1", "poddisruptionbudgets");
    public static final GroupVersionResource INGRESSES = GroupVersionResource.of("networking.k8s.io/v1", "ingresses");
    public static final GroupVersionResource INGRESSCLASSES =
            GroupVersionResource.of("networking.k8s.io/v1", "ingressclasses");
    public static final GroupVersionResource NETWORKPOLICIES =
            GroupVersionResource.of("networking.k8s.io/v1", "networkpolicies");
    public static final GroupVersionResource STORAGECLASSES =
            GroupVersionResource.of("storage.k8s.io/v1", "storageclasses");
    public static final GroupVersionResource PRIORITYCLASSES =
            GroupVersionResource.of("scheduling.k8s.io/v1", "priorityclasses");
    public static final GroupVersionResource CUSTOMRESOURCEDEFINITIONS =
            GroupVersionResource.of("apiextensions.k8s.io/v1", "customresourcedefinitions");
    public static final GroupVersionResource ROLES = rbac("roles");
    public static final GroupVersionResource ROLEBINDINGS = rbac("rolebindings");
    public static final GroupVersionResource CLUSTERROLES = rbac("clusterroles");
    public static final GroupVersionResource CLUSTERROLEBINDINGS = rbac("clusterrolebindings");

    private Resources() {}

    private static GroupVersionResource core(String resource) {
        return new GroupVersionResource("", "v1", resource);
    }

    private static GroupVersionResource apps(String resource) {
        return new GroupVersionResource("apps", "v1", resource);
    }

    private static GroupVersionResource rbac(String resource) {
        return new GroupVersionResource("rbac.authorization.k8s.io", "v1", resource);
    }
}
