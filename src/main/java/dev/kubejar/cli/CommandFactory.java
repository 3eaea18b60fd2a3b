package dev.kubejar.cli;

import dev.kubejar.cli.advanced.EditLastApplied;
import dev.kubejar.cli.advanced.SetLastApplied;
import dev.kubejar.cli.advanced.ViewLastApplied;
import dev.kubejar.cli.deploy.Autoscale;
import dev.kubejar.cli.management.Certificate;
import dev.kubejar.cli.basic.Edit;
import dev.kubejar.cli.advanced.Apply;
import dev.kubejar.cli.create.CreateRole;
import dev.kubejar.cli.create.CreateClusterRole;
import dev.kubejar.cli.create.CreateRoleBinding;
import dev.kubejar.cli.create.CreateClusterRoleBinding;
import dev.kubejar.cli.create.CreateQuota;
import dev.kubejar.cli.create.CreatePodDisruptionBudget;
import dev.kubejar.cli.create.CreatePriorityClass;
import dev.kubejar.cli.create.CreateIngress;
import dev.kubejar.cli.create.CreateToken;
import dev.kubejar.cli.other.ApiResources;
import dev.kubejar.cli.other.ApiVersions;
import dev.kubejar.cli.other.Version;
import dev.kubejar.cli.management.ClusterInfo;
import dev.kubejar.cli.other.Options;
import dev.kubejar.cli.other.Alpha;
import dev.kubejar.cli.other.PluginList;
import dev.kubejar.cli.own.SimStatus;
import dev.kubejar.cli.own.SimReset;
import dev.kubejar.cli.own.SimCompact;
import dev.kubejar.cli.own.SimClock;
import dev.kubejar.cli.own.SimNodes;
import dev.kubejar.cli.config.ViewConfig;
import dev.kubejar.cli.config.CurrentContext;
import dev.kubejar.cli.config.UseContext;
import dev.kubejar.cli.config.GetContexts;
import dev.kubejar.cli.config.GetClusters;
import dev.kubejar.cli.config.GetUsers;
import dev.kubejar.cli.config.DeleteCluster;
import dev.kubejar.cli.config.DeleteUser;
import dev.kubejar.cli.config.DeleteContext;
import dev.kubejar.cli.config.RenameContext;
import dev.kubejar.cli.config.SetContext;
import dev.kubejar.cli.config.SetCluster;
import dev.kubejar.cli.config.SetCredentials;
import dev.kubejar.cli.config.SetProperty;
import dev.kubejar.cli.config.UnsetProperty;
import dev.kubejar.cli.basic.Run;
import dev.kubejar.cli.basic.Expose;
import dev.kubejar.cli.troubleshooting.Logs;
import dev.kubejar.cli.troubleshooting.Exec;
import dev.kubejar.cli.settings.Annotate;
import dev.kubejar.cli.settings.Label;
import dev.kubejar.cli.deploy.Scale;
import dev.kubejar.cli.set.SetImage;
import dev.kubejar.cli.set.SetSelector;
import dev.kubejar.cli.deploy.RolloutStatus;
import dev.kubejar.cli.deploy.RolloutHistory;
import dev.kubejar.cli.deploy.RolloutUndo;
import dev.kubejar.cli.deploy.RolloutPause;
import dev.kubejar.cli.deploy.RolloutResume;
import dev.kubejar.cli.deploy.RolloutRestart;
import dev.kubejar.cli.advanced.Patch;
import dev.kubejar.cli.advanced.Wait;
import dev.kubejar.cli.advanced.Replace;
import dev.kubejar.cli.advanced.Diff;
import dev.kubejar.cli.basic.Delete;
import dev.kubejar.cli.basic.Describe;
import dev.kubejar.cli.basic.Get;
import dev.kubejar.cli.create.Create;
import dev.kubejar.cli.create.CreateConfigMap;
import dev.kubejar.cli.create.CreateCronJob;
import dev.kubejar.cli.create.CreateDeployment;
import dev.kubejar.cli.create.CreateJob;
import dev.kubejar.cli.create.CreateNamespace;
import dev.kubejar.cli.create.CreateSecretDocker;
import dev.kubejar.cli.create.CreateSecretGeneric;
import dev.kubejar.cli.create.CreateSecretTls;
import dev.kubejar.cli.create.CreateServiceAccount;
import dev.kubejar.cli.create.CreateServiceClusterIp;
import dev.kubejar.cli.create.CreateServiceExternalName;
import dev.kubejar.cli.create.CreateServiceLoadBalancer;
import dev.kubejar.cli.create.CreateServiceNodePort;
import dev.kubejar.cli.explain.Explain;
import dev.kubejar.cli.management.Cordon;
import dev.kubejar.cli.management.Drain;
import dev.kubejar.cli.management.Taint;
import dev.kubejar.cli.management.TopNode;
import dev.kubejar.cli.management.TopPod;
import dev.kubejar.cli.troubleshooting.CanI;
import dev.kubejar.cli.troubleshooting.Events;
import dev.kubejar.cli.troubleshooting.Reconcile;
import dev.kubejar.cli.troubleshooting.WhoAmI;

/** Makes the command of a path; only that command's class is loaded. */
final class CommandFactory {
    private CommandFactory() {}

    static Command create(String path) {
        return switch (path) {
            case "auth can-i" -> new CanI();
            case "auth reconcile" -> new Reconcile();
            case "auth whoami" -> new WhoAmI();
            case "apply" -> new Apply();
            case "certificate",
                    "config",
                    "kuberc",
                    "plugin",
                    "rollout",
                    "set",
                    "top",
                    "auth",
                    "create secret",
                    "create service",
                    "sim" -> new GroupCommand();
            case "create" -> new Create();
            case "create configmap" -> new CreateConfigMap();
            case "create cronjob" -> new CreateCronJob();
            case "create deployment" -> new CreateDeployment();
            case "create job" -> new CreateJob();
            case "create namespace" -> new CreateNamespace();
            case "create secret docker-registry" -> new CreateSecretDocker();
            case "create secret generic" -> new CreateSecretGeneric();
            case "create secret tls" -> new CreateSecretTls();
            case "create service clusterip" -> new CreateServiceClusterIp();
            case "create service externalname" -> new CreateServiceExternalName();
            case "create service loadbalancer" -> new CreateServiceLoadBalancer();
            case "create service nodeport" -> new CreateServiceNodePort();
            case "create serviceaccount" -> new CreateServiceAccount();
            case "delete" -> new Delete();
            case "describe" -> new Describe();
            case "explain" -> new Explain();
            case "cordon" -> new Cordon(true);
            case "drain" -> new Drain();
            case "events" -> new Events();
            case "taint" -> new Taint();
            case "top node" -> new TopNode();
            case "top pod" -> new TopPod();
            case "uncordon" -> new Cordon(false);
            case "apply edit-last-applied" -> new EditLastApplied();
            case "apply set-last-applied" -> new SetLastApplied();
            case "apply view-last-applied" -> new ViewLastApplied();
            case "autoscale" -> new Autoscale();
            case "certificate approve" -> new Certificate(true);
            case "certificate deny" -> new Certificate(false);
            case "edit" -> new Edit();
            case "get" -> new Get();
            case "annotate" -> new Annotate();
            case "label" -> new Label();
            case "scale" -> new Scale();
            case "set image" -> new SetImage();
            case "set selector" -> new SetSelector();
            case "rollout status" -> new RolloutStatus();
            case "rollout history" -> new RolloutHistory();
            case "rollout undo" -> new RolloutUndo();
            case "rollout pause" -> new RolloutPause();
            case "rollout resume" -> new RolloutResume();
            case "rollout restart" -> new RolloutRestart();
            case "patch" -> new Patch();
            case "wait" -> new Wait();
            case "replace" -> new Replace();
            case "diff" -> new Diff();
            case "run" -> new Run();
            case "expose" -> new Expose();
            case "logs" -> new Logs();
            case "exec" -> new Exec();
            case "api-resources" -> new ApiResources();
            case "api-versions" -> new ApiVersions();
            case "version" -> new Version();
            case "cluster-info" -> new ClusterInfo();
            case "options" -> new Options();
            case "alpha" -> new Alpha();
            case "plugin list" -> new PluginList();
            case "sim status" -> new SimStatus();
            case "sim reset" -> new SimReset();
            case "sim compact" -> new SimCompact();
            case "sim clock" -> new SimClock();
            case "sim nodes" -> new SimNodes();
            case "config view" -> new ViewConfig();
            case "config current-context" -> new CurrentContext();
            case "config use-context" -> new UseContext();
            case "config get-contexts" -> new GetContexts();
            case "config get-clusters" -> new GetClusters();
            case "config get-users" -> new GetUsers();
            case "config delete-cluster" -> new DeleteCluster();
            case "config delete-user" -> new DeleteUser();
            case "config delete-context" -> new DeleteContext();
            case "config rename-context" -> new RenameContext();
            case "config set-context" -> new SetContext();
            case "config set-cluster" -> new SetCluster();
            case "config set-credentials" -> new SetCredentials();
            case "config set" -> new SetProperty();
            case "config unset" -> new UnsetProperty();
            case "create role" -> new CreateRole();
            case "create clusterrole" -> new CreateClusterRole();
            case "create rolebinding" -> new CreateRoleBinding();
            case "create clusterrolebinding" -> new CreateClusterRoleBinding();
            case "create quota" -> new CreateQuota();
            case "create poddisruptionbudget" -> new CreatePodDisruptionBudget();
            case "create priorityclass" -> new CreatePriorityClass();
            case "create ingress" -> new CreateIngress();
            case "create token" -> new CreateToken();
            default -> throw new CliError("the command " + Go.quote(path) + " is not built yet");
        };
    }
}
