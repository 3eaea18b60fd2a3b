package dev.kubejar.cli.deploy;

import dev.kubejar.cli.Await;
import dev.kubejar.cli.CliError;
import dev.kubejar.cli.FileOptions;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Go;
import dev.kubejar.cli.Info;
import dev.kubejar.client.Request;
import dev.kubejar.client.Watch;
import dev.kubejar.client.WatchEvent;
import dev.kubejar.object.Obj;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** {@code kubectl rollout status}. */
public final class RolloutStatus extends Rollout {
    @Override
    public void flags(Flags declared) {
        FileOptions.declare(declared);
        declared.int64("revision", 0)
                .string("selector", 'l', "")
                .duration("timeout", "0s")
                .bool("watch", 'w', true);
    }

    @Override
    int work() {
        if (flags.number("revision") < 0) {
            throw new CliError("revision must be a positive integer: " + flags.text("revision"));
        }
        boolean[] found = {false};
        objects().visit(info -> {
            found[0] = true;
            if (!Revisions.kept(info.object().kind())) {
                throw new CliError("no status viewer has been implemented for "
                        + info.object().kind()
                        + (info.object().group().isEmpty()
                                ? ""
                                : "." + info.object().group()));
            }
            follow(info);
        });
        if (!found[0]) {
            call.err().println("No resources found in " + call.namespace() + " namespace.");
        }
        return 0;
    }

    private void follow(Info info) {
        Duration timeout = flags.duration("timeout");
        Instant deadline = timeout.isZero() ? null : Await.deadline(call, timeout);
        Request request = Request.list(info.ref().resource(), info.namespace()).fields("metadata.name=" + info.name());
        try (Watch watch = call.client().watch(request)) {
            while (true) {
                for (Optional<WatchEvent> event = watch.poll(); event.isPresent(); event = watch.poll()) {
                    if (event.get().type().equals("DELETED")) {
                        throw new CliError("object has been deleted");
                    }
                    RolloutProgress progress = RolloutProgress.of(event.get().object(), flags.number("revision"));
                    call.out().print(progress.text());
                    if (progress.done() || !flags.on("watch")) {
                        return;
                    }
                }
                call.session().flush();
                if (!call.cluster().awaitChange(deadline)) {
                    throw new CliError("timed out waiting for the condition");
                }
            }
        }
    }

    /** How far a rollout is, in words, and whether it is over. */
    record RolloutProgress(String text, boolean done) {
        static RolloutProgress of(Obj object, long revision) {
            return switch (object.kind()) {
                case "Deployment" -> deployment(object, revision);
                case "DaemonSet" -> daemonSet(object);
                default -> statefulSet(object);
            };
        }

        private static RolloutProgress more(String text) {
            return new RolloutProgress(text + "...\n", false);
        }

        private static RolloutProgress over(String text) {
            return new RolloutProgress(text + "\n", true);
        }

        private static RolloutProgress deployment(Obj object, long revision) {
            String name = Go.quote(object.name());
            if (revision > 0) {
                String running = object.annotation(Revisions.REVISION);
                if (!running.equals(Long.toString(revision))) {
                    throw new CliError("desired revision (" + revision + ") is different from the running revision ("
                            + (running.isEmpty() ? "0" : running) + ")");
                }
            }
            if (object.generation() > object.number("status.observedGeneration")) {
                return more("Waiting for deployment spec update to be observed");
            }
            for (Obj condition : object.list("status.conditions")) {
                if (condition.text("type").equals("Progressing")
                        && condition.text("reason").equals("ProgressDeadlineExceeded")) {
                    throw new CliError("deployment " + name + " exceeded its progress deadline");
                }
            }
            long wanted = object.number("spec.replicas");
            long replicas = object.number("status.replicas");
            long updated = object.number("status.updatedReplicas");
            long available = object.number("status.availableReplicas");
            String head = "Waiting for deployment " + name + " rollout to finish: ";
            if (updated < wanted) {
                return more(head + updated + " out of " + wanted + " new replicas have been updated");
            }
            if (replicas > updated) {
                return more(head + (replicas - updated) + " old replicas are pending termination");
            }
            if (available < updated) {
                return more(head + available + " of " + updated + " updated replicas are available");
            }
            return over("deployment " + name + " successfully rolled out");
        }

        private static void rolling(Obj object) {
            if (!object.text("spec.updateStrategy.type").equals("RollingUpdate")) {
                throw new CliError("rollout status is only available for RollingUpdate strategy type");
            }
        }

        private static RolloutProgress daemonSet(Obj object) {
            rolling(object);
            String name = Go.quote(object.name());
            if (object.generation() > object.number("status.observedGeneration")) {
                return more("Waiting for daemon set spec update to be observed");
            }
            long wanted = object.number("status.desiredNumberScheduled");
            long updated = object.number("status.updatedNumberScheduled");
            long available = object.number("status.numberAvailable");
            String head = "Waiting for daemon set " + name + " rollout to finish: ";
            if (updated < wanted) {
                return more(head + updated + " out of " + wanted + " new pods have been updated");
            }
            if (available < wanted) {
                return more(head + available + " of " + wanted + " updated pods are available");
            }
            return over("daemon set " + name + " successfully rolled out");
        }

        private static RolloutProgress statefulSet(Obj object) {
            rolling(object);
            long observed = object.number("status.observedGeneration");
            if (observed == 0 || object.generation() > observed) {
                return more("Waiting for statefulset spec update to be observed");
            }
            long wanted = object.number("spec.replicas");
            long updated = object.number("status.updatedReplicas");
            if (object.number("status.readyReplicas") < wanted) {
                return more("Waiting for " + (wanted - object.number("status.readyReplicas")) + " pods to be ready");
            }
            if (object.has("spec.updateStrategy.rollingUpdate")) {
                long due = wanted - object.number("spec.updateStrategy.rollingUpdate.partition");
                if (object.has("spec.updateStrategy.rollingUpdate.partition") && updated < due) {
                    return more("Waiting for partitioned roll out to finish: " + updated + " out of " + due
                            + " new pods have been updated");
                }
                return over("partitioned roll out complete: " + updated + " new pods have been updated...");
            }
            String revision = object.text("status.updateRevision");
            if (!revision.equals(object.text("status.currentRevision"))) {
                return more("waiting for statefulset rolling update to complete " + updated + " pods at revision "
                        + revision);
            }
            return over("statefulset rolling update complete " + object.number("status.currentReplicas")
                    + " pods at revision " + object.text("status.currentRevision") + "...");
        }
    }
}
