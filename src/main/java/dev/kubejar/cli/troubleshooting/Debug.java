package dev.kubejar.cli.troubleshooting;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.FileOptions;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Go;
import dev.kubejar.cli.ImageReference;
import dev.kubejar.cli.Info;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.ResourceBuilder;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code kubectl debug}: a further container in a pod, a changed copy of a pod, or a pod on a node. */
public final class Debug implements Command {
    private static final String BAD_IMAGE = "invalid reference format";

    private Invocation call;
    private Flags flags;
    private List<String> names;
    private Map<String, String> images;
    private DebugContainer made;

    @Override
    public void flags(Flags declared) {
        declared.bool("arguments-only", false)
                .bool("attach", false)
                .string("container", 'c', "")
                .string("copy-to", "")
                .string("custom", "")
                .array("env")
                .slice("filename", 'f', "")
                .string("image", "")
                .string("image-pull-policy", "")
                .bool("keep-annotations", false)
                .bool("keep-init-containers", true)
                .bool("keep-labels", false)
                .bool("keep-liveness", false)
                .bool("keep-readiness", false)
                .bool("keep-startup", false)
                .string("profile", "general")
                .bool("quiet", 'q', false)
                .bool("replace", false)
                .bool("same-node", false)
                .array("set-image")
                .bool("share-processes", true)
                .bool("stdin", 'i', false)
                .string("target", "")
                .bool("tty", 't', false);
    }

    @Override
    public int run(Invocation invocation) {
        call = invocation;
        flags = call.flags();
        int dash = call.dash();
        List<String> all = call.arguments();
        boolean parted = dash >= 0 && all.size() > dash;
        names = parted ? all.subList(0, dash) : all;
        images = pairs("set-image");
        List<String> command = parted ? all.subList(dash, all.size()) : List.of();
        DebugProfile profile = new DebugProfile(call);
        made = new DebugContainer(call, profile, command, pairs("env"));
        validate(command);
        FileOptions files = new FileOptions(flags.list("filename"), "", false);
        new ResourceBuilder(call)
                .namespace()
                .files(files)
                .names("pods", names)
                .build()
                .visit(this::one);
        return 0;
    }

    /** {@code a=b,c=d}, as often as it is given. */
    private Map<String, String> pairs(String flag) {
        Map<String, String> all = new LinkedHashMap<>();
        for (String given : flags.list(flag)) {
            for (String each : given.split(",")) {
                int equals = each.indexOf('=');
                if (equals < 0) {
                    throw new CliError("invalid argument " + Go.quote(given) + " for \"--" + flag + "\" flag: " + each
                            + " must be formatted as key=value");
                }
                all.put(each.substring(0, equals), each.substring(equals + 1));
            }
        }
        return all;
    }

    private boolean attaches() {
        return flags.changed("attach") ? flags.on("attach") : flags.on("stdin");
    }

    private void validate(List<String> command) {
        String image = flags.text("image");
        String container = flags.text("container");
        boolean copies = !flags.text("copy-to").isEmpty();
        refuse(
                flags.on("attach") && flags.changed("attach") && image.isEmpty() && container.isEmpty(),
                "you must specify --container or create a new container using --image in order to attach.");
        refuse(
                copies && image.isEmpty() && images.isEmpty() && command.isEmpty(),
                "you must specify --image, --set-image or command arguments.");
        refuse(
                copies && !command.isEmpty() && container.isEmpty() && image.isEmpty(),
                "you must specify an existing container or a new image when specifying args.");
        refuse(!copies && flags.on("replace"), "--replace may only be used with --copy-to.");
        refuse(!copies && flags.on("same-node"), "--same-node may only be used with --copy-to.");
        refuse(!copies && !images.isEmpty(), "--set-image may only be used with --copy-to.");
        refuse(!copies && image.isEmpty(), "you must specify --image when not using --copy-to.");
        refuse(
                !image.isEmpty() && !ImageReference.valid(image),
                "invalid image name " + Go.quote(image) + ": " + BAD_IMAGE);
        refuse(names.isEmpty() && flags.list("filename").isEmpty(), "NAME or filename is required for debug");
        String policy = flags.text("image-pull-policy");
        refuse(
                !List.of("", "Always", "IfNotPresent", "Never").contains(policy),
                "invalid image pull policy: " + policy);
        images.forEach((name, each) -> refuse(
                !ImageReference.valid(each),
                "invalid image name " + Go.quote(each) + " for container " + Go.quote(name) + ": " + BAD_IMAGE));
        String target = flags.text("target");
        refuse(!target.isEmpty() && copies, "--target is incompatible with --copy-to. Use --share-processes instead.");
        if (!target.isEmpty() && !flags.on("quiet")) {
            call.out()
                    .println("Targeting container " + Go.quote(target) + ". If you don't see processes from this"
                            + " container it may be because the container runtime doesn't support this feature.");
        }
        refuse(flags.on("tty") && !flags.on("stdin"), "-i/--stdin is required for containers with -t/--tty=true");
        made.validate();
        if (flags.text("profile").equals("legacy")) {
            call.err()
                    .println("--profile=legacy is deprecated and planned to be removed in v1.39. It is recommended to"
                            + " specify other profile, for example \"--profile=general\".");
        }
    }

    private static void refuse(boolean wrong, String message) {
        if (wrong) {
            throw new CliError(message);
        }
    }

    private void one(Info info) {
        Obj object = info.object();
        String container;
        Obj pod;
        switch (object.kind()) {
            case "Node" -> {
                Obj debugger = made.onNode(object);
                pod = call.call(Request.create(Resources.PODS, call.namespace(), debugger))
                        .object();
                container = pod.list("spec.containers").get(0).text("name");
            }
            case "Pod" -> {
                boolean copies = !flags.text("copy-to").isEmpty();
                pod = copies ? copy(object) : ephemeral(object);
                container = made.name();
            }
            default -> {
                String version = object.apiVersion();
                throw new CliError(
                        Go.quote((version.contains("/") ? version : "/" + version) + ", Kind=" + object.kind())
                                + " not supported by debug");
            }
        }
        if (attaches() && !container.isEmpty()) {
            new DebugAttach(call, pod, container).run();
        }
    }

    private Obj ephemeral(Obj pod) {
        Obj container = made.inPod(pod);
        Obj patch = Obj.create();
        patch.set("spec.ephemeralContainers", List.of(container));
        List<Obj> order = new ArrayList<>();
        pod.list("spec.ephemeralContainers").forEach(each -> order.add(named(each)));
        order.add(named(container));
        patch.child("spec").set("$setElementOrder/ephemeralContainers", order);
        return call.call(Request.patch(
                                Resources.PODS, pod.namespace(), pod.name(), Request.PatchType.STRATEGIC, patch.node())
                        .subresource("ephemeralcontainers"))
                .object();
    }

    private static Obj named(Obj container) {
        return Obj.create().set("name", container.text("name"));
    }

    private Obj copy(Obj pod) {
        Obj copied = made.copy(pod, images);
        Obj created = call.call(Request.create(Resources.PODS, pod.namespace(), copied))
                .object();
        if (flags.on("replace")) {
            call.call(
                    Request.delete(Resources.PODS, pod.namespace(), pod.name()).grace(0L));
        }
        return created;
    }

    /** The environment as a list of objects. */
    static com.fasterxml.jackson.databind.node.ArrayNode environment(Map<String, String> variables) {
        var list = Json.array();
        variables.forEach((name, value) -> {
            var one = list.addObject().put("name", name);
            if (!value.isEmpty()) {
                one.put("value", value);
            }
        });
        return list;
    }
}
