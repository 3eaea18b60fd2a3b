package dev.kubejar.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes the field schema at build time: {@code GenerateSchema API_JAR PROTO_SOURCES_JAR SUPPLEMENT_FOLDER OUTPUT}. */
public final class GenerateSchema {
    private GenerateSchema() {}

    public static void main(String[] args) throws IOException {
        Path output = Path.of(args[3]);
        Join join = new Join(
                new ApiJar(Path.of(args[0])), new ProtoSources(Path.of(args[1])), new Supplement(Path.of(args[2])));
        byte[] schema = SchemaFile.of(join.join());
        Files.createDirectories(output.getParent());
        Files.write(output, schema);
    }
}
