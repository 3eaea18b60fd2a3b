package dev.kubejar.kinds;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Names;

/** ConfigMap (v1). */
final class ConfigMap {
    private ConfigMap() {}

    static Kind build() {
        return KindTable.start("v1", "ConfigMap")
                .nameColumn()
                .column("Data", map -> size(map, "data") + size(map, "binaryData"))
                .ageColumn()
                .nameRule(Names::subdomain)
                .defaults(map -> dev.kubejar.kinds.pod.Zeros.drop(map, "data", "binaryData"))
                .rule(DataRules::configMap)
                .describe(DataDescription::configMap)
                .build();
    }

    private static long size(Obj map, String field) {
        return map.obj(field).node().size();
    }
}
