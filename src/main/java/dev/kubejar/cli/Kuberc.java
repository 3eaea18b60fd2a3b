package dev.kubejar.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.Document;
import dev.kubejar.object.Documents;
import dev.kubejar.object.Limits;
import dev.kubejar.object.Obj;
import dev.kubejar.object.ParseError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The kuberc file: a user's own defaults for flags, and aliases of commands (KEP-3104). */
public final class Kuberc {
    /** The version that is written. */
    public static final String VERSION = "kubectl.config.k8s.io/v1beta1";

    private static final String OLD_VERSION = "kubectl.config.k8s.io/v1alpha1";

    /**
     * Where the file lies.
     *
     * @param path as the user wrote it
     * @param explicit whether the user named it, so that it must be there
     */
    public record Place(String path, boolean explicit) {
        Path in(Session session) {
            return session.path(path);
        }
    }

    private Kuberc() {}

    /** Where the file lies: as the flag says, else the environment, else in the home folder; null where it is switched off. */
    public static Place place(Session session, String flag) {
        String variable = session.environment("KUBERC");
        if (variable.equals("off")) {
            if (!flag.isEmpty()) {
                throw new CliError("disabling kuberc via KUBERC=off and passing kuberc flag are mutually exclusive");
            }
            return null;
        }
        if (!flag.isEmpty() || !variable.isEmpty()) {
            return new Place(flag.isEmpty() ? variable : flag, true);
        }
        return new Place(session.environment("HOME") + "/.kube/kuberc", false);
    }

    /** Whether the environment has preferences passed over altogether. */
    static boolean off(Session session) {
        return session.environment("KUBECTL_KUBERC").equalsIgnoreCase("false");
    }

    /** The preferences in the form of {@link #VERSION}; null where there are none. */
    static Obj load(Session session, Place place) {
        if (!place.explicit() && !Files.exists(place.in(session))) {
            return null;
        }
        try {
            return decoded(place.path(), Files.readAllBytes(place.in(session)));
        } catch (IOException e) {
            return failed(session, place, "open " + place.path() + ": " + Disk.reason(e));
        } catch (ParseError | CliError e) {
            return failed(session, place, e.getMessage());
        }
    }

    private static Obj failed(Session session, Place place, String why) {
        if (place.explicit()) {
            throw new CliError("kuberc: " + why);
        }
        session.err().print("kuberc: no preferences loaded from " + place.path() + ": " + why);
        return null;
    }

    private static Obj decoded(String path, byte[] bytes) {
        int documents = 0;
        for (Document document : Documents.read(path, bytes, Limits.FILES)) {
            documents++;
            if (document.root() instanceof ObjectNode node) {
                Obj preference = Obj.of(node);
                if (preference.kind().equals("Preference")) {
                    if (preference.apiVersion().equals(VERSION)) {
                        return preference;
                    }
                    if (preference.apiVersion().equals(OLD_VERSION)) {
                        return converted(preference);
                    }
                }
            }
        }
        if (documents > 0) {
            throw new CliError("no valid preferences found in " + path + ", use --v=5 to see details");
        }
        return null;
    }

    private static Obj converted(Obj old) {
        Obj preference = Obj.create(VERSION, "Preference");
        List<Obj> aliases = new ArrayList<>();
        for (Obj alias : old.list("aliases")) {
            aliases.add(renamed(alias));
        }
        List<Obj> defaults = new ArrayList<>();
        for (Obj each : old.list("overrides")) {
            defaults.add(renamed(each));
        }
        return preference.set("defaults", defaults).set("aliases", aliases);
    }

    private static Obj renamed(Obj entry) {
        Obj copy = entry.copy();
        return copy.has("flags") ? copy.set("options", copy.list("flags")).remove("flags") : copy;
    }

    /** The file's text; null where it is not there. */
    public static String text(Session session, Place place) {
        try {
            return Files.readString(place.in(session));
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new CliError("error reading kuberc file: open " + place.path() + ": " + Disk.reason(e));
        }
    }

    /** Writes the file and its folder, and says so. */
    public static void save(Session session, Place place, String text) {
        Path path = place.in(session);
        try {
            if (path.getParent() != null) {
                Files.createDirectories(path.getParent());
            }
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new CliError("failed to write kuberc file: open " + place.path() + ": " + Disk.reason(e));
        }
        session.out().println("Updated " + place.path());
    }
}
