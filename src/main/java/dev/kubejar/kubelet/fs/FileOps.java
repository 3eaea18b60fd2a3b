package dev.kubejar.kubelet.fs;

/** What one user does to files: creating, writing, renaming, removing, each with the checks that Linux makes. */
public final class FileOps {
    private final FileSystem files;
    private final Credentials who;
    private final String cwd;
    private final int umask;

    public FileOps(FileSystem files, Credentials who, String cwd, int umask) {
        this.files = files;
        this.who = who;
        this.cwd = cwd;
        this.umask = umask;
    }

    public FileSystem files() {
        return files;
    }

    public Credentials who() {
        return who;
    }

    /** Where a path leads, links followed; it may lead to a free name. */
    public Location find(String path) throws FsError {
        return files.find(cwd, path, true, who);
    }

    /** What a path names, links followed. */
    public Location at(String path) throws FsError {
        return files.existing(cwd, path, true, who);
    }

    /** What a path names, which may be a link. */
    public Location link(String path) throws FsError {
        return files.existing(cwd, path, false, who);
    }

    public boolean exists(String path) {
        try {
            return find(path).exists();
        } catch (FsError e) {
            return false;
        }
    }

    /** For reading an existing file: its place, or why not. */
    public Location readable(String path) throws FsError {
        Location there = at(path);
        if (!who.may(there.node(), 4)) {
            throw new FsError(Errno.EACCES);
        }
        return there;
    }

    /** A whole file. */
    public byte[] read(String path) throws FsError {
        Location there = readable(path);
        if (there.node().isDirectory()) {
            throw new FsError(Errno.EISDIR);
        }
        return there.node().content();
    }

    /** For writing: the file, made where there was none. */
    public Location writable(String path, boolean create, boolean exclusive, int mode) throws FsError {
        Location there = find(path);
        if (!there.exists()) {
            if (!create) {
                throw new FsError(Errno.ENOENT);
            }
            return create(there, new Inode(Inode.Type.FILE, mode & ~umask, who.uid(), who.gid(), files.now()));
        }
        if (exclusive) {
            throw new FsError(Errno.EEXIST);
        }
        Inode node = there.node();
        if (node.isDirectory()) {
            throw new FsError(Errno.EISDIR);
        }
        if (there.readOnly() && node.type() != Inode.Type.DEVICE) {
            throw new FsError(Errno.EROFS);
        }
        if (!who.may(node, 2)) {
            throw new FsError(Errno.EACCES);
        }
        return there;
    }

    private Location create(Location there, Inode node) throws FsError {
        files.mayChange(there, who);
        Inode parent = there.volume().node(there.parent());
        if ((parent.mode() & 02000) != 0) {
            node.gid = parent.gid();
            if (node.isDirectory()) {
                node.mode |= 02000;
            }
        }
        int id = there.volume().add(there.parent(), there.name(), node);
        return new Location(there.volume(), there.parent(), there.name(), id, there.path(), there.readOnly());
    }

    /** Replaces a file's content, or makes the file. */
    public void write(String path, byte[] content, boolean append) throws FsError {
        Location there = writable(path, true, false, 0666);
        if (!append) {
            there.volume().truncate(there.id(), 0, files.now());
        }
        there.volume().write(there.id(), there.node().size(), content, files.now());
    }

    public void truncate(Location file, int length) throws FsError {
        file.volume().truncate(file.id(), length, files.now());
    }

    public Location mkdir(String path, int mode) throws FsError {
        Location there = free(path);
        return create(there, new Inode(Inode.Type.DIRECTORY, mode & ~umask, who.uid(), who.gid(), files.now()));
    }

    private Location free(String path) throws FsError {
        Location there = files.find(cwd, path, false, who);
        if (there.exists()) {
            throw new FsError(Errno.EEXIST);
        }
        return there;
    }

    public void symlink(String target, String path) throws FsError {
        Inode node = new Inode(Inode.Type.LINK, 0777, who.uid(), who.gid(), files.now());
        node.target = target;
        create(free(path), node);
    }

    public void fifo(String path, int mode) throws FsError {
        create(free(path), new Inode(Inode.Type.FIFO, mode & ~umask, who.uid(), who.gid(), files.now()));
    }

    public void hardlink(String from, String to) throws FsError {
        Location source = link(from);
        Location there = free(to);
        if (source.node().isDirectory()) {
            throw new FsError(Errno.EPERM);
        }
        if (source.volume() != there.volume()) {
            throw new FsError(Errno.EXDEV);
        }
        files.mayChange(there, who);
        source.volume().writable(source.id()).links++;
        source.volume().link(there.parent(), there.name(), source.id(), files.now());
    }

    public void unlink(String path) throws FsError {
        Location there = link(path);
        if (there.node().isDirectory()) {
            throw new FsError(Errno.EISDIR);
        }
        mayRemove(there);
        there.volume().unlink(there.parent(), there.name(), files.now());
    }

    public void rmdir(String path) throws FsError {
        Location there = link(path);
        if (!there.node().isDirectory()) {
            throw new FsError(Errno.ENOTDIR);
        }
        mayRemove(there);
        if (!there.node().children.isEmpty()) {
            throw new FsError(Errno.ENOTEMPTY);
        }
        there.volume().unlink(there.parent(), there.name(), files.now());
    }

    private void mayRemove(Location there) throws FsError {
        files.mayChange(there, who);
        Inode parent = there.volume().node(there.parent());
        boolean sticky = (parent.mode() & 01000) != 0;
        if (sticky && who.uid() != 0 && who.uid() != there.node().uid() && who.uid() != parent.uid()) {
            throw new FsError(Errno.EPERM);
        }
    }

    public void rename(String from, String to) throws FsError {
        Location source = link(from);
        Location there = files.find(cwd, to, false, who);
        mayRemove(source);
        files.mayChange(there, who);
        if (source.volume() != there.volume()) {
            throw new FsError(Errno.EXDEV);
        }
        if ((there.path() + "/").startsWith(source.path() + "/")) {
            if (there.id() == source.id()) {
                return;
            }
            throw new FsError(Errno.EINVAL);
        }
        if (there.exists()) {
            replace(source.node(), there.node());
            there.volume().unlink(there.parent(), there.name(), files.now());
        }
        int id = source.id();
        Volume volume = source.volume();
        volume.writable(id).links++;
        volume.link(there.parent(), there.name(), id, files.now());
        volume.unlink(source.parent(), source.name(), files.now());
    }

    private static void replace(Inode source, Inode target) throws FsError {
        if (target.isDirectory() && !source.isDirectory()) {
            throw new FsError(Errno.EISDIR);
        }
        if (source.isDirectory() && !target.isDirectory()) {
            throw new FsError(Errno.ENOTDIR);
        }
        if (target.isDirectory() && !target.children.isEmpty()) {
            throw new FsError(Errno.ENOTEMPTY);
        }
    }

    public void chmod(Location there, int mode) throws FsError {
        owned(there).mode = mode & 07777;
    }

    public void chown(Location there, int uid, int gid) throws FsError {
        if (who.uid() != 0 && (uid >= 0 && uid != there.node().uid() || gid >= 0 && !who.in(gid))) {
            throw new FsError(Errno.EPERM);
        }
        Inode node = owned(there);
        node.uid = uid >= 0 ? uid : node.uid;
        node.gid = gid >= 0 ? gid : node.gid;
    }

    private Inode owned(Location there) throws FsError {
        if (there.readOnly()) {
            throw new FsError(Errno.EROFS);
        }
        if (who.uid() != 0 && who.uid() != there.node().uid()) {
            throw new FsError(Errno.EPERM);
        }
        return there.volume().writable(there.id());
    }

    /** Sets the time of change; nanoseconds since the epoch. */
    public void touch(Location there, long mtime) throws FsError {
        if (there.readOnly()) {
            throw new FsError(Errno.EROFS);
        }
        if (who.uid() != there.node().uid() && !who.may(there.node(), 2)) {
            throw new FsError(Errno.EACCES);
        }
        there.volume().writable(there.id()).mtime = mtime;
    }

    public long now() {
        return files.now();
    }
}
