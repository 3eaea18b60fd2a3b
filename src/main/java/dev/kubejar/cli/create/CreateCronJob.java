package dev.kubejar.cli.create;

import dev.kubejar.cli.Flags;
import dev.kubejar.object.Obj;
import java.util.List;

/** {@code kubectl create cronjob}. */
public final class CreateCronJob extends Generator {
    @Override
    void declare(Flags flags) {
        flags.string("image", "").string("restart", "").string("schedule", "").require("image", "schedule");
    }

    @Override
    Obj build(String name) {
        String restart = flags().text("restart");
        Obj cronJob = object("batch/v1", "CronJob", name, true);
        cronJob.set("spec.schedule", flags().text("schedule"));
        cronJob.set("spec.jobTemplate.metadata.name", name);
        cronJob.set("spec.jobTemplate.spec.template.metadata", Obj.create());
        String pod = "spec.jobTemplate.spec.template.spec.";
        cronJob.set(pod + "containers", List.of(container(name, flags().text("image"), command())));
        cronJob.set(pod + "restartPolicy", restart.isEmpty() ? "OnFailure" : restart);
        return cronJob.set("status", Obj.create());
    }

    @Override
    String failure() {
        return "failed to create cronjob:";
    }
}
