package dev.kubejar.cli.rest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The health of the API server: {@code /healthz}, {@code /livez}, {@code /readyz}, and each of their checks. */
final class RestHealth {
    private static final List<String> CHECKS = List.of(
            "ping",
            "log",
            "etcd",
            "poststarthook/start-apiserver-admission-initializer",
            "poststarthook/generic-apiserver-start-informers",
            "poststarthook/priority-and-fairness-config-consumer",
            "poststarthook/priority-and-fairness-filter",
            "poststarthook/storage-object-count-tracker-hook",
            "poststarthook/start-apiextensions-informers",
            "poststarthook/start-apiextensions-controllers",
            "poststarthook/crd-informer-synced",
            "poststarthook/start-system-namespaces-controller",
            "poststarthook/start-cluster-authentication-info-controller",
            "poststarthook/start-kube-apiserver-identity-lease-controller",
            "poststarthook/start-kube-apiserver-identity-lease-garbage-collector",
            "poststarthook/start-legacy-token-tracking-controller",
            "poststarthook/start-service-ip-repair-controllers",
            "poststarthook/rbac/bootstrap-roles",
            "poststarthook/scheduling/bootstrap-system-priority-classes",
            "poststarthook/priority-and-fairness-config-producer",
            "poststarthook/bootstrap-controller",
            "poststarthook/start-kubernetes-service-cidr-controller",
            "poststarthook/aggregator-reload-proxy-client-cert",
            "poststarthook/start-kube-aggregator-informers",
            "poststarthook/apiservice-status-local-available-controller",
            "poststarthook/apiservice-status-remote-available-controller",
            "poststarthook/apiservice-registration-controller",
            "poststarthook/apiservice-discovery-controller",
            "poststarthook/kube-apiserver-autoregistration",
            "autoregister-completion",
            "poststarthook/apiservice-openapi-controller",
            "poststarthook/apiservice-openapiv3-controller");

    private RestHealth() {}

    /** The answer, or null where the path is none of health. */
    static RestAnswer at(RestCall request) {
        String path = request.path();
        for (String root : List.of("healthz", "livez", "readyz")) {
            if (path.equals("/" + root) || path.equals("/" + root + "/")) {
                boolean verbose = request.query().containsKey("verbose");
                return RestAnswer.text(200, verbose ? verbose(root, request.parameter("exclude")) : "ok");
            }
            if (path.startsWith("/" + root + "/") && checks(root).contains(path.substring(root.length() + 2))) {
                return RestAnswer.text(200, "ok");
            }
        }
        return null;
    }

    private static List<String> checks(String root) {
        List<String> checks = new ArrayList<>(CHECKS);
        if (root.equals("readyz")) {
            checks.addAll(3, List.of("etcd-readiness", "informer-sync"));
            checks.add("shutdown");
        }
        return checks;
    }

    private static String verbose(String root, String excluded) {
        StringBuilder out = new StringBuilder();
        List<String> without = Arrays.asList(excluded.split(","));
        for (String check : checks(root)) {
            out.append("[+]").append(check).append(without.contains(check) ? " excluded: ok\n" : " ok\n");
        }
        if (!excluded.isEmpty() && !checks(root).contains(excluded)) {
            out.append("warn: some health checks cannot be excluded: no matches for \"")
                    .append(excluded)
                    .append("\"\n");
        }
        return out.append(root).append(" check passed\n").toString();
    }
}
