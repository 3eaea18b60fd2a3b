package dev.kubejar.cli.kustomize;

import dev.kubejar.object.Obj;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Builds what a kustomization describes. The rules are those of kustomize v5.8.1. */
public final class Build {
    private Build() {}

    /**
     * The objects of a folder, in the order in which they are to be applied.
     *
     * @param working what a relative path is resolved against
     * @param confined whether files outside of a kustomization's folder are refused
     * @param warn takes the warnings about fields of old
     * @throws KustomizeError in kustomize's words
     */
    public static List<Obj> objects(Path working, String path, boolean confined, Consumer<String> warn) {
        return Target.build(working, path, confined, warn);
    }
}
