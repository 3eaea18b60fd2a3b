package dev.kubejar.cli.own.check;

import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tries the images that no pod came to try, because something else held it up: in a namespace of their own. */
final class ImageTrials {
    private static final String NAMESPACE = "kubejar-check";
    private static final Duration TRIED = Duration.ofSeconds(3);
    private static final int MOST = 50;

    private record Trial(Manifest manifest, String field, String pod) {}

    private final World world;
    private final Workloads workloads;
    private final List<Trial> trials = new ArrayList<>();

    ImageTrials(World world, Workloads workloads) {
        this.world = world;
        this.workloads = workloads;
    }

    void run() {
        Set<String> tried = tried();
        for (Manifest each : world.manifests()) {
            if (each.template() == null) {
                continue;
            }
            for (String list : new String[] {"initContainers", "containers"}) {
                List<Obj> containers = each.pod().list("spec." + list);
                for (int i = 0; i < containers.size(); i++) {
                    String image = containers.get(i).text("image");
                    if (!image.isEmpty() && !tried.contains(image) && trials.size() < MOST) {
                        begin(each, each.podField("spec." + list + "[" + i + "]"), containers.get(i));
                    }
                }
            }
        }
        if (!trials.isEmpty()) {
            world.cluster.settle();
            world.cluster.advance(TRIED);
            trials.forEach(this::conclude);
        }
    }

    /** The images of containers that have got as far as theirs. */
    private Set<String> tried() {
        Set<String> tried = new HashSet<>();
        for (Manifest each : world.manifests()) {
            if (each.template() != null && each.accepted()) {
                for (Obj pod : workloads.pods(each)) {
                    for (String list : new String[] {"initContainer", "container"}) {
                        statuses(pod, list, tried);
                    }
                }
            }
        }
        return tried;
    }

    private static void statuses(Obj pod, String list, Set<String> tried) {
        for (Obj status : pod.list("status." + list + "Statuses")) {
            String waiting = status.text("state.waiting.reason");
            if (waiting.equals("PodInitializing") || waiting.equals("ContainerCreating")) {
                continue;
            }
            for (Obj container : pod.list("spec." + list + "s")) {
                if (container.text("name").equals(status.text("name"))) {
                    tried.add(container.text("image"));
                }
            }
        }
    }

    private void begin(Manifest manifest, String field, Obj container) {
        String name = "image-" + trials.size();
        Obj pod = Obj.create("v1", "Pod", NAMESPACE, name).set("spec.restartPolicy", "Never");
        Obj one = Obj.create().set("name", "image").set("image", container.text("image"));
        if (container.has("imagePullPolicy")) {
            one.set("imagePullPolicy", container.text("imagePullPolicy"));
        }
        pod.add("spec.containers", one);
        try {
            if (world.client.find(Resources.NAMESPACES, "", NAMESPACE).isEmpty()) {
                world.client.create(Resources.NAMESPACES, Obj.create("v1", "Namespace", "", NAMESPACE));
            }
            world.client.create(Resources.PODS, pod);
            trials.add(new Trial(manifest, field, name));
        } catch (ApiError e) {
            // a field that is refused is told of where it is written
        }
    }

    private void conclude(Trial trial) {
        Obj pod = world.client.find(Resources.PODS, NAMESPACE, trial.pod).orElse(Obj.create());
        for (Obj status : pod.list("status.containerStatuses")) {
            PodCauses.image(
                    world.findings,
                    trial.manifest,
                    pod.list("spec.containers").get(0),
                    status.obj("state.waiting"),
                    trial.field);
        }
    }
}
