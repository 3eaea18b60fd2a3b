package dev.kubejar.kinds;

import dev.kubejar.kinds.describe.Parts;
import dev.kubejar.kinds.describe.QuotaParts;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Describe;
import dev.kubejar.schema.Related;

/** What {@code kubectl describe namespace} tells. */
final class NamespaceDescription {
    private static final GroupVersionResource QUOTAS = new GroupVersionResource("", "v1", "resourcequotas");
    private static final GroupVersionResource RANGES = new GroupVersionResource("", "v1", "limitranges");

    private NamespaceDescription() {}

    static void write(Obj namespace, Describe out, Related related) {
        out.field("Name", namespace.name());
        Parts.metadata(namespace, out);
        out.field("Status", namespace.text("status.phase"));
        if (!namespace.list("status.conditions").isEmpty()) {
            out.line(0, "Conditions:");
            out.line(1, "Type\tStatus\tLastTransitionTime\tReason\tMessage");
            out.line(1, "----\t------\t------------------\t------\t-------");
            for (Obj c : namespace.list("status.conditions")) {
                out.line(
                        1,
                        c.text("type") + "\t" + c.text("status") + "\t" + Parts.time(c, "lastTransitionTime") + "\t"
                                + c.text("reason") + "\t" + c.text("message"));
            }
        }
        out.line(0, "");
        QuotaParts.quotas(related.list(QUOTAS, namespace.name(), "", ""), out);
        out.line(0, "");
        QuotaParts.limitRanges(related.list(RANGES, namespace.name(), "", ""), out);
    }
}
