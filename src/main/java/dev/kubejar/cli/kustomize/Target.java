package dev.kubejar.cli.kustomize;

import dev.kubejar.object.Obj;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** One folder with a kustomization: gathers its objects, generates others, and changes them all, in kustomize's order. */
final class Target {
    private static final String LOCAL = "config.kubernetes.io/local-config";

    /** The kinds that others need, in the order in which they are applied. */
    static final List<String> FIRST = List.of(
            "Namespace",
            "ResourceQuota",
            "StorageClass",
            "CustomResourceDefinition",
            "ServiceAccount",
            "PodSecurityPolicy",
            "Role",
            "ClusterRole",
            "RoleBinding",
            "ClusterRoleBinding",
            "ConfigMap",
            "Secret",
            "Endpoints",
            "Service",
            "LimitRange",
            "PriorityClass",
            "PersistentVolume",
            "PersistentVolumeClaim",
            "Deployment",
            "StatefulSet",
            "CronJob",
            "PodDisruptionBudget");

    private static final List<String> LAST = List.of("MutatingWebhookConfiguration", "ValidatingWebhookConfiguration");

    private final Root root;
    private final Kustomization file;
    private final FieldSpecs specs;
    private final Consumer<String> warn;
    /** The way here from the folder that the user named; empty there. */
    private final String origin;

    private Target(Root root, FieldSpecs specs, String origin, Consumer<String> warn) {
        this.origin = origin;
        this.root = root;
        this.specs = specs.copy();
        this.warn = warn;
        this.file = Kustomization.load(root, warn);
    }

    /**
     * The finished objects of a folder.
     *
     * @param confined whether files outside of a kustomization's folder are refused
     */
    static List<Obj> build(Path working, String path, boolean confined, Consumer<String> warn) {
        Target target = new Target(Root.top(working, path, confined), FieldSpecs.read(), "", warn);
        ResList list = target.accumulate(new ResList());
        Generators.hash(list);
        NameReferences.follow(list, target.specs);
        list.variables.resolve(list, target.specs);
        list.all.removeIf(res -> {
            String local = res.object.annotation(LOCAL);
            return !local.isEmpty() && !local.equals("false");
        });
        target.sort(list.all);
        return target.labelled(list);
    }

    private List<Obj> labelled(ResList list) {
        List<Obj> objects = new ArrayList<>();
        boolean origins = file.fields().texts("buildMetadata").contains("originAnnotations");
        boolean managed = file.fields().texts("buildMetadata").contains("managedByLabel");
        for (Res res : list.all) {
            if (managed) {
                res.object.setLabel("app.kubernetes.io/managed-by", "kustomize-v5.8.1");
            }
            if (origins && !res.origin.isEmpty()) {
                res.object.child("metadata.annotations").node().put("config.kubernetes.io/origin", res.origin);
            }
            objects.add(res.object);
        }
        return objects;
    }

    private ResList accumulate(ResList into) {
        ResList list = into;
        try {
            resources(list);
        } catch (KustomizeError e) {
            throw e.during("accumulating resources");
        }
        Configurations configurations = new Configurations(root, specs);
        file.fields().texts("configurations").forEach(configurations::load);
        file.fields().texts("crds").forEach(configurations::definitions);
        if (file.fields().has("openapi.path")) {
            root.read(file.text("openapi.path"));
        }
        Generators generators = new Generators(root, file.fields().obj("generatorOptions"));
        file.list("configMapGenerator").forEach(each -> generate(generators, "ConfigMap", each, list));
        file.list("secretGenerator").forEach(each -> generate(generators, "Secret", each, list));
        unsupported();
        try {
            file.fields().texts("components").forEach(path -> component(path, list));
        } catch (KustomizeError e) {
            throw e.during("accumulating components");
        }
        transform(list);
        try {
            file.list("vars").forEach(each -> list.variables.declare(each, list));
        } catch (KustomizeError e) {
            throw e.during("merging vars " + Variables.text(file.list("vars")));
        }
        return list;
    }

    private void generate(Generators generators, String kind, Obj arguments, ResList list) {
        Res made = generators.make(kind, arguments);
        made.origin = "configuredIn: " + place("kustomization.yaml")
                + "\nconfiguredBy:\n  apiVersion: builtin\n  kind: " + kind + "Generator\n";
        list.absorb(made);
    }

    /** A path as seen from the folder that the user named. */
    private String place(String path) {
        return Path.of(origin).resolve(path).normalize().toString();
    }

    private void unsupported() {
        for (Obj chart : file.list("helmCharts")) {
            Obj config = file.fields().obj("helmGlobals").copy();
            config.node().setAll(chart.node());
            throw Patches.configuring("HelmChartInflationGenerator", config, "must specify --enable-helm");
        }
        if (file.fields().has("helmChartInflationGenerator")) {
            throw new KustomizeError("must specify --enable-helm");
        }
        for (String field : List.of("generators", "transformers", "validators")) {
            if (!file.fields().texts(field).isEmpty()) {
                throw new KustomizeError("the field '" + field + "' of a kustomization is not supported");
            }
        }
    }

    private void resources(ResList list) {
        for (String path : file.resources()) {
            Root.refuseRemote(path);
            KustomizeError asFile = file(path, list);
            if (asFile != null) {
                try {
                    folder(path, list, asFile);
                } catch (KustomizeError e) {
                    throw e == asFile ? e : e.during("accumulation err='" + asFile.getMessage() + "'");
                }
            }
        }
    }

    /** Null, or why the path is no file of objects. */
    private KustomizeError file(String path, ResList list) {
        List<Res> found;
        try {
            byte[] text = root.read(path);
            try {
                found = Texts.objects(text);
            } catch (KustomizeError e) {
                throw e.isMalformed() ? KustomizeError.malformed(e.getMessage() + " in File: " + path) : e;
            }
        } catch (KustomizeError e) {
            return e.during("accumulating resources from '" + path + "'");
        }
        found.forEach(res -> res.origin = "path: " + place(path) + "\n");
        try {
            list.appendAll(found);
        } catch (KustomizeError e) {
            return e.during("merging resources from '" + path + "'");
        }
        return null;
    }

    private void folder(String path, ResList list, KustomizeError asFile) {
        Root below;
        try {
            below = root.below(path);
        } catch (KustomizeError e) {
            throw asFile.isMalformed() ? asFile : e;
        }
        Target target = target(below, path);
        if (target.file.component()) {
            throw new KustomizeError("expected kind != 'Component' for path '" + below.folder() + "'");
        }
        ResList found;
        try {
            found = target.accumulate(new ResList());
            specs.merge(target.specs);
        } catch (KustomizeError e) {
            throw e.during("recursed accumulation of path '" + below.folder() + "'");
        }
        try {
            list.appendAll(found.all);
            list.variables.merge(found.variables);
        } catch (KustomizeError e) {
            throw e.during("recursed merging from path '" + below.folder() + "'");
        }
    }

    private Target target(Root below, String path) {
        try {
            return new Target(below, specs, place(path), warn);
        } catch (KustomizeError e) {
            throw e.during("couldn't make target for path '" + below.folder() + "'");
        }
    }

    private void component(String path, ResList list) {
        Root.refuseRemote(path);
        Root below;
        try {
            below = root.below(path);
        } catch (KustomizeError e) {
            throw new KustomizeError("loader.New " + dev.kubejar.object.GoText.quoted(e.getMessage()));
        }
        try {
            Target target = target(below, path);
            if (!target.file.component()) {
                throw new KustomizeError("expected kind 'Component' for path '" + below.folder() + "' but got '"
                        + target.file.kind() + "'");
            }
            try {
                target.accumulate(list);
                specs.merge(target.specs);
            } catch (KustomizeError e) {
                throw e.during("recursed accumulation of path '" + below.folder() + "'");
            }
        } catch (KustomizeError e) {
            throw new KustomizeError("accumulateDirectory: " + dev.kubejar.object.GoText.quoted(e.getMessage()));
        }
    }

    private void transform(ResList list) {
        Patches patches = new Patches(root, list);
        Transformers change = new Transformers(list, specs);
        file.fields().texts("patchesStrategicMerge").forEach(patches::strategic);
        file.list("patches").forEach(patches::patch);
        if (!file.text("namespace").isEmpty()) {
            change.namespace(file.text("namespace"));
        }
        if (!file.text("namePrefix").isEmpty()) {
            change.prefix(file.text("namePrefix"));
        }
        if (!file.text("nameSuffix").isEmpty()) {
            change.suffix(file.text("nameSuffix"));
        }
        file.list("labels").forEach(change::labels);
        change.commonLabels(file.fields().map("commonLabels"));
        change.annotations(file.fields().map("commonAnnotations"));
        file.list("patchesJson6902").forEach(patches::patch);
        file.list("replicas").forEach(change::replicas);
        file.images().forEach(change::image);
        Replacements replacements = new Replacements(root, list);
        file.list("replacements").forEach(replacements::entry);
    }

    private void sort(List<Res> all) {
        Obj options = file.fields().obj("sortOptions");
        String order = options.text("order", "legacy");
        if (!order.equals("legacy") && !order.equals("fifo")) {
            throw new KustomizeError("the field 'sortOptions.order' must be one of [fifo, legacy]");
        }
        if (order.equals("fifo")) {
            return;
        }
        boolean own = options.has("legacySortOptions");
        List<String> first = own ? options.texts("legacySortOptions.orderFirst") : FIRST;
        List<String> last = own ? options.texts("legacySortOptions.orderLast") : LAST;
        all.sort(Comparator.comparingInt((Res res) -> rank(res, first, last))
                .thenComparing(res -> kindOrder(res.id()))
                .thenComparing(res -> nameOrder(res.id())));
    }

    private static int rank(Res res, List<String> first, List<String> last) {
        int early = first.indexOf(res.object.kind());
        int late = last.indexOf(res.object.kind());
        return late >= 0 ? late + 1 : early >= 0 ? early - first.size() : 0;
    }

    private static String kindOrder(ResId id) {
        return (id.group().isEmpty() ? "~G" : id.group()) + "_" + (id.version().isEmpty() ? "~V" : id.version()) + "_"
                + id.kind();
    }

    private static String nameOrder(ResId id) {
        return (id.namespace().isEmpty() ? "~X" : id.namespace()) + "|"
                + (id.name().isEmpty() ? "~N" : id.name());
    }
}
