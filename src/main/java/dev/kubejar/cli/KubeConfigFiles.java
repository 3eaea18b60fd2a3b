package dev.kubejar.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.Document;
import dev.kubejar.object.Documents;
import dev.kubejar.object.Json;
import dev.kubejar.object.Limits;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The kubeconfig files that count: read, merged, and changed where an entry comes from. */
public final class KubeConfigFiles {
    private final Session session;
    private final List<Path> paths;
    private final boolean ownDefault;
    private final Map<Path, Obj> contents = new LinkedHashMap<>();

    private KubeConfigFiles(Session session, List<Path> paths, boolean ownDefault) {
        this.session = session;
        this.paths = paths;
        this.ownDefault = ownDefault;
    }

    /** The file of {@code --kubeconfig}, those of KUBECONFIG, or Kubejar's own. */
    static KubeConfigFiles of(Session session, String explicit) {
        KubeConfigFiles files = located(session, explicit);
        if (!explicit.isEmpty() && !Files.exists(session.path(explicit))) {
            throw new CliError("stat " + explicit + ": no such file or directory");
        }
        files.read();
        return files;
    }

    /** The same, but a file that does not exist yet is no error: it will be made. */
    public static KubeConfigFiles forChange(Session session, String explicit) {
        KubeConfigFiles files = located(session, explicit);
        files.read();
        return files;
    }

    private static KubeConfigFiles located(Session session, String explicit) {
        if (!explicit.isEmpty()) {
            return new KubeConfigFiles(session, List.of(session.path(explicit)), false);
        }
        List<Path> paths = new ArrayList<>();
        for (String part : session.environment("KUBECONFIG").split(java.io.File.pathSeparator)) {
            if (!part.isEmpty() && !paths.contains(session.path(part))) {
                paths.add(session.path(part));
            }
        }
        return paths.isEmpty()
                ? new KubeConfigFiles(session, List.of(KubeConfig.home(session).resolve("config")), true)
                : new KubeConfigFiles(session, paths, false);
    }

    private void read() {
        for (Path path : paths) {
            if (Files.exists(path)) {
                contents.put(path, parsed(path));
            }
        }
        if (ownDefault && contents.isEmpty()) {
            contents.put(paths.get(0), builtIn());
        }
    }

    private Obj parsed(Path path) {
        try {
            Document document = Documents.open(path.toString(), Files.readAllBytes(path), Limits.FILES)
                    .next();
            if (document == null) {
                return Obj.create();
            }
            JsonNode tree = document.root();
            if (tree instanceof ObjectNode object) {
                return Obj.of(object);
            }
            throw new CliError("error loading config file " + Go.quote(path.toString()) + ": not an object");
        } catch (IOException e) {
            throw new CliError("error loading config file " + Go.quote(path.toString()) + ": " + Disk.reason(e));
        } catch (CliError | dev.kubejar.object.ParseError e) {
            throw new CliError("error loading config file " + Go.quote(path.toString()) + ": " + e.getMessage());
        }
    }

    /** What holds where the user has no kubeconfig of Kubejar's yet. */
    private static Obj builtIn() {
        return Obj.parse("{\"apiVersion\":\"v1\",\"kind\":\"Config\",\"clusters\":[{\"name\":\"kubejar\","
                + "\"cluster\":{\"server\":\"kubejar://default\"}}],\"contexts\":[{\"name\":\"kubejar\",\"context\":"
                + "{\"cluster\":\"kubejar\",\"user\":\"admin\"}}],\"current-context\":\"kubejar\","
                + "\"users\":[{\"name\":\"admin\",\"user\":{}}]}");
    }

    /** All files as one: the first to name an entry or to set a value wins. */
    public Obj merged() {
        Obj all = Obj.create("v1", "Config");
        for (String list : List.of("clusters", "contexts", "users")) {
            ArrayNode items = Json.array();
            List<String> names = new ArrayList<>();
            for (Obj content : contents.values()) {
                for (Obj entry : content.list(list)) {
                    if (!names.contains(entry.text("name"))) {
                        names.add(entry.text("name"));
                        items.add(entry.node());
                    }
                }
            }
            all.set(list, items);
        }
        for (Obj content : contents.values()) {
            all.orSet("current-context", content.text("current-context"));
            if (content.has("preferences")) {
                all.set("preferences", content.at("preferences"));
            }
        }
        if (all.text("current-context").isEmpty()) {
            for (Obj content : contents.values()) {
                if (!content.text("current-context").isEmpty()) {
                    all.set("current-context", content.text("current-context"));
                    break;
                }
            }
        }
        return all;
    }

    /** The entry of a name in one of the lists; null where there is none. */
    public static Obj entry(Obj config, String list, String name) {
        for (Obj entry : config.list(list)) {
            if (entry.text("name").equals(name)) {
                return entry;
            }
        }
        return null;
    }

    /** The file that holds an entry, or the one that a new entry goes to. */
    public Path fileOf(String list, String name) {
        for (Map.Entry<Path, Obj> file : contents.entrySet()) {
            if (entry(file.getValue(), list, name) != null) {
                return file.getKey();
            }
        }
        return first();
    }

    /** The file that sets the current context, or the first. */
    public Path fileOfCurrentContext() {
        for (Map.Entry<Path, Obj> file : contents.entrySet()) {
            if (!file.getValue().text("current-context").isEmpty()) {
                return file.getKey();
            }
        }
        return first();
    }

    /** Where new entries go: the first existing file, else the last named. */
    public Path first() {
        for (Path path : paths) {
            if (contents.containsKey(path)) {
                return path;
            }
        }
        return paths.get(paths.size() - 1);
    }

    /** One file's content, changeable; written by {@link #save}. */
    public Obj content(Path path) {
        return contents.computeIfAbsent(path, key -> Obj.create("v1", "Config"));
    }

    /** Writes a file anew, whole, readable by its owner only. */
    public void save(Path path) {
        Obj content = content(path);
        content.orSet("apiVersion", "v1").orSet("kind", "Config");
        try {
            Path folder = path.toAbsolutePath().getParent();
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            Path fresh = Files.createTempFile(folder, ".config", "");
            Files.writeString(fresh, Yaml.write(content.node()));
            Files.move(fresh, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new CliError("open " + path + ": " + Disk.reason(e));
        }
    }

    /** The text of a file that an entry names, relative to the folder of the first kubeconfig. */
    String text(String file) {
        Path path = first().toAbsolutePath().resolveSibling(file);
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new CliError("open " + file + ": " + Disk.reason(e));
        }
    }

    public Session session() {
        return session;
    }
}
