package dev.kubejar.kubelet.fs;

import java.util.ArrayList;
import java.util.List;

/** The files that an image brings: inodes that never change, numbered in the order in which they were laid out. */
public final class Image {
    /** No files at all, not even a topmost directory. */
    public static final Image EMPTY = new Image(List.of());

    private final List<Inode> nodes;

    private Image(List<Inode> nodes) {
        this.nodes = nodes;
    }

    Inode node(int id) {
        return id >= 1 && id <= nodes.size() ? nodes.get(id - 1) : null;
    }

    int size() {
        return nodes.size();
    }

    /** Lays out an image, path by path; parents come into being as they are needed, owned by root. */
    public static final class Layout {
        private final List<Inode> nodes = new ArrayList<>();
        private final long mtime;

        /** Everything will have been changed at this instant, in nanoseconds since the epoch. */
        public Layout(long mtime) {
            this.mtime = mtime;
            nodes.add(new Inode(Inode.Type.DIRECTORY, 0755, 0, 0, mtime));
        }

        public Layout directory(String path, int mode, int uid, int gid) {
            place(path, new Inode(Inode.Type.DIRECTORY, mode, uid, gid, mtime));
            return this;
        }

        public Layout directories(String... paths) {
            for (String path : paths) {
                directory(path, 0755, 0, 0);
            }
            return this;
        }

        public Layout file(String path, int mode, String content) {
            Inode node = new Inode(Inode.Type.FILE, mode, 0, 0, mtime);
            node.write(0, content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            place(path, node);
            return this;
        }

        /** An executable that stands for a program of the machine. */
        public Layout program(String path, String program) {
            Inode node = new Inode(Inode.Type.FILE, 0755, 0, 0, mtime);
            node.target = program;
            node.write(0, ("\177ELF" + program).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            place(path, node);
            return this;
        }

        /** A further name for a file that has been laid out. */
        public Layout same(String path, String existing) {
            Inode at = nodes.get(0);
            for (String part : existing.substring(1).split("/")) {
                at = nodes.get(at.children.get(part) - 1);
            }
            at.links++;
            int slash = path.lastIndexOf('/');
            Inode parent = nodes.get(0);
            for (String part : path.substring(1, slash).split("/")) {
                Integer id = parent.children.get(part);
                parent = id != null
                        ? nodes.get(id - 1)
                        : add(parent, part, new Inode(Inode.Type.DIRECTORY, 0755, 0, 0, mtime));
            }
            parent.children.put(path.substring(slash + 1), nodes.indexOf(at) + 1);
            return this;
        }

        public Layout link(String path, String target) {
            Inode node = new Inode(Inode.Type.LINK, 0777, 0, 0, mtime);
            node.target = target;
            place(path, node);
            return this;
        }

        public Layout device(String path, String device) {
            Inode node = new Inode(Inode.Type.DEVICE, 0666, 0, 0, mtime);
            node.target = device;
            place(path, node);
            return this;
        }

        private void place(String path, Inode node) {
            String[] parts = path.substring(1).split("/");
            Inode at = nodes.get(0);
            for (int i = 0; i < parts.length - 1; i++) {
                Integer id = at.children.get(parts[i]);
                at = id != null
                        ? nodes.get(id - 1)
                        : add(at, parts[i], new Inode(Inode.Type.DIRECTORY, 0755, 0, 0, mtime));
            }
            add(at, parts[parts.length - 1], node);
        }

        private Inode add(Inode parent, String name, Inode node) {
            Integer there = parent.children.get(name);
            if (there != null) {
                if (node.isDirectory()) {
                    node.children.putAll(nodes.get(there - 1).children);
                }
                nodes.set(there - 1, node);
            } else {
                nodes.add(node);
                parent.children.put(name, nodes.size());
            }
            return node;
        }

        public Image build() {
            return new Image(List.copyOf(nodes));
        }
    }
}
