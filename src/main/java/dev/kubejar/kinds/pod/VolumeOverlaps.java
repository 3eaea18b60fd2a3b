package dev.kubejar.kinds.pod;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;
import java.util.ArrayList;
import java.util.List;

/** Warns of files in one volume that stand in each other's way. */
final class VolumeOverlaps {
    private record Placed(String path, String source) {
        @Override
        public String toString() {
            return source.isEmpty() ? Problems.quoted(path) : Problems.quoted(path) + " (" + source + ")";
        }
    }

    private VolumeOverlaps() {}

    static void warn(List<Obj> volumes, Problems problems) {
        for (Obj volume : volumes) {
            String name = volume.text("name");
            if (volume.has("configMap.items")) {
                String what = "ConfigMap " + Problems.quoted(volume.text("configMap.name"));
                report(name, what, paths(volume.list("configMap.items"), ""), problems);
            }
            if (volume.has("secret.items")) {
                String what = "Secret " + Problems.quoted(volume.text("secret.secretName"));
                report(name, what, paths(volume.list("secret.items"), ""), problems);
            }
            if (volume.has("downwardAPI.items")) {
                report(name, "DownwardAPI", paths(volume.list("downwardAPI.items"), ""), problems);
            }
            if (volume.has("projected")) {
                projected(volume, problems);
            }
        }
    }

    private static void projected(Obj volume, Problems problems) {
        List<Placed> all = new ArrayList<>();
        for (Obj source : volume.list("projected.sources")) {
            if (source.isEmpty()) {
                problems.warn(
                        "volume " + Problems.quoted(volume.text("name")) + " (Projected) has no sources provided");
            } else if (source.has("configMap.items")) {
                String what = "ConfigMap " + Problems.quoted(source.text("configMap.name"));
                all.addAll(paths(source.list("configMap.items"), what));
            } else if (source.has("secret.items")) {
                String what = "Secret " + Problems.quoted(source.text("secret.name"));
                all.addAll(paths(source.list("secret.items"), what));
            } else if (source.has("downwardAPI.items")) {
                all.addAll(paths(source.list("downwardAPI.items"), "DownwardAPI"));
            } else if (source.has("serviceAccountToken")) {
                all.add(new Placed(source.text("serviceAccountToken.path"), "ServiceAccountToken"));
            }
        }
        report(volume.text("name"), "Projected", all, problems);
    }

    private static List<Placed> paths(List<Obj> items, String source) {
        List<Placed> placed = new ArrayList<>();
        items.forEach(item -> placed.add(new Placed(item.text("path"), source)));
        return placed;
    }

    private static void report(String volume, String what, List<Placed> all, Problems problems) {
        List<Placed> before = new ArrayList<>();
        for (Placed each : all) {
            Placed now = new Placed(trimmed(each.path), each.source);
            for (Placed other : before) {
                String a = now.path + "/";
                String b = other.path + "/";
                if (!now.path.isEmpty() && !other.path.isEmpty() && (a.startsWith(b) || b.startsWith(a))) {
                    problems.warn("volume " + Problems.quoted(volume) + " (" + what + "): overlapping paths: " + now
                            + " with " + other);
                }
            }
            before.add(now);
        }
    }

    private static String trimmed(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }
}
