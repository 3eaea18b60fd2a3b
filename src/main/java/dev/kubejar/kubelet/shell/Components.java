package dev.kubejar.kubelet.shell;

import dev.kubejar.kubelet.fs.Image;
import java.util.List;
import java.util.Map;

/** The images that a cluster's own parts come in: most hold one program and no shell, as the real ones do. */
final class Components {
    /** Where each image's program lies, and whether a shell is beside it. */
    private record Part(String program, boolean shell) {}

    private static final Map<String, Part> PARTS = Map.of(
            "etcd", new Part("/usr/local/bin/etcd", false),
            "kube-apiserver", new Part("/usr/local/bin/kube-apiserver", false),
            "kube-controller-manager", new Part("/usr/local/bin/kube-controller-manager", false),
            "kube-scheduler", new Part("/usr/local/bin/kube-scheduler", false),
            "kube-proxy", new Part("/usr/local/bin/kube-proxy", false),
            "coredns", new Part("/coredns", false),
            "kindnetd", new Part("/bin/kindnetd", true),
            "local-path-provisioner", new Part("/usr/bin/local-path-provisioner", true),
            "metrics-server", new Part("/metrics-server", false),
            "ingress-nginx-controller", new Part("/nginx-ingress-controller", true));
    private static final String[] RULE_READERS = {
        "/usr/sbin/iptables",
        "/usr/sbin/iptables-save",
        "/usr/sbin/iptables-nft-save",
        "/usr/sbin/iptables-legacy-save",
        "/usr/sbin/ip6tables-save",
        "/usr/sbin/nft",
        "/usr/sbin/ipvsadm",
        "/usr/sbin/conntrack"
    };

    private Components() {}

    static boolean known(String image) {
        return PARTS.containsKey(image);
    }

    static Servers.Defaults defaults(String image) {
        Part part = PARTS.get(image);
        boolean ingress = image.startsWith("ingress");
        return new Servers.Defaults(
                ingress ? List.of() : List.of(part.program()),
                ingress ? List.of(part.program()) : List.of(),
                ingress ? "/etc/nginx" : "/",
                0,
                Map.of());
    }

    /** Adds an image's own files to a layout; {@code shell} tells whether it starts from busybox or from nothing. */
    static boolean hasShell(String image) {
        return PARTS.get(image).shell();
    }

    static Image lay(String image, Image.Layout layout) {
        String program = PARTS.get(image).program();
        layout.directories("/etc", "/proc", "/sys", "/dev", "/usr/bin", "/usr/local/bin", "/usr/sbin", "/var/run");
        layout.directory("/tmp", 01777, 0, 0);
        layout.program(program, program.substring(program.lastIndexOf('/') + 1));
        if (image.equals("kube-proxy")) {
            for (String reader : RULE_READERS) {
                layout.program(reader, reader.substring(reader.lastIndexOf('/') + 1));
            }
        }
        if (image.startsWith("ingress")) {
            layout.program("/usr/bin/curl", "curl");
            layout.directories("/etc/nginx", "/etc/ingress-controller");
        }
        if (image.equals("kindnetd")) {
            layout.program("/usr/sbin/iptables-save", "iptables-save").program("/usr/sbin/nft", "nft");
        }
        return layout.build();
    }
}
