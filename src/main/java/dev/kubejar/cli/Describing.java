package dev.kubejar.cli;

import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.print.DescribePrinter;
import dev.kubejar.schema.Describe;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Related;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Describes objects, looking up what belongs to them. What the user may not see reads as absent. */
public final class Describing implements Related {
    private final Invocation call;
    private final boolean events;

    /** {@code events}: whether events are shown. */
    public Describing(Invocation call, boolean events) {
        this.call = call;
        this.events = events;
    }

    /** The whole description of an object. */
    public String text(Info info) {
        Kind kind = call.kinds()
                .byResource(info.ref().resource())
                .orElseThrow(() -> new CliError("no description has been implemented for "
                        + Go.quote(info.resource().kind())));
        StringBuilder text = new StringBuilder();
        DescribePrinter.print(written(kind, info.object(), this), text);
        return text.toString();
    }

    /** The part of a workload's description that tells its pod template, its tabs unaligned. */
    public static String podTemplate(Invocation call, Obj workload) {
        Kind kind = call.kinds()
                .byKind(workload.apiVersion(), workload.kind())
                .orElseThrow(
                        () -> new CliError("no description has been implemented for " + Go.quote(workload.kind())));
        StringBuilder text = new StringBuilder();
        boolean within = false;
        for (Describe.Line line :
                written(kind, workload, new Describing(call, false)).lines()) {
            if (line.level() == 0 && !line.text().isEmpty() && line.text().charAt(0) > ' ') {
                within = line.text().startsWith("Pod Template:");
            }
            if (within) {
                text.append("  ".repeat(line.level())).append(line.text()).append('\n');
            }
        }
        return text.toString();
    }

    private static Describe written(Kind kind, Obj object, Related related) {
        Describe out = new Describe();
        kind.description().write(object, out, related);
        return out;
    }

    @Override
    public Optional<Obj> find(GroupVersionResource resource, String namespace, String name) {
        try {
            return Optional.of(call.call(Request.get(resource, namespace, name)).object());
        } catch (ApiError e) {
            return Optional.empty();
        }
    }

    @Override
    public List<Obj> list(GroupVersionResource resource, String namespace, String labelSelector, String fieldSelector) {
        try {
            return call.call(Request.list(resource, namespace)
                            .labels(labelSelector)
                            .fields(fieldSelector))
                    .items();
        } catch (ApiError e) {
            return List.of();
        }
    }

    @Override
    public List<Obj> events(Obj object) {
        StringBuilder selector = new StringBuilder();
        field(selector, "involvedObject.name", object.name());
        field(selector, "involvedObject.namespace", object.namespace());
        field(selector, "involvedObject.kind", object.kind());
        field(selector, "involvedObject.uid", object.uid());
        List<Obj> found = new ArrayList<>(list(Resources.EVENTS, object.namespace(), "", selector.toString()));
        found.sort(Comparator.comparing(Describing::time));
        return found;
    }

    private static void field(StringBuilder selector, String name, String value) {
        if (!value.isEmpty()) {
            selector.append(selector.length() == 0 ? "" : ",")
                    .append(name)
                    .append('=')
                    .append(value);
        }
    }

    /** When an event happened last; those of the newer API do not say it there and come first. */
    private static Instant time(Obj event) {
        return event.has("lastTimestamp") ? event.time("lastTimestamp") : Instant.EPOCH;
    }

    @Override
    public Instant now() {
        return call.now();
    }

    @Override
    public boolean showEvents() {
        return events;
    }
}
