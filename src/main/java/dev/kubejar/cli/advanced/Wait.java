package dev.kubejar.cli.advanced;

import dev.kubejar.cli.Await;
import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.FileOptions;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Info;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.PrintFlags;
import dev.kubejar.cli.ResourceBuilder;
import dev.kubejar.cli.ResourceResult;
import dev.kubejar.client.Request;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.print.Printer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** {@code kubectl wait}. */
public final class Wait implements Command {
    private static final String TIMED_OUT = "timed out waiting for the condition";

    private Invocation call;
    private Flags flags;
    private List<WaitCondition> conditions;
    private Duration timeout;
    private Instant deadline;
    private boolean late;

    @Override
    public void flags(Flags declared) {
        PrintFlags.declare(declared);
        declared.bool("all", false)
                .bool("all-namespaces", 'A', false)
                .string("field-selector", "")
                .slice("filename", 'f', "")
                .array("for")
                .bool("local", false)
                .bool("recursive", 'R', true)
                .string("selector", 'l', "")
                .duration("timeout", "30s");
    }

    @Override
    public int run(Invocation invocation) {
        call = invocation;
        flags = call.flags();
        Printer printer = PrintFlags.of(call, "condition met");
        conditions = WaitCondition.all(flags.list("for"));
        timeout = flags.duration("timeout");
        if (timeout.isNegative()) {
            timeout = Await.FOR_EVER;
        }
        deadline = Await.deadline(call, timeout);
        boolean deletion = conditions.stream().anyMatch(WaitCondition::deletion);
        if (conditions.stream().anyMatch(WaitCondition::creation)) {
            awaitCreation();
        }
        ResourceResult result = objects().build();
        if (deletion) {
            result.ignoreNotFound();
        }
        int[] visited = {0};
        result.visit(info -> {
            visited[0]++;
            for (WaitCondition condition : conditions) {
                printer.print(met(info, condition), call.out());
            }
        });
        if (visited[0] == 0 && !deletion) {
            throw new CliError("no matching resources found");
        }
        return 0;
    }

    private ResourceBuilder objects() {
        boolean everywhere = flags.on("all-namespaces");
        return new ResourceBuilder(call)
                .namespace(call.namespace(), call.namespaceGiven() && !everywhere)
                .allNamespaces(everywhere)
                .files(new FileOptions(flags.list("filename"), "", flags.on("recursive")))
                .labels(flags.text("selector"))
                .fields(flags.text("field-selector"))
                .all(flags.on("all"))
                .arguments(flags.on("all"), call.arguments())
                .continueOnError()
                .latest()
                .flatten();
    }

    private void awaitCreation() {
        boolean there = Await.until(call, deadline, () -> {
            try {
                return !objects().build().infos().isEmpty();
            } catch (ApiError e) {
                if (e.is("NotFound")) {
                    return false;
                }
                throw e;
            }
        });
        if (!there) {
            throw new CliError(TIMED_OUT);
        }
    }

    /** The object once the condition holds. */
    private Obj met(Info info, WaitCondition condition) {
        if (condition.creation()) {
            return info.object();
        }
        Obj[] last = {info.object()};
        if (timeout.isZero()) {
            if (!holds(info, condition, last)) {
                throw new CliError("condition not met for " + info.objectName());
            }
        } else if (late || !Await.until(call, deadline, () -> holds(info, condition, last))) {
            late = true; // once the time is up nothing is looked at any more
            throw new CliError(TIMED_OUT + " on " + info.objectName());
        }
        return last[0];
    }

    private boolean holds(Info info, WaitCondition condition, Obj[] last) {
        try {
            Obj now = call.call(Request.get(info.ref().resource(), info.namespace(), info.name()))
                    .object();
            if (condition.deletion()) {
                return !now.uid().equals(info.object().uid());
            }
            last[0] = now;
            return condition.holds(now);
        } catch (ApiError e) {
            if (condition.deletion() && e.is("NotFound")) {
                return true;
            }
            throw e;
        }
    }
}
