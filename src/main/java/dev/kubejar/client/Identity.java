package dev.kubejar.client;

import java.util.List;

/** Who is asking: a user with groups, as authentication found or as the caller asks to be treated. */
public record Identity(String user, String uid, List<String> groups) {
    /** The administrator of a kubeadm-like kubeconfig. */
    public static final Identity ADMIN =
            new Identity("admin", "admin", List.of("system:masters", "system:authenticated"));

    public static Identity of(String user, String... groups) {
        return new Identity(user, "", List.of(groups));
    }

    public boolean master() {
        return groups.contains("system:masters");
    }
}
