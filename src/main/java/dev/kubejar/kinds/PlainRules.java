package dev.kubejar.kinds;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.kinds.pod.AffinityRules;
import dev.kubejar.kinds.pod.PodRules;
import dev.kubejar.kinds.pod.PodWarnings;
import dev.kubejar.kinds.pod.SourceRules;
import dev.kubejar.kinds.rules.GoStructs;
import dev.kubejar.kinds.rules.Resources;
import dev.kubejar.kinds.rules.Selectors;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Rules of the kinds that have no file of their own. */
final class PlainRules {
    private static final int LONGEST_NODE_ID = 256;
    private static final int MOST_METADATA = 256 * 1024;
    private static final int LONGEST_ERROR = 1024;

    private PlainRules() {}

    static Kind.Builder add(String name, Kind.Builder kind) {
        PlainDefaults.add(name, kind);
        switch (name) {
            case "PodTemplate" -> kind.rule(PlainRules::template);
            case "ControllerRevision" -> kind.rule(PlainRules::revision);
            case "RuntimeClass" -> kind.rule(PlainRules::runtime);
            case "CSIDriver" -> kind.rule(DriverRules::check);
            case "CSINode" -> kind.rule(PlainRules::node).describe(StorageDescriptions::node);
            case "VolumeAttachment" -> kind.rule(PlainRules::attachment).statusRule(PlainRules::attached);
            case "CSIStorageCapacity" -> kind.rule(PlainRules::capacity);
            case "VolumeAttributesClass" ->
                kind.rule(PlainRules::attributes).describe(StorageDescriptions::attributesClass);
            default -> {}
        }
        return kind;
    }

    private static void template(Obj now, Obj before, Problems problems) {
        PodRules.template(problems, "template", now.obj("template"));
        PodWarnings.template("template", now.obj("template"), problems);
    }

    private static void revision(Obj now, Obj before, Problems problems) {
        if (now.number("revision") < 0) {
            problems.invalid("revision", now.number("revision"), Values.NOT_NEGATIVE);
        }
        JsonNode data = now.at("data");
        if (before == null) {
            if (data.isMissingNode() || data.isNull()) {
                problems.required("data", "data is mandatory");
            } else if (!data.isObject()) {
                problems.required("data", "data must be a valid JSON object");
            }
        } else {
            Values.immutable(problems, "data", now, before, "data");
        }
    }

    private static void runtime(Obj now, Obj before, Problems problems) {
        String handler = now.text("handler");
        if (before != null && !handler.equals(before.text("handler"))) {
            problems.invalid("handler", handler, Values.IMMUTABLE);
        }
        if (handler.isEmpty()) {
            problems.required("handler", "");
        } else {
            Values.named(problems, "handler", handler, Names.label(handler));
        }
        for (Map.Entry<String, Quantity> each :
                Resources.amounts(now.obj("overhead.podFixed")).entrySet()) {
            String path = "overhead.limits[" + each.getKey() + "]";
            Resources.containerName(problems, path, each.getKey());
            Resources.amount(problems, path, each.getKey(), each.getValue());
        }
        if (now.has("scheduling")) {
            Selectors.labels(problems, "scheduling.nodeSelector", now.map("scheduling.nodeSelector"));
            List<Obj> tolerations = now.list("scheduling.tolerations");
            AffinityRules.tolerations(problems, "scheduling.tolerations", tolerations);
            for (int i = 0; i < tolerations.size(); i++) {
                if (tolerations.subList(0, i).contains(tolerations.get(i))) {
                    problems.duplicate(
                            "scheduling.tolerations[" + i + "]", GoStructs.of("Toleration", tolerations.get(i)));
                }
            }
        }
    }

    private static void node(Obj now, Obj before, Problems problems) {
        Set<String> names = new HashSet<>();
        List<Obj> drivers = now.list("spec.drivers");
        for (int i = 0; i < drivers.size(); i++) {
            driver(problems, "spec.drivers[" + i + "]", drivers.get(i), names);
        }
        for (Obj old : before == null ? List.<Obj>of() : before.list("spec.drivers")) {
            for (Obj driver : drivers) {
                if (driver.text("name").equals(old.text("name"))) {
                    Obj shown = driver.copy().remove("allocatable");
                    if (!Values.same(
                            shown.node(), old.copy().remove("allocatable").node())) {
                        problems.invalid("spec.drivers", GoStructs.of("CSINodeDriver", shown), Values.IMMUTABLE);
                    }
                }
            }
        }
    }

    private static void driver(Problems problems, String path, Obj driver, Set<String> names) {
        String name = driver.text("name");
        SourceRules.driver(problems, path + ".name", name);
        String id = driver.text("nodeID");
        if (id.isEmpty()) {
            problems.required(path + ".nodeID", "");
        } else if (id.length() > LONGEST_NODE_ID) {
            problems.invalid(path + ".nodeID", id, "must be " + LONGEST_NODE_ID + " characters or less");
        }
        Values.notNegative(problems, path, driver, "allocatable.count");
        if (!names.add(name)) {
            problems.duplicate(path + ".name", name);
        }
        Set<String> keys = new HashSet<>();
        for (String key : driver.texts("topologyKeys")) {
            if (key.isEmpty()) {
                problems.required(path, "");
            }
            if (!keys.add(key)) {
                problems.duplicate(path, key);
            }
            Values.named(problems, path, key, Names.qualified(key));
        }
    }

    private static void attachment(Obj now, Obj before, Problems problems) {
        Obj spec = now.obj("spec");
        SourceRules.driver(problems, "spec.attacher", spec.text("attacher"));
        boolean inline = spec.has("source.inlineVolumeSpec");
        String field = "persistentVolumeName";
        boolean named = spec.has("source." + field);
        String one = "must specify exactly one of inlineVolumeSpec and persistentVolumeName";
        String volume = spec.text("source." + field);
        if (!inline && !named) {
            problems.required("spec.source", one);
        } else if (inline && named) {
            problems.forbidden("spec.source", one);
        } else if (named && volume.isEmpty()) {
            problems.required("spec.source." + field, "must specify non empty persistentVolumeName");
        } else if (inline) {
            VolumeRules.inline(problems, "spec.source.inlineVolumeSpec", spec.obj("source.inlineVolumeSpec"));
        }
        Values.named(problems, "spec.nodeName", spec.text("nodeName"), Names.subdomain(spec.text("nodeName")));
        if (named) {
            Values.named(problems, "spec.source." + field, volume, Names.subdomain(volume));
        }
        if (before != null && !Values.same(spec.node(), before.at("spec"))) {
            problems.invalid("spec", GoStructs.of("VolumeAttachmentSpec", spec), Values.IMMUTABLE);
        }
    }

    /** An update of an attachment's status judges the whole. */
    private static void attached(Obj now, Obj before, Problems problems) {
        attachment(now, before, problems);
        long size = 0;
        for (Map.Entry<String, String> each :
                now.map("status.attachmentMetadata").entrySet()) {
            size += Names.bytes(each.getKey()) + Names.bytes(each.getValue());
        }
        if (size > MOST_METADATA) {
            problems.tooLong("status.attachmentMetadata", MOST_METADATA);
        }
        for (String field : List.of("status.attachError", "status.detachError")) {
            if (Names.bytes(now.text(field + ".message")) > LONGEST_ERROR) {
                problems.tooLong(field + ".message", MOST_METADATA); // the server says so
            }
            long code = now.number(field + ".errorCode");
            if (code < 0) {
                problems.invalid(field + ".errorCode", code, Values.between(0, Integer.MAX_VALUE));
            }
        }
    }

    private static void capacity(Obj now, Obj before, Problems problems) {
        String name = now.text("storageClassName");
        if (before != null) {
            Selectors.immutable(problems, "nodeTopology", now, before, "nodeTopology");
            if (!name.equals(before.text("storageClassName"))) {
                problems.invalid("storageClassName", name, Values.IMMUTABLE);
            }
            return;
        }
        Selectors.check(problems, "nodeTopology", now.obj("nodeTopology"));
        Values.named(problems, "storageClassName", name, Names.subdomain(name));
        Quantity capacity = Quantity.of(now.at("capacity"));
        if (capacity.signum() < 0) {
            problems.invalid("capacity", capacity.toString(), Values.NOT_NEGATIVE);
        }
    }

    private static void attributes(Obj now, Obj before, Problems problems) {
        String driver = now.text("driverName");
        if (before != null && !driver.equals(before.text("driverName"))) {
            problems.forbidden("driverName", "updates to driverName are forbidden.");
        }
        if (before != null && !now.map("parameters").equals(before.map("parameters"))) {
            problems.forbidden("parameters", "updates to parameters are forbidden.");
        }
        if (driver.isEmpty()) {
            problems.required("driverName", "");
        } else {
            String lower = driver.toLowerCase(Locale.ROOT);
            Values.named(problems, "driverName", lower, Names.qualified(lower));
        }
        if (now.map("parameters").isEmpty()) {
            problems.required("parameters", "must contain at least one key/value pair");
        }
    }
}
