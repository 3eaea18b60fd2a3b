package dev.kubejar;

import dev.kubejar.cli.Clusters;
import dev.kubejar.sim.VirtualClock;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The clusters of one home, by name; and such as live only as long as a command. */
final class LocalClusters implements Clusters {
    private final Map<String, String> environment;
    private final OutputStream err;
    private final boolean alone;

    /** {@code alone}: nobody else uses these clusters, so that what waits for a time-out jumps to it. */
    LocalClusters(Map<String, String> environment, OutputStream err, boolean alone) {
        this.environment = environment;
        this.err = err;
        this.alone = alone;
    }

    @Override
    public Opened open(String name) {
        return opened(LocalCluster.open(settings(home().resolve("clusters").resolve(name), environment, alone)));
    }

    @Override
    public Opened scratch(Map<String, String> settings) {
        Map<String, String> own = new TreeMap<>(environment);
        own.put("KUBEJAR_CLOCK", "auto");
        own.put("KUBEJAR_SEED", "1");
        own.remove("KUBEJAR_NODES");
        own.remove("KUBEJAR_SETTLE");
        own.putAll(settings);
        Path folder = temporary();
        Thread remover = new Thread(() -> remove(folder));
        Runtime.getRuntime().addShutdownHook(remover);
        LocalCluster cluster = LocalCluster.open(settings(folder.resolve("cluster"), own, true));
        cluster.whenClosed(() -> {
            Runtime.getRuntime().removeShutdownHook(remover);
            remove(folder);
        });
        return opened(cluster);
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("kubejar-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> files = all.sorted(Comparator.reverseOrder()).toList();
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            // what is left lies among the system's temporary files
        }
    }

    private ClusterSettings settings(Path folder, Map<String, String> variables, boolean nobodyElse) {
        return new ClusterSettings(folder, variables, VirtualClock.wall(), nobodyElse, this::say);
    }

    private static Opened opened(LocalCluster cluster) {
        return new Opened(cluster, new KindDiscovery(cluster::customKinds, cluster::aggregated), cluster.kinds());
    }

    /** {@code $KUBEJAR_HOME}, or {@code ~/.kubejar}. */
    private Path home() {
        String home = environment.getOrDefault("KUBEJAR_HOME", "");
        return home.isEmpty() ? Path.of(environment.getOrDefault("HOME", "."), ".kubejar") : Path.of(home);
    }

    private void say(String message) {
        try {
            err.write((message + "\n").getBytes(StandardCharsets.UTF_8));
            err.flush();
        } catch (IOException e) {
            // nobody reads what is said in passing
        }
    }
}
