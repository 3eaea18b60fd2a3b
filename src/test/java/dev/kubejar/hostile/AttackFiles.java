package dev.kubejar.hostile;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Attacks as files, for {@code src/test/harness/hostile.sh}. */
final class AttackFiles {
    private AttackFiles() {}

    /** Writes each attack to a folder of its own: {@code name}, {@code input}, {@code args} (each ended by a NUL) and its files. */
    public static void main(String[] args) throws IOException {
        Path top = Path.of(args[0]).toAbsolutePath();
        int number = 1000;
        for (Attack attack : Attacks.all()) {
            number++;
            Path own = top.resolve(Integer.toString(number));
            String[] words = written(attack, own.resolve("files"));
            Files.writeString(own.resolve("name"), attack.name() + "\n");
            Files.write(own.resolve("input"), attack.input().get());
            try (PrintStream out = new PrintStream(own.resolve("args").toFile(), StandardCharsets.UTF_8)) {
                List.of(words).forEach(word -> out.print(word + "\0"));
            }
        }
    }

    /** Writes an attack's files into a folder; gives its arguments, which name that folder. */
    static String[] written(Attack attack, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, String> file : attack.files().entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
        return attack.args().stream()
                .map(arg -> arg.replace("@DIR@", folder.toString()))
                .toArray(String[]::new);
    }
}
