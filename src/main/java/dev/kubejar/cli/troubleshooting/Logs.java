package dev.kubejar.cli.troubleshooting;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Go;
import dev.kubejar.cli.Info;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.Pods;
import dev.kubejar.cli.ResourceBuilder;
import dev.kubejar.cli.StreamAccess;
import dev.kubejar.client.NodeStreams.LogOptions;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.object.Times;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** {@code kubectl logs}. */
public final class Logs implements Command {
    private static final String USAGE = "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\n"
            + "POD or TYPE/NAME is a required argument for the logs command";

    private Invocation call;
    private Flags flags;
    private String container;
    private boolean prefix;

    @Override
    public void flags(Flags declared) {
        declared.bool("all-containers", false)
                .bool("all-pods", false)
                .string("container", 'c', "")
                .bool("follow", 'f', false)
                .bool("ignore-errors", false)
                .bool("insecure-skip-tls-verify-backend", false)
                .int64("limit-bytes", 0)
                .integer("max-log-requests", 5)
                .duration("pod-running-timeout", "20s")
                .bool("prefix", false)
                .bool("previous", 'p', false)
                .string("selector", 'l', "")
                .duration("since", "0s")
                .string("since-time", "")
                .int64("tail", -1)
                .bool("timestamps", false);
    }

    @Override
    public int run(Invocation invocation) {
        call = invocation;
        flags = call.flags();
        List<String> args = call.arguments();
        String selector = flags.text("selector");
        if (args.isEmpty() && selector.isEmpty() || args.size() > 2) {
            throw call.usage(USAGE);
        }
        if (args.size() == 1 && !selector.isEmpty()) {
            throw call.usage("only a selector (-l) or a POD name is allowed");
        }
        container = args.size() == 2 ? args.get(1) : flags.text("container");
        prefix = flags.on("prefix") || flags.on("all-pods");
        Duration timeout = Pods.runningTimeout(flags);
        Instant since = since();
        List<Obj> pods = selector.isEmpty() ? of(object(args.get(0)), timeout) : selected(selector);
        validate(args);
        List<LogStream> streams = new ArrayList<>();
        pods.forEach(pod -> streams.addAll(streams(pod, since)));
        if (flags.on("follow") && streams.size() > Math.max(1, flags.number("max-log-requests"))) {
            throw new CliError("you are attempting to follow " + streams.size() + " log streams, but maximum allowed"
                    + " concurrency is " + flags.text("max-log-requests")
                    + ", use --max-log-requests to increase the limit");
        }
        if (flags.on("follow")) {
            LogStream.follow(call, streams);
        } else {
            streams.forEach(stream -> stream.print(flags.on("ignore-errors")));
        }
        return 0;
    }

    private Instant since() {
        String text = flags.text("since-time");
        if (!text.isEmpty()) {
            try {
                return Times.parse(text);
            } catch (DateTimeException e) {
                throw new CliError("parsing time " + Go.quote(text) + " as \"2006-01-02T15:04:05Z07:00\": cannot parse "
                        + Go.quote(text) + " as \"2006\"");
            }
        }
        Duration since = flags.duration("since");
        return since.isZero() ? null : call.now().minus(since);
    }

    private void validate(List<String> args) {
        if (!flags.text("since-time").isEmpty() && !flags.duration("since").isZero()) {
            throw new CliError("at most one of `sinceTime` or `sinceSeconds` may be specified");
        }
        if (flags.on("all-containers") && !container.isEmpty()) {
            throw new CliError("--all-containers=true should not be specified with container name " + container);
        }
        if (flags.changed("container") && args.size() == 2) {
            throw new CliError("only one of -c or an inline [CONTAINER] arg is allowed");
        }
        if (flags.number("limit-bytes") < 0) {
            throw new CliError("--limit-bytes must be greater than 0");
        }
        if (flags.duration("since").isNegative()) {
            throw new CliError("--since must be greater than 0");
        }
        if (flags.number("tail") < -1) {
            throw new CliError("--tail must be greater than or equal to -1");
        }
    }

    private Obj object(String argument) {
        List<Info> found;
        try {
            found = new ResourceBuilder(call)
                    .namespace(call.namespace(), false)
                    .singleType()
                    .names("pods", List.of(argument))
                    .build()
                    .infos();
        } catch (ApiError e) {
            if (e.is("NotFound")) {
                throw new CliError("error from server (NotFound): " + e.getMessage() + " in namespace "
                        + Go.quote(call.namespace()));
            }
            throw e;
        }
        return found.get(0).object();
    }

    private List<Obj> selected(String selector) {
        List<Obj> pods = call.call(
                        Request.list(Resources.PODS, call.namespace()).labels(selector))
                .items();
        if (pods.isEmpty()) {
            call.err().println("No resources found in " + call.namespace() + " namespace.");
        }
        return pods;
    }

    private List<Obj> of(Obj object, Duration timeout) {
        if (object.kind().equals("Pod")) {
            return List.of(object);
        }
        try {
            Pods.selector(object);
        } catch (CliError e) {
            throw new CliError("cannot get the logs from " + Pods.goType(object) + ": " + e.getMessage());
        }
        List<Obj> pods = Pods.of(call, object, timeout);
        if (pods.size() > 1 && !flags.on("all-pods")) {
            call.err()
                    .println("Found " + pods.size() + " pods, using pod/"
                            + pods.get(0).name());
            return pods.subList(0, 1);
        }
        return pods;
    }

    private List<LogStream> streams(Obj pod, Instant since) {
        List<String> names = new ArrayList<>();
        if (flags.on("all-containers")) {
            for (String list : List.of("spec.initContainers", "spec.containers", "spec.ephemeralContainers")) {
                pod.list(list).forEach(each -> names.add(each.text("name")));
            }
        } else {
            names.add(chosen(pod));
        }
        boolean selected = !flags.text("selector").isEmpty() && !flags.changed("tail");
        long tail = selected ? 10 : flags.number("tail");
        List<LogStream> streams = new ArrayList<>();
        StreamAccess.require(call, Ref.of(Resources.PODS, pod), "get", "log");
        for (String name : names) {
            LogOptions options = new LogOptions(
                    name,
                    flags.on("previous"),
                    flags.on("timestamps"),
                    Math.max(0, tail),
                    tail >= 0,
                    flags.number("limit-bytes"),
                    since);
            String mark = prefix ? "[pod/" + pod.name() + "/" + name + "] " : "";
            streams.add(new LogStream(call, Ref.of(Resources.PODS, pod), options, mark));
        }
        return streams;
    }

    private String chosen(Obj pod) {
        String name = container;
        String noted = Pods.annotatedDefault(pod);
        if (name.isEmpty() && !noted.isEmpty()) {
            if (Pods.container(pod, noted) == null) {
                call.err().println("Default container name " + Go.quote(noted) + " not found in pod " + pod.name());
            } else {
                name = noted;
            }
        }
        if (name.isEmpty()) {
            name = pod.list("spec.containers").get(0).text("name");
            if (Pods.several(pod) && !flags.on("all-pods")) {
                call.err().println("Defaulted container " + Go.quote(name) + " out of: " + Pods.containerNames(pod));
            }
        }
        if (Pods.container(pod, name) == null) {
            throw new CliError("container " + name + " is not valid for pod " + pod.name() + " out of: "
                    + Pods.containerNames(pod));
        }
        return name;
    }
}
