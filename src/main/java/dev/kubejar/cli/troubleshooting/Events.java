package dev.kubejar.cli.troubleshooting;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.PrintFlags;
import dev.kubejar.client.ApiResource;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Times;
import dev.kubejar.print.Printer;
import dev.kubejar.print.TabWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code kubectl events}. */
public final class Events implements Command {
    private Invocation call;
    private Flags flags;
    private boolean headed;

    @Override
    public void flags(Flags declared) {
        PrintFlags.declare(declared);
        declared.bool("all-namespaces", 'A', false)
                .int64("chunk-size", 500)
                .string("for", "")
                .bool("no-headers", false)
                .slice("types")
                .bool("watch", 'w', false);
    }

    @Override
    public int run(Invocation invocation) {
        call = invocation;
        flags = call.flags();
        String namespace = call.namespace();
        String selector = flags.text("for").isEmpty() ? "" : selector(flags.text("for"));
        Printer printer =
                switch (PrintFlags.format(flags)) {
                    case "" -> null;
                    case "json" -> PrintFlags.ordered(call);
                    default -> PrintFlags.of(call, "events");
                };
        headed = flags.on("no-headers");
        for (String type : flags.list("types")) {
            if (!type.equalsIgnoreCase("Normal") && !type.equalsIgnoreCase("Warning")) {
                throw new CliError("valid --types are Normal or Warning");
            }
        }
        Request request = Request.list(Resources.EVENTS, flags.on("all-namespaces") ? "" : namespace)
                .fields(selector);
        if (flags.on("watch")) {
            return watch(request, printer);
        }
        List<Obj> events = wanted(call.call(request).items());
        if (events.isEmpty()) {
            call.err()
                    .println(
                            flags.on("all-namespaces")
                                    ? "No events found."
                                    : "No events found in " + namespace + " namespace.");
            return 0;
        }
        events.sort(Comparator.comparing(Events::time));
        if (printer == null) {
            table(events);
        } else {
            Obj list = Obj.create().set("kind", "EventList").set("apiVersion", "v1");
            list.child("metadata");
            list.set("items", events.stream().map(PrintFlags::structured).toList());
            printer.print(list, call.out());
        }
        return 0;
    }

    private List<Obj> wanted(List<Obj> events) {
        List<String> types = flags.list("types");
        List<Obj> wanted = new ArrayList<>();
        for (Obj event : events) {
            if (types.isEmpty() || types.stream().anyMatch(event.text("type")::equalsIgnoreCase)) {
                wanted.add(event);
            }
        }
        return wanted;
    }

    private String selector(String named) {
        String[] parts = named.split("/", -1);
        if (parts.length > 2) {
            throw new CliError("arguments in resource/name form may not have more than one slash");
        }
        if (parts.length < 2) {
            throw new CliError("--for must be in resource/name form");
        }
        ApiResource resource = call.mapper().resource(parts[0]);
        return "involvedObject.kind=" + resource.kind() + ",involvedObject.apiVersion=" + resource.groupVersion()
                + ",involvedObject.name=" + parts[1];
    }

    private static Instant time(Obj event) {
        for (String path : List.of("series.lastObservedTime", "lastTimestamp", "eventTime")) {
            if (event.has(path)) {
                return event.time(path);
            }
        }
        return Instant.EPOCH;
    }

    private void table(List<Obj> events) {
        StringBuilder text = new StringBuilder();
        TabWriter table = TabWriter.forTables(text);
        boolean everywhere = flags.on("all-namespaces");
        if (!headed) {
            table.append((everywhere ? "NAMESPACE\t" : "") + "LAST SEEN\tTYPE\tREASON\tOBJECT\tMESSAGE\n");
            headed = true;
        }
        for (Obj event : events) {
            Obj about = event.obj("involvedObject");
            table.append((everywhere ? event.namespace() + "\t" : "") + seen(event) + "\t" + event.text("type") + "\t"
                    + event.text("reason") + "\t" + about.text("kind") + "/" + about.text("name") + "\t"
                    + event.text("message").strip() + "\n");
        }
        table.flush();
        call.out().print(text.toString());
    }

    private String seen(Obj event) {
        String first = since(event.time(event.has("eventTime") ? "eventTime" : "firstTimestamp"));
        if (event.has("series")) {
            return since(event.time("series.lastObservedTime")) + " (x" + event.number("series.count") + " over "
                    + first + ")";
        }
        return event.number("count") > 1
                ? since(event.time("lastTimestamp")) + " (x" + event.number("count") + " over " + first + ")"
                : first;
    }

    private String since(Instant then) {
        return then == null ? "<unknown>" : Times.since(then, call.now());
    }

    /** Prints what is there and what comes, until nobody reads any more. */
    private int watch(Request request, Printer printer) {
        Map<String, String> known = new HashMap<>();
        while (!call.session().unread()) {
            for (Obj event : wanted(call.call(request).items())) {
                if (event.resourceVersion().equals(known.put(event.uid(), event.resourceVersion()))) {
                    continue;
                }
                if (printer == null) {
                    table(List.of(event));
                } else {
                    printer.print(PrintFlags.structured(event), call.out());
                }
            }
            call.session().flush();
            if (!call.cluster().awaitChange(null)) {
                break;
            }
        }
        return 0;
    }
}
