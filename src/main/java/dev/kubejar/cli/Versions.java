package dev.kubejar.cli;

import dev.kubejar.object.Obj;

/** Which Kubernetes the commands and the clusters are modelled on. */
public final class Versions {
    public static final String CLIENT = "v1.36.4";
    public static final String SERVER = "v1.36.2";
    public static final String KUSTOMIZE = "v5.8.1";

    private Versions() {}

    /** The client's version as {@code kubectl version -o json} shows it. */
    public static Obj client() {
        return info(CLIENT, Obj.create().set("major", "1").set("minor", "36"));
    }

    /** The server's version as {@code /version} answers it. */
    public static Obj server() {
        return info(
                SERVER,
                Obj.create()
                        .set("major", "1")
                        .set("minor", "36")
                        .set("emulationMajor", "1")
                        .set("emulationMinor", "36")
                        .set("minCompatibilityMajor", "1")
                        .set("minCompatibilityMinor", "35"));
    }

    private static Obj info(String version, Obj head) {
        return head.set("gitVersion", version)
                .set("gitCommit", "0000000000000000000000000000000000000000")
                .set("gitTreeState", "clean")
                .set("buildDate", "2026-07-01T00:00:00Z")
                .set("goVersion", "go1.26.4")
                .set("compiler", "gc")
                .set("platform", "linux/amd64");
    }
}
