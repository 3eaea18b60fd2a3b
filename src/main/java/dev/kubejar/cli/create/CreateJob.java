package dev.kubejar.cli.create;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Info;
import dev.kubejar.cli.ResourceBuilder;
import dev.kubejar.object.Obj;
import java.util.List;

/** {@code kubectl create job}. */
public final class CreateJob extends Generator {
    @Override
    void declare(Flags flags) {
        flags.string("from", "").string("image", "");
    }

    @Override
    Obj build(String name) {
        String image = flags().text("image");
        String from = flags().text("from");
        if (image.isEmpty() == from.isEmpty()) {
            throw new CliError("either --image or --from must be specified");
        }
        if (!from.isEmpty() && !command().isEmpty()) {
            throw new CliError("cannot specify --from and command");
        }
        return image.isEmpty() ? fromCronJob(name, from) : fromImage(name, image);
    }

    private Obj fromImage(String name, String image) {
        Obj job = object("batch/v1", "Job", name, true);
        job.set("spec.template.metadata", Obj.create());
        job.set("spec.template.spec.containers", List.of(container(name, image, command())));
        return job.set("spec.template.spec.restartPolicy", "Never").set("status", Obj.create());
    }

    private Obj fromCronJob(String name, String from) {
        List<Info> found = new ResourceBuilder(call())
                .namespace(call().namespace(), false)
                .arguments(false, List.of(from))
                .flatten()
                .latest()
                .build()
                .infos();
        if (found.size() != 1) {
            throw new CliError("from must be an existing cronjob");
        }
        Obj cronJob = found.get(0).object();
        if (!cronJob.kind().equals("CronJob")) {
            String package_ =
                    cronJob.apiVersion().substring(cronJob.apiVersion().indexOf('/') + 1);
            throw new CliError("unknown object type *" + package_ + "." + cronJob.kind());
        }
        Obj template = cronJob.obj("spec.jobTemplate").copy();
        Obj job = object("batch/v1", "Job", name, true);
        if (!template.map("metadata.labels").isEmpty()) {
            job.set("metadata.labels", template.map("metadata.labels"));
        }
        job.setAnnotation("cronjob.kubernetes.io/instantiate", "manual");
        template.map("metadata.annotations").forEach(job::setAnnotation);
        job.add(
                "metadata.ownerReferences",
                Obj.create()
                        .set("apiVersion", "batch/v1")
                        .set("kind", "CronJob")
                        .set("name", cronJob.name())
                        .set("uid", cronJob.uid())
                        .set("controller", true));
        return job.set("spec", template.at("spec")).set("status", Obj.create());
    }

    @Override
    String failure() {
        return "failed to create job:";
    }
}
