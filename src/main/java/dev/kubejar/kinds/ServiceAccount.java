package dev.kubejar.kinds;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Names;
import java.util.ArrayList;
import java.util.List;

/** ServiceAccount (v1). */
final class ServiceAccount {
    private static final String MOUNTABLE = "kubernetes.io/enforce-mountable-secrets";

    private ServiceAccount() {}

    static Kind build() {
        return KindTable.start("v1", "ServiceAccount")
                .nameColumn()
                .ageColumn()
                .nameRule(Names::subdomain)
                .prepareCreate(ServiceAccount::namesOnly)
                .prepareUpdate((account, before) -> namesOnly(account))
                .rule((account, before, problems) -> {
                    boolean had = before != null && before.annotations().containsKey(MOUNTABLE);
                    if (account.annotations().containsKey(MOUNTABLE) && !had) {
                        problems.warn("metadata.annotations[" + MOUNTABLE
                                + "]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted"
                                + " secrets");
                    }
                })
                .describe(DataDescription::serviceAccount)
                .build();
    }

    /** A reference to a secret keeps its name alone. */
    private static void namesOnly(Obj account) {
        if (account.list("secrets").isEmpty()) {
            return;
        }
        List<Obj> names = new ArrayList<>();
        for (Obj secret : account.list("secrets")) {
            Obj kept = Obj.create();
            if (secret.has("name")) {
                kept.set("name", secret.text("name"));
            }
            names.add(kept);
        }
        account.set("secrets", names);
    }
}
