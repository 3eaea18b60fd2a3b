package dev.kubejar.cli.basic;

import dev.kubejar.cli.Failures;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.GetPrinter;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.ResourceBuilder;
import dev.kubejar.cli.ResourceResult;
import dev.kubejar.cli.TableGroups;
import dev.kubejar.client.ApiResource;
import dev.kubejar.client.Request;
import dev.kubejar.client.Watch;
import dev.kubejar.client.WatchEvent;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.print.Printer;
import dev.kubejar.print.TabWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code get --watch}: prints what is there, then every change. It ends when the user stops it, when nobody reads, or
 * when the time allowed for a request is over.
 */
final class Following {
    private final Invocation call;
    private final Flags flags;
    private final ResourceBuilder builder;
    private final TabWriter table;
    private ApiResource resource;
    private Printer printer;

    Following(Invocation call, ResourceBuilder builder) {
        this.call = call;
        this.flags = call.flags();
        this.builder = builder;
        this.table = TabWriter.forTables(call.out());
    }

    int run() {
        ResourceResult result = builder.build();
        List<RuntimeException> failures = new ArrayList<>();
        boolean human = GetPrinter.human(flags);
        TableGroups groups = TableGroups.fetch(call, result, failures);
        if (!failures.isEmpty()) {
            boolean missing = failures.get(0) instanceof ApiError api && api.is("NotFound");
            if (missing && flags.on("ignore-not-found")) {
                return 0;
            }
            Failures.throwAll(failures);
        }
        resource = groups.groups().get(0).resource();
        printer = human ? GetPrinter.table(call, groups.groups().get(0), false) : GetPrinter.of(call);
        Request request = result.watchRequest(resource);
        List<Obj> there = call.call(request).items();
        if (!flags.on("watch-only")) {
            there.forEach(object -> print("ADDED", object));
        }
        flush();
        return follow(request.resourceVersion(""), there);
    }

    private int follow(Request request, List<Obj> there) {
        java.time.Instant deadline = deadline();
        try (Watch watch = call.client().watch(request)) {
            int seen = 0;
            while (true) {
                for (Optional<WatchEvent> event = watch.poll(); event.isPresent(); event = watch.poll()) {
                    boolean known = seen < there.size() && event.get().type().equals("ADDED");
                    seen++;
                    if (!known && !event.get().type().equals("BOOKMARK")) {
                        print(event.get().type(), event.get().object());
                    }
                }
                flush();
                if (call.session().unread() || !call.cluster().awaitChange(deadline)) {
                    return 0;
                }
            }
        }
    }

    private java.time.Instant deadline() {
        String text = flags.text("request-timeout");
        java.time.Duration limit = text.matches("[0-9]+")
                ? java.time.Duration.ofSeconds(Long.parseLong(text))
                : dev.kubejar.cli.Go.duration(text);
        return limit.isZero() ? null : call.now().plus(limit);
    }

    private void print(String type, Obj object) {
        boolean events = flags.on("output-watch-events");
        Obj shown = GetPrinter.human(flags) ? tableOf(object) : object;
        Appendable out = GetPrinter.human(flags) ? table : call.out();
        if (events) {
            printer.printEvent(type, shown, out);
        } else {
            printer.print(shown, out);
        }
    }

    /** The object in the server's columns, made here: what a watch of tables would send. */
    private Obj tableOf(Obj object) {
        return dev.kubejar.cli.TableRows.of(call, resource, object);
    }

    private void flush() {
        table.flush();
        printer.flush();
        call.session().flush();
    }
}
