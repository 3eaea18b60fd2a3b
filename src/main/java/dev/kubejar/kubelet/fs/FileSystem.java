package dev.kubejar.kubelet.fs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * What one container sees as its files: volumes mounted over one another, paths, permissions. Names are byte strings,
 * one char a byte. Failures are {@link FsError} with Linux's error numbers.
 */
public final class FileSystem {
    private static final int MAX_LINKS = 40;
    private static final int MAX_NAME = 255;
    private static final int MAX_PATH = 4096;

    private final TreeMap<String, Mount> mounts = new TreeMap<>();
    private final LongSupplier clock;

    /** A file system over a root volume. The clock gives nanoseconds since the epoch. */
    public FileSystem(Volume root, boolean readOnly, LongSupplier clock) {
        this.clock = clock;
        mounts.put("/", new Mount("/", root, Volume.ROOT, readOnly, "overlay"));
    }

    /** Shows a volume at a path; what is missing of the path comes into being below, as a container runtime does it. */
    public void mount(String path, Volume volume, int root, boolean readOnly, String kind) {
        try {
            boolean directory = volume.node(root).isDirectory();
            String place = mountPoint(path, directory);
            mounts.put(place, new Mount(place, volume, root, readOnly, kind));
        } catch (FsError e) {
            throw new IllegalStateException("no place for a mount at " + path + ": " + e.getMessage(), e);
        }
    }

    private String mountPoint(String path, boolean directory) throws FsError {
        int slash = path.lastIndexOf('/');
        if (slash > 0) {
            mountPoint(path.substring(0, slash), true);
        }
        Location there = find("/", path, true, Credentials.ROOT);
        if (there.exists()) {
            return there.path();
        }
        Inode.Type type = directory ? Inode.Type.DIRECTORY : Inode.Type.FILE;
        there.volume()
                .add(there.parent(), there.name(), new Inode(type, directory ? 0755 : 0644, 0, 0, clock.getAsLong()));
        return there.path();
    }

    public Collection<Mount> mounts() {
        return mounts.values();
    }

    /** The mounted volume of a name, or null. */
    public Volume volume(String name) {
        for (Mount mount : mounts.values()) {
            if (mount.volume().name().equals(name)) {
                return mount.volume();
            }
        }
        return null;
    }

    /** The mount that a path without links lies in. */
    public Mount mountOf(String path) {
        String at = path;
        while (true) {
            Mount mount = mounts.get(at);
            if (mount != null) {
                return mount;
            }
            int slash = at.lastIndexOf('/');
            at = slash <= 0 ? "/" : at.substring(0, slash);
        }
    }

    long now() {
        return clock.getAsLong();
    }

    /**
     * Follows a path.
     *
     * @param follow whether a link at its very end is followed
     * @return where it leads; the last name may be free, a directory before it may not
     */
    public Location find(String cwd, String path, boolean follow, Credentials who) throws FsError {
        if (path.isEmpty()) {
            throw new FsError(Errno.ENOENT);
        }
        if (path.length() > MAX_PATH) {
            throw new FsError(Errno.ENAMETOOLONG);
        }
        return new Walk(who).go(path.startsWith("/") ? path : cwd + "/" + path, follow);
    }

    /** As {@link #find}, and something must be there. */
    public Location existing(String cwd, String path, boolean follow, Credentials who) throws FsError {
        Location there = find(cwd, path, follow, who);
        if (!there.exists()) {
            throw new FsError(Errno.ENOENT);
        }
        return there;
    }

    /** One way along a path: the directories passed, so that dots lead back. */
    private final class Walk {
        private final Credentials who;
        private final List<Location> trail = new ArrayList<>();
        private int links;

        Walk(Credentials who) {
            this.who = who;
            trail.add(root());
        }

        private Location root() {
            Mount mount = mounts.get("/");
            return new Location(mount.volume(), 0, "/", mount.root(), "/", mount.readOnly());
        }

        Location go(String path, boolean follow) throws FsError {
            ArrayList<String> rest = new ArrayList<>();
            push(rest, path);
            boolean directory = path.endsWith("/");
            while (!rest.isEmpty()) {
                String name = rest.remove(rest.size() - 1);
                if (!here().node().isDirectory()) {
                    throw new FsError(Errno.ENOTDIR);
                }
                if (name.equals("..")) {
                    if (trail.size() > 1) {
                        trail.remove(trail.size() - 1);
                    }
                    continue;
                }
                Location next = step(name);
                boolean last = rest.isEmpty();
                if (next.exists() && next.node().type() == Inode.Type.LINK && (!last || follow || directory)) {
                    jump(rest, next.node().target());
                    continue;
                }
                if (!next.exists() && !last) {
                    throw new FsError(Errno.ENOENT);
                }
                trail.add(next);
            }
            if (directory && here().exists() && !here().node().isDirectory()) {
                throw new FsError(Errno.ENOTDIR);
            }
            return here();
        }

        private Location here() {
            return trail.get(trail.size() - 1);
        }

        private Location step(String name) throws FsError {
            Location here = here();
            if (name.length() > MAX_NAME) {
                throw new FsError(Errno.ENAMETOOLONG);
            }
            if (!who.may(here.node(), 1)) {
                throw new FsError(Errno.EACCES);
            }
            String path = here.path().equals("/") ? "/" + name : here.path() + "/" + name;
            Mount mount = mounts.get(path);
            if (mount != null) {
                return new Location(mount.volume(), 0, name, mount.root(), path, mount.readOnly());
            }
            return new Location(
                    here.volume(), here.id(), name, here.volume().child(here.id(), name), path, here.readOnly());
        }

        private void jump(ArrayList<String> rest, String target) throws FsError {
            if (++links > MAX_LINKS) {
                throw new FsError(Errno.ELOOP);
            }
            if (target.startsWith("/")) {
                trail.subList(1, trail.size()).clear();
            }
            push(rest, target);
        }

        private void push(ArrayList<String> rest, String path) {
            String[] parts = path.split("/");
            for (int i = parts.length - 1; i >= 0; i--) {
                if (!parts[i].isEmpty() && !parts[i].equals(".")) {
                    rest.add(parts[i]);
                }
            }
        }
    }

    /** The names in a directory, sorted by bytes, mount points among them. */
    public List<String> list(Location directory, Credentials who) throws FsError {
        if (!directory.exists()) {
            throw new FsError(Errno.ENOENT);
        }
        if (!directory.node().isDirectory()) {
            throw new FsError(Errno.ENOTDIR);
        }
        if (!who.may(directory.node(), 4)) {
            throw new FsError(Errno.EACCES);
        }
        List<String> names = new ArrayList<>();
        directory.volume().names(directory.id()).forEach(names::add);
        return names;
    }

    /** Fails unless this user may change what lies in a directory; Linux looks at the mount before the permissions. */
    void mayChange(Location entry, Credentials who) throws FsError {
        if (entry.isMountRoot()) {
            throw new FsError(Errno.EBUSY);
        }
        if (entry.readOnly()) {
            throw new FsError(Errno.EROFS);
        }
        if (!who.may(entry.volume().node(entry.parent()), 3)) {
            throw new FsError(Errno.EACCES);
        }
    }
}
