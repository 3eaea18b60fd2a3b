package dev.kubejar.cli.own.check;

import dev.kubejar.cli.Clusters;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Invocation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One check from reading to reporting, on a cluster that exists for its sake only. */
public final class Checking {
    private final Invocation call;
    private final Flags flags;
    private final List<String> paths;
    private final String kustomize;
    private final Findings findings = new Findings();

    public Checking(Invocation call, List<String> paths, String kustomize) {
        this.call = call;
        this.flags = call.flags();
        this.paths = paths;
        this.kustomize = kustomize;
    }

    /** Checks, prints the report and gives the exit code. */
    public int run() {
        Inputs inputs = new Inputs(call.session(), findings);
        List<Manifest> definitions = definitions();
        paths.forEach(inputs::path);
        if (!kustomize.isEmpty()) {
            inputs.kustomize(kustomize);
        }
        if (!inputs.manifests.isEmpty()) {
            Clusters.Opened opened = call.session().scratch(settings());
            try {
                check(new World(opened, inputs, findings), definitions);
            } finally {
                opened.cluster().close();
            }
        }
        new Report(findings, inputs).write(flags.text("output"), call.out());
        return findings.isEmpty() ? 0 : 1;
    }

    private List<Manifest> definitions() {
        Inputs inputs = new Inputs(call.session(), findings);
        flags.list("crd").forEach(inputs::path);
        return inputs.manifests;
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        if (flags.changed("profile")) {
            settings.put("KUBEJAR_PROFILE", flags.text("profile"));
        }
        if (flags.changed("nodes")) {
            settings.put("KUBEJAR_NODES", flags.text("nodes"));
        }
        return settings;
    }

    private void check(World world, List<Manifest> definitions) {
        Decoding decoding = new Decoding(findings);
        Applying applying = new Applying(world, decoding, flags.on("ignore-missing-kinds"));
        String namespace = flags.text("namespace");
        String home = namespace.isEmpty() ? "default" : namespace;
        List<Manifest> first = new ArrayList<>(definitions);
        world.manifests().stream().filter(Applying::first).forEach(first::add);
        applying.resolve(first, home);
        for (Manifest each : Applying.ordered(first)) {
            decode(decoding, each);
            applying.send(each);
        }
        applying.resolve(world.manifests(), home);
        applying.twice();
        for (Manifest each : world.manifests()) {
            if (!first.contains(each)) {
                decode(decoding, each);
            }
        }
        applying.namespaces(home);
        References references = new References(world);
        for (Manifest each : Applying.ordered(world.manifests())) {
            if (!first.contains(each)) {
                references.check(each);
                applying.send(each);
            }
        }
        Workloads workloads = new Workloads(world);
        workloads.trials();
        workloads.converge(flags.duration("timeout"));
        new Diagnosis(world, workloads).run();
    }

    private static void decode(Decoding decoding, Manifest manifest) {
        if (manifest.accepted()) {
            decoding.check(manifest);
        }
    }
}
