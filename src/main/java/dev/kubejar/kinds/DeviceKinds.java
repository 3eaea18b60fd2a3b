package dev.kubejar.kinds;

import dev.kubejar.kinds.devices.ClaimRules;
import dev.kubejar.kinds.devices.SliceRules;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Names;
import java.util.ArrayList;
import java.util.List;

/** DeviceClass, ResourceClaim, ResourceClaimTemplate and ResourceSlice (resource.k8s.io/v1). */
final class DeviceKinds {
    private static final String VERSION = "resource.k8s.io/v1";

    private DeviceKinds() {}

    static Kind deviceClass() {
        return KindTable.start(VERSION, "DeviceClass")
                .nameColumn()
                .ageColumn()
                .nameRule(Names::subdomain)
                .rule(ClaimRules::deviceClass)
                .build();
    }

    static Kind claim() {
        return KindTable.start(VERSION, "ResourceClaim")
                .nameColumn()
                .column("State", DeviceKinds::state)
                .ageColumn()
                .nameRule(Names::subdomain)
                .defaults(each -> {
                    requests(each.obj("spec"));
                    each.child("status");
                })
                .prepareCreate(each -> each.set("status", Obj.create()))
                .prepareUpdate(Workloads::keepStatus)
                .rule(ClaimRules::claim)
                .statusRule(ClaimRules::status)
                .build();
    }

    static Kind template() {
        return KindTable.start(VERSION, "ResourceClaimTemplate")
                .nameColumn()
                .ageColumn()
                .nameRule(Names::subdomain)
                .defaults(each -> requests(each.obj("spec.spec")))
                .rule(ClaimRules::template)
                .build();
    }

    static Kind slice() {
        return KindTable.start(VERSION, "ResourceSlice")
                .nameColumn()
                .column("Node", each -> each.text("spec.nodeName"))
                .column("Driver", each -> each.text("spec.driver"))
                .column("Pool", each -> each.text("spec.pool.name"))
                .ageColumn()
                .field("spec.nodeName", each -> each.text("spec.nodeName"))
                .field("spec.driver", each -> each.text("spec.driver"))
                .nameRule(Names::subdomain)
                .prepareCreate(DeviceKinds::served)
                .prepareUpdate((now, before) -> served(now))
                .rule(SliceRules::check)
                .build();
    }

    /** What is behind a gate that is off by default is not kept. */
    private static void served(Obj slice) {
        for (Obj device : slice.list("spec.devices")) {
            device.remove("nodeAllocatableResourceMappings");
        }
    }

    private static void requests(Obj spec) {
        for (Obj request : spec.list("devices.requests")) {
            if (request.has("exactly")) {
                request(request.obj("exactly"));
            }
            request.list("firstAvailable").forEach(DeviceKinds::request);
        }
    }

    private static void request(Obj request) {
        if (request.text("allocationMode").isEmpty()) {
            request.set("allocationMode", "ExactCount");
        }
        if (request.text("allocationMode").equals("ExactCount") && request.number("count") == 0) {
            request.set("count", 1);
        }
        for (Obj toleration : request.list("tolerations")) {
            if (toleration.text("operator").isEmpty()) {
                toleration.set("operator", "Equal");
            }
        }
    }

    private static String state(Obj each) {
        List<String> states = new ArrayList<>();
        if (each.deleting()) {
            states.add("deleted");
        }
        if (each.has("status.allocation")) {
            states.add("allocated");
            if (!each.list("status.reservedFor").isEmpty()) {
                states.add("reserved");
            }
        } else if (!each.deleting()) {
            states.add("pending");
        }
        return String.join(",", states);
    }
}
