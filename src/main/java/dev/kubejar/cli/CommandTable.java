package dev.kubejar.cli;

import java.util.ArrayList;
import java.util.List;

/** The names of all commands with one line of help each, in the order in which help and suggestions go through them. */
final class CommandTable {
    /** Where kubectl's help lists a command. */
    enum Group {
        BEGINNER("Basic Commands (Beginner):"),
        INTERMEDIATE("Basic Commands (Intermediate):"),
        DEPLOY("Deploy Commands:"),
        MANAGEMENT("Cluster Management Commands:"),
        TROUBLESHOOTING("Troubleshooting and Debugging Commands:"),
        ADVANCED("Advanced Commands:"),
        SETTINGS("Settings Commands:"),
        OTHER("Other Commands:"),
        OWN("Kubejar Commands:"),
        /** Known, but not listed. */
        HIDDEN(""),
        /** Below another command. */
        SUB("");

        final String heading;

        Group(String heading) {
            this.heading = heading;
        }
    }

    /** A command: its words, other names of its last word, foreign words that mean it, and what it is for. */
    record Row(Group group, String path, List<String> aliases, List<String> suggestFor, String about) {
        String name() {
            return path.substring(path.lastIndexOf(' ') + 1);
        }

        /** The words above; empty at the top. */
        String parent() {
            int space = path.lastIndexOf(' ');
            return space < 0 ? "" : path.substring(0, space);
        }

        boolean answersTo(String word) {
            return name().equals(word) || aliases.contains(word);
        }
    }

    private static final List<Row> TOP = List.of(
            row(Group.BEGINNER, "create", "", "", "Create a resource from a file or from stdin"),
            row(
                    Group.BEGINNER,
                    "expose",
                    "",
                    "",
                    "Take a replication controller, service, deployment or pod and expose it as a new Kubernetes service"),
            row(Group.BEGINNER, "run", "", "", "Run a particular image on the cluster"),
            row(Group.BEGINNER, "set", "", "", "Set specific features on objects"),
            row(Group.INTERMEDIATE, "explain", "", "", "Get documentation for a resource"),
            row(Group.INTERMEDIATE, "get", "", "list,ls", "Display one or many resources"),
            row(Group.INTERMEDIATE, "edit", "", "", "Edit a resource on the server"),
            row(
                    Group.INTERMEDIATE,
                    "delete",
                    "",
                    "rm,remove",
                    "Delete resources by file names, stdin, resources and names, or by resources and label selector"),
            row(Group.DEPLOY, "rollout", "", "", "Manage the rollout of a resource"),
            row(
                    Group.DEPLOY,
                    "scale",
                    "",
                    "",
                    "Set a new size for a deployment, replica set, or replication controller"),
            row(
                    Group.DEPLOY,
                    "autoscale",
                    "",
                    "",
                    "Auto-scale a deployment, replica set, stateful set, or replication controller"),
            row(Group.MANAGEMENT, "certificate", "", "", "Modify certificate resources"),
            row(Group.MANAGEMENT, "cluster-info", "", "", "Display cluster information"),
            row(Group.MANAGEMENT, "top", "", "stats", "Display resource (CPU/memory) usage"),
            row(Group.MANAGEMENT, "cordon", "", "", "Mark node as unschedulable"),
            row(Group.MANAGEMENT, "uncordon", "", "", "Mark node as schedulable"),
            row(Group.MANAGEMENT, "drain", "", "", "Drain node in preparation for maintenance"),
            row(Group.MANAGEMENT, "taint", "", "", "Update the taints on one or more nodes"),
            row(
                    Group.TROUBLESHOOTING,
                    "describe",
                    "",
                    "inspect",
                    "Show details of a specific resource or group of resources"),
            row(Group.TROUBLESHOOTING, "logs", "", "", "Print the logs for a container in a pod"),
            row(Group.TROUBLESHOOTING, "attach", "", "", "Attach to a running container"),
            row(Group.TROUBLESHOOTING, "exec", "", "", "Execute a command in a container"),
            row(Group.TROUBLESHOOTING, "port-forward", "", "", "Forward one or more local ports to a pod"),
            row(Group.TROUBLESHOOTING, "proxy", "", "", "Run a proxy to the Kubernetes API server"),
            row(Group.TROUBLESHOOTING, "cp", "", "", "Copy files and directories to and from containers"),
            row(Group.TROUBLESHOOTING, "auth", "", "", "Inspect authorization"),
            row(
                    Group.TROUBLESHOOTING,
                    "debug",
                    "",
                    "",
                    "Create debugging sessions for troubleshooting workloads and nodes"),
            row(Group.TROUBLESHOOTING, "events", "", "", "List events"),
            row(Group.ADVANCED, "diff", "", "", "Diff the live version against a would-be applied version"),
            row(Group.ADVANCED, "apply", "", "", "Apply a configuration to a resource by file name or stdin"),
            row(Group.ADVANCED, "patch", "", "", "Update fields of a resource"),
            row(Group.ADVANCED, "replace", "", "", "Replace a resource by file name or stdin"),
            row(Group.ADVANCED, "wait", "", "", "Wait for a specific condition on one or many resources"),
            row(Group.ADVANCED, "kustomize", "", "", "Build a kustomization target from a directory or URL"),
            row(Group.SETTINGS, "label", "", "", "Update the labels on a resource"),
            row(Group.SETTINGS, "annotate", "", "", "Update the annotations on a resource"),
            row(
                    Group.SETTINGS,
                    "completion",
                    "",
                    "",
                    "Output shell completion code for the specified shell (bash, zsh, fish, or powershell)"),
            row(Group.OTHER, "api-resources", "", "", "Print the supported API resources on the server"),
            row(
                    Group.OTHER,
                    "api-versions",
                    "",
                    "",
                    "Print the supported API versions on the server, in the form of \"group/version\""),
            row(Group.OTHER, "config", "", "", "Modify kubeconfig files"),
            row(Group.OTHER, "kuberc", "", "", "Manage kuberc configuration files"),
            row(Group.OTHER, "plugin", "", "", "Provides utilities for interacting with plugins"),
            row(Group.OTHER, "version", "", "", "Print the client and server version information"),
            row(Group.HIDDEN, "options", "", "", "Print the list of flags inherited by all commands"),
            row(Group.HIDDEN, "alpha", "", "", "Commands for features in alpha"),
            row(Group.HIDDEN, "help", "", "", "Help about any command"),
            row(
                    Group.HIDDEN,
                    "__complete",
                    "__completeNoDesc",
                    "",
                    "Request shell completion choices for the specified command-line"));

    private static final List<Row> BELOW = List.of(
            row(Group.SUB, "create clusterrole", "", "", "Create a cluster role"),
            row(
                    Group.SUB,
                    "create clusterrolebinding",
                    "",
                    "",
                    "Create a cluster role binding for a particular cluster role"),
            row(
                    Group.SUB,
                    "create configmap",
                    "cm",
                    "",
                    "Create a config map from a local file, directory or literal value"),
            row(Group.SUB, "create cronjob", "cj", "", "Create a cron job with the specified name"),
            row(Group.SUB, "create deployment", "deploy", "", "Create a deployment with the specified name"),
            row(Group.SUB, "create ingress", "ing", "", "Create an ingress with the specified name"),
            row(Group.SUB, "create job", "", "", "Create a job with the specified name"),
            row(Group.SUB, "create namespace", "ns", "", "Create a namespace with the specified name"),
            row(
                    Group.SUB,
                    "create poddisruptionbudget",
                    "pdb",
                    "",
                    "Create a pod disruption budget with the specified name"),
            row(Group.SUB, "create priorityclass", "pc", "", "Create a priority class with the specified name"),
            row(Group.SUB, "create quota", "resourcequota", "", "Create a quota with the specified name"),
            row(Group.SUB, "create role", "", "", "Create a role with single rule"),
            row(Group.SUB, "create rolebinding", "", "", "Create a role binding for a particular role or cluster role"),
            row(Group.SUB, "create secret", "", "", "Create a secret using a specified subcommand"),
            row(Group.SUB, "create service", "svc", "", "Create a service using a specified subcommand"),
            row(Group.SUB, "create serviceaccount", "sa", "", "Create a service account with the specified name"),
            row(Group.SUB, "create token", "", "", "Request a service account token"),
            row(Group.SUB, "create secret docker-registry", "", "", "Create a secret for use with a Docker registry"),
            row(
                    Group.SUB,
                    "create secret generic",
                    "",
                    "",
                    "Create a secret from a local file, directory, or literal value"),
            row(Group.SUB, "create secret tls", "", "", "Create a TLS secret"),
            row(Group.SUB, "create service clusterip", "", "", "Create a ClusterIP service"),
            row(Group.SUB, "create service externalname", "", "", "Create an ExternalName service"),
            row(Group.SUB, "create service loadbalancer", "", "", "Create a LoadBalancer service"),
            row(Group.SUB, "create service nodeport", "", "", "Create a NodePort service"),
            row(Group.SUB, "set env", "", "", "Update environment variables on a pod template"),
            row(Group.SUB, "set image", "", "", "Update the image of a pod template"),
            row(Group.SUB, "set resources", "", "", "Update resource requests/limits on objects with pod templates"),
            row(Group.SUB, "set selector", "", "", "Set the selector on a resource"),
            row(Group.SUB, "set serviceaccount", "sa", "", "Update the service account of a resource"),
            row(
                    Group.SUB,
                    "set subject",
                    "",
                    "",
                    "Update the user, group, or service account in a role binding or cluster role binding"),
            row(Group.SUB, "rollout history", "", "", "View rollout history"),
            row(Group.SUB, "rollout pause", "", "", "Mark the provided resource as paused"),
            row(Group.SUB, "rollout restart", "", "", "Restart a resource"),
            row(Group.SUB, "rollout resume", "", "", "Resume a paused resource"),
            row(Group.SUB, "rollout status", "", "", "Show the status of the rollout"),
            row(Group.SUB, "rollout undo", "", "", "Undo a previous rollout"),
            row(Group.SUB, "certificate approve", "", "", "Approve a certificate signing request"),
            row(Group.SUB, "certificate deny", "", "", "Deny a certificate signing request"),
            row(Group.SUB, "cluster-info dump", "", "", "Dump relevant information for debugging and diagnosis"),
            row(Group.SUB, "top node", "nodes,no", "", "Display resource (CPU/memory) usage of nodes"),
            row(Group.SUB, "top pod", "pods,po", "", "Display resource (CPU/memory) usage of pods"),
            row(Group.SUB, "auth can-i", "", "", "Check whether an action is allowed"),
            row(
                    Group.SUB,
                    "auth reconcile",
                    "",
                    "",
                    "Reconciles rules for RBAC role, role binding, cluster role, and cluster role binding objects"),
            row(Group.SUB, "auth whoami", "", "", "Experimental: Check self subject attributes"),
            row(
                    Group.SUB,
                    "apply edit-last-applied",
                    "",
                    "",
                    "Edit latest last-applied-configuration annotations of a resource/object"),
            row(
                    Group.SUB,
                    "apply set-last-applied",
                    "",
                    "",
                    "Set the last-applied-configuration annotation on a live object to match the contents of a file"),
            row(
                    Group.SUB,
                    "apply view-last-applied",
                    "",
                    "",
                    "View the latest last-applied-configuration annotations of a resource/object"),
            row(Group.SUB, "config current-context", "", "", "Display the current-context"),
            row(Group.SUB, "config delete-cluster", "", "", "Delete the specified cluster from the kubeconfig"),
            row(Group.SUB, "config delete-context", "", "", "Delete the specified context from the kubeconfig"),
            row(Group.SUB, "config delete-user", "", "", "Delete the specified user from the kubeconfig"),
            row(Group.SUB, "config get-clusters", "", "", "Display clusters defined in the kubeconfig"),
            row(Group.SUB, "config get-contexts", "", "", "Describe one or many contexts"),
            row(Group.SUB, "config get-users", "", "", "Display users defined in the kubeconfig"),
            row(Group.SUB, "config rename-context", "", "", "Rename a context from the kubeconfig file"),
            row(Group.SUB, "config set", "", "", "Set an individual value in a kubeconfig file"),
            row(Group.SUB, "config set-cluster", "", "", "Set a cluster entry in kubeconfig"),
            row(Group.SUB, "config set-context", "", "", "Set a context entry in kubeconfig"),
            row(Group.SUB, "config set-credentials", "", "", "Set a user entry in kubeconfig"),
            row(Group.SUB, "config unset", "", "", "Unset an individual value in a kubeconfig file"),
            row(Group.SUB, "config use-context", "use", "", "Set the current-context in a kubeconfig file"),
            row(Group.SUB, "config view", "", "", "Display merged kubeconfig settings or a specified kubeconfig file"),
            row(Group.SUB, "kuberc set", "", "", "Set values in the kuberc configuration"),
            row(Group.SUB, "kuberc view", "", "", "Display the current kuberc configuration"),
            row(Group.SUB, "plugin list", "", "", "List all visible plugin executables on a user's PATH"));

    // Only under the name kubejar.
    private static final List<Row> OWN = List.of(
            row(Group.OWN, "check", "", "", "Check whether manifests are accepted and their workloads become ready"),
            row(Group.OWN, "shell", "", "", "Type commands one after the other, with completion and history"),
            row(Group.OWN, "sim", "", "", "Look at and steer the simulated cluster"),
            row(Group.SUB, "sim clock", "", "", "Show the clock, move it, or change its mode"),
            row(Group.SUB, "sim compact", "", "", "Merge the cluster's files into one"),
            row(Group.SUB, "sim nodes", "", "", "Give the cluster nodes, take them, stop and start them"),
            row(Group.SUB, "sim reset", "", "", "Throw the cluster away and start a fresh one"),
            row(Group.SUB, "sim status", "", "", "Show what the cluster is and how it fares"));

    private CommandTable() {}

    private static Row row(Group group, String path, String aliases, String suggestFor, String about) {
        return new Row(group, path, words(aliases), words(suggestFor), about);
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(","));
    }

    /** The commands right below one ({@code ""}: at the top). */
    static List<Row> below(String parent, boolean own) {
        List<Row> found = new ArrayList<>();
        if (parent.isEmpty()) {
            found.addAll(TOP);
        } else {
            matching(BELOW, parent, found);
        }
        if (own) {
            matching(OWN, parent, found);
        }
        return found;
    }

    private static void matching(List<Row> rows, String parent, List<Row> found) {
        for (Row row : rows) {
            if (row.parent().equals(parent)) {
                found.add(row);
            }
        }
    }

    /** The command that a word means below another; null where there is none. */
    static Row find(String parent, String word, boolean own) {
        for (Row row : below(parent, own)) {
            if (row.answersTo(word)) {
                return row;
            }
        }
        return null;
    }
}
