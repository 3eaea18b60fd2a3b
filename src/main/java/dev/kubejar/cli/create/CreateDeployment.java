package dev.kubejar.cli.create;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Flags;
import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code kubectl create deployment}. */
public final class CreateDeployment extends Generator {
    @Override
    void declare(Flags flags) {
        flags.slice("image").int32("port", -1).int32("replicas", 'r', 1).require("image");
    }

    @Override
    Obj build(String name) {
        List<String> images = flags().list("image");
        if (images.size() > 1 && !command().isEmpty()) {
            throw new CliError("cannot specify multiple --image options and command");
        }
        Map<String, String> labels = Map.of("app", name);
        Obj deployment = object("apps/v1", "Deployment", name, true);
        deployment.set("metadata.labels", labels);
        deployment.set("spec.replicas", flags().number("replicas"));
        deployment.set("spec.selector.matchLabels", labels);
        deployment.set("spec.template.metadata.labels", labels);
        deployment.set("spec.template.spec.containers", containers(images));
        return deployment.set("spec.strategy", Obj.create()).set("status", Obj.create());
    }

    private List<Obj> containers(List<String> images) {
        List<Obj> containers = new ArrayList<>();
        for (String image : images) {
            containers.add(container(nameOf(image), image, command()));
        }
        long port = flags().number("port");
        if (port >= 0 && !containers.isEmpty()) {
            Obj first = containers.get(0);
            Obj resources = first.obj("resources");
            first.remove("resources")
                    .add("ports", Obj.create().set("containerPort", port))
                    .set("resources", resources);
        }
        return containers;
    }

    /** The last part of an image's path, without tag and digest, made fit for a name. */
    private String nameOf(String image) {
        String name = image.substring(image.lastIndexOf('/') + 1);
        name = name.contains(":") ? name.substring(0, name.indexOf(':')) : name;
        name = name.contains("@") ? name.substring(0, name.indexOf('@')) : name;
        if (!name.contains("_") && !name.contains(".")) {
            return name;
        }
        return name.replace('_', '-').replace('.', '-') + "-" + dev.kubejar.cli.RandomNames.suffix(call());
    }

    @Override
    String failure() {
        return "failed to create deployment:";
    }
}
