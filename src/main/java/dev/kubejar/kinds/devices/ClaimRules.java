package dev.kubejar.kinds.devices;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.kinds.pod.AffinityRules;
import dev.kubejar.kinds.pod.SourceRules;
import dev.kubejar.kinds.rules.Addresses;
import dev.kubejar.kinds.rules.Conditions;
import dev.kubejar.kinds.rules.GoStructs;
import dev.kubejar.kinds.rules.Resources;
import dev.kubejar.kinds.rules.Selectors;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Rules of DeviceClass, ResourceClaim and ResourceClaimTemplate. */
public final class ClaimRules {
    private static final String NO_REQUEST = "must be the name of a request in the claim or the name of a request and a"
            + " subrequest separated by '/'";
    private static final String ONE = "exactly one of `exactly` or `firstAvailable` is required";

    private ClaimRules() {}

    /** A device class. */
    public static void deviceClass(Obj now, Obj before, Problems problems) {
        Obj spec = now.obj("spec");
        DeviceRules.selectors(problems, "spec.selectors", spec.list("selectors"));
        boolean stored = before != null && Values.same(spec.at("config"), before.at("spec.config"));
        DeviceRules.items(
                problems,
                "spec.config",
                spec.list("config"),
                DeviceRules.MOST,
                (at, config) -> DeviceRules.configuration(problems, at, config, stored));
        String extended = spec.text("extendedResourceName");
        if (spec.has("extendedResourceName") && !Resources.extended(extended)) {
            problems.invalid("spec.extendedResourceName", extended, "must be a valid extended resource name");
        }
    }

    /** A claim, whose specification never changes. */
    public static void claim(Obj now, Obj before, Problems problems) {
        if (before == null) {
            spec(problems, "spec", now.obj("spec"));
        } else if (!Values.same(now.at("spec"), before.at("spec"))) {
            problems.invalid("spec", GoStructs.of("ResourceClaimSpec", now.obj("spec")), Values.IMMUTABLE);
        }
    }

    /** A template of claims, whose specification never changes. */
    public static void template(Obj now, Obj before, Problems problems) {
        Obj metadata = now.obj("spec.metadata");
        for (String key : new TreeMap<>(metadata.map("annotations")).keySet()) {
            Values.named(problems, "spec.metadata.annotations", key, Names.qualified(key.toLowerCase(Locale.ROOT)));
        }
        Selectors.labels(problems, "spec.metadata.labels", metadata.map("labels"));
        for (Map.Entry<String, JsonNode> field : metadata.node().properties()) {
            if (!field.getKey().equals("labels")
                    && !field.getKey().equals("annotations")
                    && !field.getValue().isNull()) {
                problems.forbidden("spec.metadata." + field.getKey(), "cannot be set");
            }
        }
        spec(problems, "spec.spec", now.obj("spec.spec"));
        if (before != null && !Values.same(now.at("spec"), before.at("spec"))) {
            problems.invalid("spec", GoStructs.of("ResourceClaimTemplateSpec", now.obj("spec")), Values.IMMUTABLE);
        }
    }

    private static void spec(Problems problems, String path, Obj spec) {
        String root = path + ".devices";
        Obj devices = spec.obj("devices");
        Set<String> names = names(devices);
        DeviceRules.set(
                problems,
                root + ".requests",
                devices.list("requests"),
                DeviceRules.MOST,
                (at, request) -> request(problems, at, request),
                request -> request.text("name"));
        DeviceRules.items(
                problems,
                root + ".constraints",
                devices.list("constraints"),
                DeviceRules.MOST,
                (at, constraint) -> constraint(problems, at, constraint, names));
        DeviceRules.items(problems, root + ".config", devices.list("config"), DeviceRules.MOST, (at, config) -> {
            references(problems, at + ".requests", config.texts("requests"), names);
            DeviceRules.configuration(problems, at, config, false);
        });
    }

    /** {@code request} and {@code request/subrequest}. */
    private static Set<String> names(Obj devices) {
        Set<String> names = new HashSet<>();
        for (Obj request : devices.list("requests")) {
            names.add(request.text("name"));
            for (Obj part : request.list("firstAvailable")) {
                names.add(request.text("name") + "/" + part.text("name"));
            }
        }
        return names;
    }

    private static void request(Problems problems, String path, Obj request) {
        DeviceRules.label(problems, path + ".name", request.text("name"));
        boolean first = !request.list("firstAvailable").isEmpty();
        boolean exactly = request.has("exactly");
        if (!first && !exactly) {
            problems.required(path, ONE);
        } else if (first && exactly) {
            problems.invalid(path, null, ONE + ", but multiple fields are set");
        } else if (first) {
            DeviceRules.set(
                    problems,
                    path + ".firstAvailable",
                    request.list("firstAvailable"),
                    8,
                    (at, part) -> {
                        DeviceRules.label(problems, at + ".name", part.text("name"));
                        devices(problems, at, part);
                    },
                    part -> part.text("name"));
        } else {
            devices(problems, path + ".exactly", request.obj("exactly"));
        }
    }

    private static void devices(Problems problems, String path, Obj request) {
        String name = request.text("deviceClassName");
        if (Values.required(problems, path, request, "deviceClassName")) {
            Values.named(problems, path + ".deviceClassName", name, Names.subdomain(name));
        }
        DeviceRules.selectors(problems, path + ".selectors", request.list("selectors"));
        long count = request.number("count");
        String mode = request.text("allocationMode");
        if (mode.equals("All") && count != 0) {
            problems.invalid(path + ".count", count, "must not be specified when allocationMode is 'All'");
        } else if (mode.equals("ExactCount") && count <= 0) {
            problems.invalid(path + ".count", count, Values.POSITIVE);
        }
        Values.supported(problems, path + ".allocationMode", mode, "All", "ExactCount");
        DeviceRules.items(
                problems,
                path + ".tolerations",
                request.list("tolerations"),
                -1,
                (at, toleration) -> DeviceRules.toleration(problems, at, toleration));
    }

    private static void constraint(Problems problems, String path, Obj constraint, Set<String> names) {
        references(problems, path + ".requests", constraint.texts("requests"), names);
        for (String field : List.of("matchAttribute", "distinctAttribute")) {
            if (constraint.has(field)) {
                DeviceRules.fullyQualified(problems, path + "." + field, constraint.text(field));
                return;
            }
        }
        problems.required(
                path,
                "exactly one of \"matchAttribute\" or \"distinctAttribute\" is required, but multiple fields are set");
    }

    private static void references(Problems problems, String path, List<String> references, Set<String> names) {
        DeviceRules.texts(
                problems, path, references, DeviceRules.MOST, (at, name) -> reference(problems, at, name, names));
    }

    private static void reference(Problems problems, String path, String name, Set<String> names) {
        String[] parts = name.split("/", -1);
        if (parts.length > 2) {
            problems.invalid(path, name, NO_REQUEST);
            return;
        }
        for (String part : parts) {
            DeviceRules.label(problems, path, part);
        }
        if (!names.contains(name)) {
            problems.invalid(path, name, NO_REQUEST);
        }
    }

    /** An update of a claim's status. */
    public static void status(Obj now, Obj before, Problems problems) {
        Obj status = now.obj("status");
        DeviceRules.set(
                problems,
                "status.reservedFor",
                status.list("reservedFor"),
                256,
                (at, user) -> {
                    for (String field : List.of("resource", "name", "uid")) {
                        Values.required(problems, at, user, field);
                    }
                },
                user -> user.text("uid"));
        Set<String> allocated = new HashSet<>();
        status.list("allocation.devices.results").forEach(result -> allocated.add(device(result)));
        DeviceRules.set(
                problems,
                "status.devices",
                status.list("devices"),
                -1,
                (at, device) -> device(problems, at, device, allocated),
                ClaimRules::device);
        reserved(problems, now, before);
        boolean was = before.has("status.allocation");
        boolean is = status.has("allocation");
        if (was && is && !Values.same(status.at("allocation"), before.at("status.allocation"))) {
            problems.invalid("status.allocation", Json.object(), Values.IMMUTABLE);
        } else if (is && !was) {
            allocation(problems, status.obj("allocation"), names(now.obj("spec.devices")));
        }
    }

    private static void reserved(Problems problems, Obj now, Obj before) {
        List<Obj> users = now.list("status.reservedFor");
        if (users.isEmpty()) {
            return;
        }
        if (!now.has("status.allocation")) {
            problems.forbidden("status.reservedFor", "may not be specified when `allocated` is not set");
        } else if (now.deleting() && !before.list("status.reservedFor").containsAll(users)) {
            problems.forbidden(
                    "status.reservedFor",
                    "new entries may not be added while `deallocationRequested` or `deletionTimestamp` are set");
        }
    }

    private static String device(Obj device) {
        String share = device.text("shareID");
        return device.text("driver") + "/" + device.text("pool") + "/" + device.text("device")
                + (share.isEmpty() ? "" : "/" + share);
    }

    private static void device(Problems problems, String path, Obj device, Set<String> allocated) {
        SourceRules.driver(problems, path + ".driver", device.text("driver"));
        DeviceRules.pool(problems, path + ".pool", device.text("pool"));
        DeviceRules.label(problems, path + ".device", device.text("device"));
        if (device.has("shareID")) {
            DeviceRules.uid(problems, path + ".shareID", device.text("shareID"));
        }
        if (!allocated.contains(device(device))) {
            problems.invalid(path, device(device), "must be an allocated device in the claim");
        }
        List<Obj> conditions = device.list("conditions");
        if (conditions.size() > 8) {
            problems.tooMany(path + ".conditions", conditions.size(), 8);
        }
        Conditions.check(problems, path + ".conditions", conditions);
        if (device.has("data")) {
            DeviceRules.json(problems, path + ".data", device.at("data"), false);
        }
        network(problems, path + ".networkData", device.obj("networkData"));
    }

    private static void network(Problems problems, String path, Obj network) {
        if (Names.bytes(network.text("interfaceName")) > 256) {
            problems.tooLong(path + ".interfaceName", 256);
        }
        if (Names.bytes(network.text("hardwareAddress")) > 128) {
            problems.tooLong(path + ".hardwareAddress", 128);
        }
        DeviceRules.texts(problems, path + ".ips", network.texts("ips"), 16, (at, address) -> {
            int slash = address.indexOf('/');
            String ip = slash < 0 ? address : address.substring(0, slash);
            if (slash < 0 || Addresses.parse(ip, true) == null) {
                problems.invalid(
                        at, address, "must be a valid address in CIDR form, (e.g. 10.9.8.7/24 or 2001:db8::1/64)");
            }
        });
    }

    private static void allocation(Problems problems, Obj allocation, Set<String> names) {
        String root = "status.allocation.devices";
        DeviceRules.items(
                problems, root + ".results", allocation.list("devices.results"), DeviceRules.MOST, (at, result) -> {
                    reference(problems, at + ".request", result.text("request"), names);
                    SourceRules.driver(problems, at + ".driver", result.text("driver"));
                    DeviceRules.pool(problems, at + ".pool", result.text("pool"));
                    DeviceRules.label(problems, at + ".device", result.text("device"));
                    DeviceRules.binding(problems, at, result);
                    if (result.has("shareID")) {
                        DeviceRules.uid(problems, at + ".shareID", result.text("shareID"));
                    }
                });
        DeviceRules.items(problems, root + ".config", allocation.list("devices.config"), 64, (at, config) -> {
            Values.oneOf(problems, at + ".source", config.text("source"), "FromClaim", "FromClass");
            references(problems, at + ".requests", config.texts("requests"), names);
            DeviceRules.configuration(problems, at, config, false);
        });
        if (allocation.has("nodeSelector")) {
            AffinityRules.nodeSelector(
                    problems, "status.allocation.nodeSelector", allocation.obj("nodeSelector"), true);
        }
    }
}
