package dev.kubejar.cli.own;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.Go;
import dev.kubejar.cli.Invocation;
import dev.kubejar.client.Cluster;
import dev.kubejar.object.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** {@code kubejar sim clock [auto|real|frozen|advance DURATION|next]}. */
public final class SimClock implements Command {
    private static final Set<String> MODES = Set.of("auto", "real", "frozen");

    @Override
    public int run(Invocation call) {
        List<String> args = call.arguments();
        Cluster cluster = call.cluster();
        if (args.isEmpty()) {
            show(call, cluster);
        } else if (args.size() == 1 && MODES.contains(args.get(0))) {
            cluster.clockMode(args.get(0));
            show(call, cluster);
        } else if (args.size() == 2 && args.get(0).equals("advance")) {
            Duration by = Go.duration(args.get(1));
            if (by.isNegative() || by.isZero()) {
                throw new CliError("the clock moves forward only: give a positive duration such as 90s or 5m");
            }
            cluster.advance(by);
            show(call, cluster);
        } else if (args.size() == 1 && args.get(0).equals("next")) {
            Instant due = cluster.nextDue();
            if (due == null) {
                throw new CliError("nothing is due: the cluster is at rest");
            }
            Duration by = Duration.between(cluster.now(), due);
            cluster.advance(by.isNegative() ? Duration.ZERO : by);
            show(call, cluster);
        } else {
            throw call.usage(
                    "pass nothing to see the clock, auto, real or frozen to change its mode, advance DURATION or"
                            + " next to move it");
        }
        return 0;
    }

    private static void show(Invocation call, Cluster cluster) {
        Instant due = cluster.nextDue();
        call.out().println("Time:  " + Times.seconds(cluster.now()));
        call.out().println("Mode:  " + cluster.clockMode());
        call.out().println("Next:  " + (due == null ? "<nothing due>" : Times.seconds(due)));
    }
}
