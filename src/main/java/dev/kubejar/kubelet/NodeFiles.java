package dev.kubejar.kubelet;

import dev.kubejar.kubelet.fs.Image;

/** What a node's own file system holds before anybody writes to it: an ordinary Linux layout. */
final class NodeFiles {
    static final Image IMAGE = new Image.Layout(1_767_225_600_000_000_000L)
            .directories("/bin", "/boot", "/dev", "/etc", "/etc/kubernetes", "/home", "/lib", "/media", "/mnt", "/opt")
            .directories(
                    "/proc", "/root", "/run", "/sbin", "/srv", "/sys", "/usr", "/usr/bin", "/usr/local", "/usr/share")
            .directories(
                    "/var",
                    "/var/lib",
                    "/var/lib/kubelet",
                    "/var/lib/containerd",
                    "/var/log",
                    "/var/log/pods",
                    "/var/run")
            .directory("/tmp", 01777, 0, 0)
            .directory("/tmp/transcript-data", 0755, 0, 0)
            .file("/etc/hostname", 0644, "node\n")
            .file("/etc/os-release", 0644, "NAME=\"Kubejar simulated node\"\nID=kubejar\n")
            .file("/etc/passwd", 0644, "root:x:0:0:root:/root:/bin/sh\n")
            .file("/etc/group", 0644, "root:x:0:\n")
            .build();

    private NodeFiles() {}
}
