package dev.kubejar;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs command lines in this process, each as a process of its own would, over one home. */
public final class CommandLine {
    /** What a command printed and how it ended. */
    public record Result(int code, String out, String err) {}

    private final Map<String, String> environment = new TreeMap<>();
    private final Path folder;
    private String program = "kubectl";

    /** Works in the repository's folder; {@code home} holds the clusters. */
    public CommandLine(Path home) {
        this.folder = Path.of("").toAbsolutePath();
        environment.put("HOME", home.toString());
        environment.put("KUBEJAR_HOME", home.resolve(".kubejar").toString());
        environment.put("KUBEJAR_PROFILE", "bare");
    }

    public CommandLine with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Under another name than kubectl. */
    public CommandLine as(String name) {
        program = name;
        return this;
    }

    public Result run(String... args) {
        return input("", args);
    }

    public Result input(String text, String... args) {
        return bytes(text.getBytes(StandardCharsets.UTF_8), args);
    }

    /** Runs a command whose standard input is not necessarily text. */
    public Result bytes(byte[] input, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.runAlone(program, args, environment, folder, new ByteArrayInputStream(input), out, err);
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The hash of everything that the cluster holds. */
    public String stateHash() {
        Path state = Path.of(environment.get("KUBEJAR_HOME"), "clusters", "default");
        ClusterSettings settings =
                new ClusterSettings(state, environment, dev.kubejar.sim.VirtualClock.wall(), true, message -> {});
        try (LocalCluster cluster = LocalCluster.open(settings)) {
            return cluster.status().get("State hash");
        }
    }

    /** Words of a command line without quotes. */
    public static String[] words(String line) {
        return List.of(line.split(" ")).toArray(String[]::new);
    }
}
