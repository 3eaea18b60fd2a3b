package dev.kubejar.kinds;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.kinds.describe.QuotaParts;
import dev.kubejar.kinds.pod.Canonical;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Names;
import java.util.List;
import java.util.Map;

/** LimitRange (v1). */
final class LimitRange {
    private static final List<String> LISTS =
            List.of("max", "min", "default", "defaultRequest", "maxLimitRequestRatio");

    private LimitRange() {}

    static Kind build() {
        return KindTable.start("v1", "LimitRange")
                .nameColumn()
                .column("Created At", "date", 0, (range, now) -> range.text("metadata.creationTimestamp"))
                .nameRule(Names::subdomain)
                .defaults(LimitRange::defaults)
                .rule(QuotaRules::limitRange)
                .createOnUpdate()
                .describe((range, out, related) -> QuotaParts.limitRange(range, out))
                .build();
    }

    private static void defaults(Obj range) {
        range.child("spec");
        for (Obj item : range.list("spec.limits")) {
            if (item.text("type").equals("Container")) {
                fill(item, "max", "default");
                fill(item, "default", "defaultRequest");
                fill(item, "min", "defaultRequest");
            }
            LISTS.forEach(list -> Canonical.quantities(item, list));
        }
    }

    private static void fill(Obj item, String from, String to) {
        for (Map.Entry<String, JsonNode> each : item.obj(from).node().properties()) {
            Obj target = item.child(to);
            if (!target.node().hasNonNull(each.getKey())) {
                target.node().set(each.getKey(), each.getValue());
            }
        }
    }
}
