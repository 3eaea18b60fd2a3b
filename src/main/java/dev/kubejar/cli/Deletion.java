package dev.kubejar.cli;

import dev.kubejar.client.Request;
import dev.kubejar.client.Response;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Deleting objects and waiting until they are gone, with the flags that delete, apply, replace and run share. */
public final class Deletion {
    private record Gone(Info info, String uid) {}

    private final Invocation call;
    private final DryRun dryRun;
    private final long grace;
    private final String propagation;
    private final List<Gone> going = new ArrayList<>();

    /** {@code grace} negative: the object's own. */
    public Deletion(Invocation call, DryRun dryRun, long grace, String propagation) {
        this.call = call;
        this.dryRun = dryRun;
        this.grace = grace;
        this.propagation = propagation;
    }

    /** Declares the flags. */
    public static void declare(Flags flags) {
        flags.string("cascade", "background")
                .bare("background")
                .bool("force", false)
                .integer("grace-period", -1)
                .duration("timeout", "0s")
                .bool("wait", false);
    }

    /** {@code --cascade} as the API has it; the old boolean values bring a warning. */
    public static String propagation(Invocation call) {
        String value = call.flags().text("cascade");
        switch (value) {
            case "orphan":
                return "Orphan";
            case "foreground":
                return "Foreground";
            case "background":
                return "Background";
            default:
                break;
        }
        boolean on;
        try {
            on = Go.bool(value);
        } catch (CliError e) {
            throw new CliError(
                    "invalid cascade value (" + value + "). Must be \"background\", \"foreground\", or \"orphan\"");
        }
        String instead = on ? "background" : "orphan";
        call.err()
                .println("warning: --cascade=" + value
                        + " is deprecated (boolean value) and can be replaced with --cascade=" + instead + ".");
        return on ? "Background" : "Orphan";
    }

    /** Deletes one object; throws what the server says. */
    public void delete(Info info) {
        Request request = Request.delete(info.ref().resource(), info.namespace(), info.name())
                .grace(grace < 0 ? null : Long.valueOf(grace))
                .propagation(propagation)
                .dryRun(dryRun.server());
        PathSegment.check("namespace", info.namespace());
        Response answer;
        try {
            answer = call.call(request);
        } catch (ApiError | CliError e) {
            throw Errors.during("deleting", info.source(), e);
        }
        Obj object = answer.object();
        String uid = object.uid().isEmpty() ? object.text("details.uid") : object.uid();
        going.add(new Gone(info, uid));
    }

    /** Waits until everything deleted is gone; zero: for ever. */
    public void await(Duration timeout) {
        Instant deadline = Await.deadline(call, timeout.isZero() ? Await.FOR_EVER : timeout);
        List<RuntimeException> failures = new ArrayList<>();
        for (Gone each : going) {
            if (!Await.until(call, deadline, () -> gone(each))) {
                failures.add(new CliError("timed out waiting for the condition on " + each.info.objectName()));
            }
        }
        Failures.throwAll(failures);
    }

    private boolean gone(Gone each) {
        try {
            Obj there = call.call(Request.get(each.info.ref().resource(), each.info.namespace(), each.info.name()))
                    .object();
            return !each.uid.isEmpty() && !there.uid().equals(each.uid);
        } catch (ApiError e) {
            if (e.is("NotFound") || e.is("Forbidden") || e.is("MethodNotAllowed")) {
                return true;
            }
            throw e;
        }
    }

    /** Deletes an object as the call's flags tell and waits until it is gone. */
    public static void now(Invocation call, Info info) {
        Flags flags = call.flags();
        Deletion deletion = new Deletion(call, DryRun.NONE, flags.number("grace-period"), propagation(call));
        deletion.delete(info);
        deletion.await(flags.duration("timeout"));
    }
}
