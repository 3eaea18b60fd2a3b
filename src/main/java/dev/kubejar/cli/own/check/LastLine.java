package dev.kubejar.cli.own.check;

import dev.kubejar.client.NodeStreams;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import java.nio.charset.StandardCharsets;

/** The last thing that a container said. */
final class LastLine {
    private static final int LONGEST = 160;

    private LastLine() {}

    /** Of its last run that said anything; empty where it said nothing. */
    static String of(NodeStreams streams, Obj pod, String container) {
        Ref ref = Ref.of(Resources.PODS, pod.namespace(), pod.name());
        for (boolean previous : new boolean[] {false, true}) {
            try {
                NodeStreams.LogOptions options =
                        new NodeStreams.LogOptions(container, previous, false, 1, true, 0, null);
                String text = new String(streams.logs(ref, options).bytes(), StandardCharsets.UTF_8).strip();
                if (!text.isEmpty()) {
                    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
                }
            } catch (ApiError e) {
                continue; // no such run, or the pod is gone
            }
        }
        return "";
    }
}
