package dev.kubejar.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** Manifests, what a real server made of them, and its verdicts on damaged ones. */
final class Corpus {
    private static final Map<String, Obj> READ = new TreeMap<>();

    private Corpus() {}

    /** One damaged manifest and the real server's answer. */
    record Verdict(Obj line) {
        String base() {
            return line.text("base");
        }

        boolean creates() {
            return line.text("verb").equals("create");
        }
    }

    static List<Verdict> verdicts() {
        List<Verdict> verdicts = new ArrayList<>();
        try (InputStream in = Corpus.class.getResourceAsStream("/corpus/verdicts.jsonl.gz");
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                verdicts.add(new Verdict(Obj.parse(line)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return verdicts;
    }

    /** The names of all manifests, sorted. */
    static List<String> names() {
        return Resource.lines("/corpus/names.txt");
    }

    static Obj base(String name) {
        return read("base/" + name).copy();
    }

    static Obj defaulted(String name) {
        return read("defaulted/" + name).copy();
    }

    private static Obj read(String path) {
        return READ.computeIfAbsent(
                path, key -> Obj.of((ObjectNode) Json.read(Resource.text("/corpus/" + key + ".json"))));
    }

    /** Reading test resources. */
    static final class Resource {
        private Resource() {}

        static String text(String path) {
            try (InputStream in = Corpus.class.getResourceAsStream(path)) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        static List<String> lines(String path) {
            return text(path).lines().filter(line -> !line.isBlank()).toList();
        }
    }
}
