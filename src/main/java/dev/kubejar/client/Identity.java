package dev.kubejar.client;

import java.util.List;
import java.util.Map;

/**
 * Who is asking: a user with groups, as authentication found or as the caller asks to be treated.
 *
 * @param extra what else authentication knows, by key
 */
public record Identity(String user, String uid, List<String> groups, Map<String, List<String>> extra) {
    /** The administrator of a kubeadm-like kubeconfig. */
    public static final Identity ADMIN =
            new Identity("admin", "admin", List.of("system:masters", "system:authenticated"));

    public Identity(String user, String uid, List<String> groups) {
        this(user, uid, groups, Map.of());
    }

    public static Identity of(String user, String... groups) {
        return new Identity(user, "", List.of(groups));
    }

    public boolean master() {
        return groups.contains("system:masters");
    }
}
