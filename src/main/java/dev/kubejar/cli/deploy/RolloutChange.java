package dev.kubejar.cli.deploy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.cli.Changing;
import dev.kubejar.cli.CliError;
import dev.kubejar.cli.DryRun;
import dev.kubejar.cli.Failures;
import dev.kubejar.cli.FileOptions;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Go;
import dev.kubejar.cli.Info;
import dev.kubejar.cli.MergeDiff;
import dev.kubejar.cli.PrintFlags;
import dev.kubejar.client.Request;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.List;

/** What pause, resume and restart share: a small patch, or words why not. */
abstract class RolloutChange extends Rollout {
    @Override
    public final void flags(Flags declared) {
        PrintFlags.declare(declared);
        FileOptions.declare(declared);
        declared.string("field-manager", "kubectl-rollout").string("selector", 'l', "");
    }

    /** {@code paused}, {@code resumed}, {@code restarted}. */
    abstract String done();

    /** Changes the object; null: done, otherwise why it cannot be. */
    abstract String change(Obj object);

    @Override
    final int work() {
        List<RuntimeException> failures = new ArrayList<>();
        List<Info> infos = objects().gathered(failures);
        if (infos.isEmpty() && failures.isEmpty()) {
            call.err().println("No resources found in " + call.namespace() + " namespace.");
        }
        for (Info info : infos) {
            try {
                one(info);
            } catch (ApiError e) {
                failures.add(new CliError("failed to patch: " + e.getMessage()));
            } catch (CliError e) {
                failures.add(e);
            }
        }
        Failures.throwAll(failures);
        return 0;
    }

    private void one(Info info) {
        Obj changed = info.object().copy();
        String refusal = change(changed);
        if (refusal != null) {
            throw new CliError(
                    "error: " + info.ref().resource().groupResource() + " " + Go.quote(info.name()) + " " + refusal);
        }
        ObjectNode patch = MergeDiff.twoWay(info.object().node(), changed.node());
        if (patch.isEmpty()) {
            throw new CliError("failed to create patch for " + info.name() + ": if restart has already been triggered"
                    + " within the past second, please wait before attempting to trigger another");
        }
        Obj now = call.call(Changing.options(
                        Request.patch(
                                info.ref().resource(),
                                info.namespace(),
                                info.name(),
                                Request.PatchType.STRATEGIC,
                                patch),
                        flags,
                        DryRun.NONE))
                .object();
        PrintFlags.typed(call, done()).print(now, call.out());
    }
}
