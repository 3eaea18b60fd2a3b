package dev.kubejar.cli.kustomize;

import dev.kubejar.cli.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder a kustomization lies in: reads files in and below it, and goes on to other folders, never in a circle. */
final class Root {
    private final Path folder;
    private final Root referrer;
    private final boolean confined;

    private Root(Path folder, Root referrer, boolean confined) {
        this.folder = folder;
        this.referrer = referrer;
        this.confined = confined;
    }

    /** The folder that the user named. */
    static Root top(Path working, String path, boolean confined) {
        try {
            return new Root(confirmed(working.resolve(path), path), null, confined);
        } catch (KustomizeError e) {
            throw e.during("must build at directory");
        }
    }

    Path folder() {
        return folder;
    }

    /** Another kustomization's folder, seen from this one. */
    Root below(String path) {
        if (path.isEmpty()) {
            throw new KustomizeError("new root cannot be empty");
        }
        if (path.startsWith("/")) {
            throw new KustomizeError("new root '" + path + "' cannot be absolute");
        }
        Path target = folder.resolve(path).normalize();
        Path found;
        try {
            found = confirmed(target, target.toString());
        } catch (KustomizeError e) {
            throw e.during("must build at directory");
        }
        for (Root visited = this; visited != null; visited = visited.referrer) {
            if (visited.folder.startsWith(found)) {
                throw new KustomizeError("cycle detected: candidate root '" + found + "' contains visited root '"
                        + visited.folder + "'");
            }
        }
        return new Root(found, this, confined);
    }

    /** Nothing is fetched: a repository or a file of the network's is refused, with the way out. */
    static void refuseRemote(String path) {
        boolean scheme = path.contains("://") || path.startsWith("git@") || path.startsWith("git::");
        boolean repository = path.startsWith("github.com/") || path.startsWith("gh:") || path.contains(".git?ref=");
        if (scheme || repository) {
            throw new KustomizeError(
                    "remote resource '" + path + "' is not supported: download it and refer to the local copy");
        }
    }

    private static Path confirmed(Path path, String shown) {
        Path real = real(path, shown, "not a valid directory: ");
        if (!Files.isDirectory(real)) {
            throw new KustomizeError("'" + shown + "': file is not directory");
        }
        return real;
    }

    private static Path real(Path path, String shown, String doing) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new KustomizeError(
                    doing + "evalsymlink failure on '" + shown + "' : lstat " + missing(path) + ": " + Disk.reason(e));
        }
    }

    /** The first part of a path that is not there. */
    private static Path missing(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        Path part = absolute.getRoot();
        for (Path name : absolute) {
            part = part.resolve(name);
            if (!Files.exists(part)) {
                return part;
            }
        }
        return absolute;
    }

    /** Whether a file of this name lies right here. */
    boolean has(String name) {
        return Files.isRegularFile(folder.resolve(name));
    }

    /** A file's content. */
    byte[] read(String path) {
        refuseRemote(path);
        Path target = folder.resolve(path).normalize();
        Path real = target;
        if (confined) {
            real = real(target, target.toString(), "");
            if (Files.isDirectory(real)) {
                throw new KustomizeError("'" + target + "' must resolve to a file");
            }
            if (!real.startsWith(folder)) {
                throw new KustomizeError("security; file '" + target + "' is not in or below '" + folder + "'");
            }
        }
        try {
            return Files.readAllBytes(real);
        } catch (IOException e) {
            throw new KustomizeError("open " + real + ": " + Disk.reason(e));
        }
    }
}
