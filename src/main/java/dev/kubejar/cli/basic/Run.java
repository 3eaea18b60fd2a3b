package dev.kubejar.cli.basic;

import dev.kubejar.cli.Changing;
import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.Deletion;
import dev.kubejar.cli.DryRun;
import dev.kubejar.cli.FileOptions;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Go;
import dev.kubejar.cli.ImageReference;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.LabelSpec;
import dev.kubejar.cli.Overrides;
import dev.kubejar.cli.Pairs;
import dev.kubejar.cli.Pods;
import dev.kubejar.cli.PrintFlags;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.print.Printer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** {@code kubectl run}. */
public final class Run implements Command {
    private Invocation call;
    private Flags flags;
    private DryRun dryRun;
    private String name;
    private String restart;

    @Override
    public void flags(Flags declared) {
        PrintFlags.declare(declared);
        FileOptions.declare(declared);
        Deletion.declare(declared);
        DryRun.declare(declared);
        Overrides.declare(declared);
        declared.array("annotations")
                .bool("attach", false)
                .bool("command", false)
                .string("detach-keys", "ctrl-p,ctrl-q")
                .array("env")
                .bool("expose", false)
                .string("field-manager", "kubectl-run")
                .string("image", "")
                .string("image-pull-policy", "")
                .string("labels", 'l', "")
                .bool("leave-stdin-open", false)
                .duration("pod-running-timeout", "1m0s")
                .string("port", "")
                .bool("privileged", false)
                .bool("quiet", 'q', false)
                .string("restart", "Always")
                .bool("rm", false)
                .bool("save-config", false)
                .bool("stdin", 'i', false)
                .bool("tty", 't', false)
                .require("image");
    }

    @Override
    public int run(Invocation invocation) {
        call = invocation;
        flags = call.flags();
        dryRun = DryRun.of(flags);
        boolean attach = flags.changed("attach") ? flags.on("attach") : flags.on("stdin");
        Printer printer = PrintFlags.typed(call, dryRun.done("created"));
        if (call.arguments().isEmpty() || call.dash() == 0) {
            throw call.usage("NAME is required for run");
        }
        name = call.arguments().get(0);
        Duration timeout = Pods.runningTimeout(flags);
        validate(attach);
        Obj pod = Overrides.apply(flags, pod());
        Obj created = create(Resources.PODS, pod);
        if (flags.on("expose")) {
            printer.print(create(Resources.SERVICES, service()), call.out());
        }
        if (attach) {
            return new RunAttached(call, created, restart, timeout).run();
        }
        printer.print(created, call.out());
        return 0;
    }

    private void validate(boolean attach) {
        String image = flags.text("image");
        if (image.isEmpty()) {
            throw new CliError("--image is required");
        }
        if (!ImageReference.valid(image)) {
            throw new CliError("Invalid image name " + Go.quote(image) + ": invalid reference format");
        }
        if (flags.on("tty") && !flags.on("stdin")) {
            throw call.usage("-i/--stdin is required for containers with -t/--tty=true");
        }
        if (flags.on("expose") && flags.text("port").isEmpty()) {
            throw call.usage("--port must be set when exposing a service");
        }
        restart = restart();
        if (!attach && flags.on("rm")) {
            throw call.usage("--rm should only be used for attached containers");
        }
        if (attach && dryRun != DryRun.NONE) {
            throw call.usage("--dry-run=[server|client] can't be used with attached containers options (--attach,"
                    + " --stdin, or --tty)");
        }
        String pull = flags.text("image-pull-policy");
        if (!Set.of("", "Always", "IfNotPresent", "Never").contains(pull)) {
            throw call.usage("invalid image pull policy: " + pull);
        }
    }

    private String restart() {
        String given = flags.text("restart");
        if (given.isEmpty()) {
            return flags.on("stdin") ? "OnFailure" : "Always";
        }
        if (!Set.of("Always", "OnFailure", "Never").contains(given)) {
            throw call.usage("invalid restart policy: " + given);
        }
        return given;
    }

    private Map<String, String> labels() {
        return flags.text("labels").isEmpty() ? Map.of("run", name) : LabelSpec.parse(flags.text("labels"));
    }

    private Obj pod() {
        Obj pod = Obj.create().set("kind", "Pod").set("apiVersion", "v1").set("metadata.name", name);
        List<Obj> env = env();
        Map<String, String> annotations = new TreeMap<>(Pairs.of(flags.list("annotations"), "annotations")
                .parse("annotations", false)
                .values());
        pod.set("metadata.labels", labels());
        if (!annotations.isEmpty()) {
            pod.set("metadata.annotations", annotations);
        }
        pod.set("spec.containers", List.of(container(env)));
        pod.set("spec.restartPolicy", flags.text("restart").isEmpty() ? "Always" : flags.text("restart"));
        return pod.set("spec.dnsPolicy", "ClusterFirst").set("status", Obj.create());
    }

    private Obj container(List<Obj> env) {
        Obj container = Obj.create().set("name", name).set("image", flags.text("image"));
        List<String> args = call.arguments().subList(1, call.arguments().size());
        if (!args.isEmpty()) {
            container.setTexts(flags.on("command") ? "command" : "args", args);
        }
        if (!flags.text("port").isEmpty()) {
            container.add("ports", Obj.create().set("containerPort", Go.atoi(flags.text("port"))));
        }
        if (!env.isEmpty()) {
            container.set("env", env);
        }
        container.set("resources", Obj.create());
        if (!flags.text("image-pull-policy").isEmpty()) {
            container.set("imagePullPolicy", flags.text("image-pull-policy"));
        }
        if (flags.on("privileged")) {
            container.set("securityContext.privileged", true);
        }
        if (flags.on("stdin")) {
            container.set("stdin", true);
            if (!flags.on("leave-stdin-open")) {
                container.set("stdinOnce", true);
            }
        }
        return flags.on("tty") ? container.set("tty", true) : container;
    }

    private List<Obj> env() {
        List<Obj> env = new ArrayList<>();
        for (String each : flags.list("env")) {
            int equals = each.indexOf('=');
            if (equals < 1 || !each.substring(0, equals).matches("[-._a-zA-Z][-._a-zA-Z0-9]*")) {
                throw new CliError("invalid env: " + each);
            }
            Obj variable = Obj.create().set("name", each.substring(0, equals));
            String value = each.substring(equals + 1);
            env.add(value.isEmpty() ? variable : variable.set("value", value));
        }
        return env;
    }

    private Obj service() {
        int port = Go.atoi(flags.text("port"));
        Obj service =
                Obj.create().set("kind", "Service").set("apiVersion", "v1").set("metadata.name", name);
        if (!flags.text("labels").isEmpty()) {
            service.set("metadata.labels", labels());
        }
        service.add(
                "spec.ports",
                Obj.create().set("protocol", "TCP").set("port", port).set("targetPort", port));
        return service.set("spec.selector", labels()).set("status.loadBalancer", Obj.create());
    }

    private Obj create(GroupVersionResource resource, Obj object) {
        if (dryRun.client()) {
            return call.namespaceGiven() ? object.set("metadata.namespace", call.namespace()) : object;
        }
        Changing.annotate(object, flags.on("save-config"), true);
        return call.call(Changing.options(Request.create(resource, call.namespace(), object), flags, dryRun))
                .object();
    }
}
