package dev.kubejar.cli;

import java.util.List;

/** Which command completes its arguments, and which flag its value, with what: as kubectl's commands have it. */
final class CompletionTable {
    private static final List<String> SCALABLE =
            List.of("deployment", "replicaset", "replicationcontroller", "statefulset");
    private static final List<String> ROLLED = List.of("deployment", "daemonset", "statefulset");
    private static final List<String> EXPOSABLE =
            List.of("pod", "service", "replicationcontroller", "deployment", "replicaset");
    private static final List<String> WITH_IMAGES = List.of(
            "daemonsets", "deployments", "pods", "cronjobs", "replicasets", "replicationcontrollers", "statefulsets");

    private CompletionTable() {}

    /** Offers a command's arguments; gives the directive, or -1 where the command has nothing to offer. */
    static int arguments(CompletionWords choices, String path) {
        switch (path) {
            case "annotate",
                    "apply edit-last-applied",
                    "apply view-last-applied",
                    "debug",
                    "delete",
                    "describe",
                    "edit",
                    "get",
                    "label",
                    "patch":
                return choices.typesAndNames(List.of(), true);
            case "autoscale", "scale":
                return choices.typesAndNames(SCALABLE, true);
            case "expose":
                return choices.typesAndNames(EXPOSABLE, true);
            case "rollout history", "rollout restart", "rollout undo":
                return choices.typesAndNames(ROLLED, true);
            case "rollout status":
                return choices.typesAndNames(ROLLED, false);
            case "rollout pause", "rollout resume":
                return choices.typesAndNames(List.of("deployment"), true);
            case "set image":
                return choices.typesAndNames(WITH_IMAGES, false);
            case "taint":
                return choices.typesAndNames(List.of("node"), true);
            case "attach", "exec":
                return choices.pods();
            case "logs":
                return choices.podsAndContainers();
            case "port-forward":
                return choices.podsAndPorts();
            case "cp":
                return choices.filesOfPods();
            case "cordon", "drain", "uncordon", "top node":
                return choices.firstName("node");
            case "top pod":
                return choices.firstName("pod");
            case "create token":
                return choices.firstName("serviceaccount");
            case "config delete-cluster":
                return choices.firstOf("clusters");
            case "config delete-user":
                return choices.firstOf("users");
            case "config delete-context", "config rename-context", "config set-context", "config use-context":
                return choices.firstOf("contexts");
            case "completion":
                return choices.first(List.of("bash", "fish", "powershell", "zsh"));
            default:
                return -1;
        }
    }

    /**
     * Offers a flag's values; gives the directive.
     *
     * @param global whether it is the flag that every command has
     */
    static int flagValue(CompletionWords choices, String path, String flag, boolean global) {
        switch (flag) {
            case "filename":
                return choices.extensions("json", "yaml", "yml");
            case "namespace":
                return global || path.equals("config set-context")
                        ? choices.names("namespace")
                        : CompletionRequest.DEFAULT;
            case "context", "cluster", "user":
                return global ? choices.configured(flag + "s") : CompletionRequest.DEFAULT;
            case "output":
                return path.equals("get") ? choices.of(OutputFormats.OF_GET) : CompletionRequest.DEFAULT;
            case "subresource":
                return choices.all(List.of("status", "scale", "resize"));
            case "container":
                return path.equals("exec") ? choices.containersOfFirst() : CompletionRequest.DEFAULT;
            case "clusterrole":
                return path.equals("create clusterrolebinding")
                        ? choices.names("clusterrole")
                        : CompletionRequest.DEFAULT;
            default:
                return CompletionRequest.DEFAULT;
        }
    }
}
