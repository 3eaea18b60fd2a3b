package dev.kubejar.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.merge.FieldSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who manages which fields of an object: metadata.managedFields, read and written. */
final class ManagedFields {
    /** What nobody manages: identity and what the server itself keeps. */
    private static final String[][] UNMANAGED = {
        {"f:apiVersion"},
        {"f:kind"},
        {"f:metadata", "f:name"},
        {"f:metadata", "f:namespace"},
        {"f:metadata", "f:creationTimestamp"},
        {"f:metadata", "f:selfLink"},
        {"f:metadata", "f:uid"},
        {"f:metadata", "f:generation"},
        {"f:metadata", "f:managedFields"},
        {"f:metadata", "f:resourceVersion"}
    };

    /** A manager, by what it does through which part of the object; applying it is one whatever the version. */
    record Manager(String name, String operation, String apiVersion, String subresource) {
        boolean same(Manager other) {
            return name.equals(other.name)
                    && operation.equals(other.operation)
                    && subresource.equals(other.subresource)
                    && (operation.equals("Apply") || apiVersion.equals(other.apiVersion));
        }

        /** As a conflict names it. */
        String text() {
            StringBuilder out = new StringBuilder("\"").append(name).append('"');
            if (!subresource.isEmpty()) {
                out.append(" with subresource \"").append(subresource).append('"');
            }
            return operation.equals("Update")
                    ? out.append(" using ").append(apiVersion).toString()
                    : out.toString();
        }
    }

    private static final class Entry {
        final FieldSet fields;
        final String time;

        Entry(FieldSet fields, String time) {
            this.fields = fields;
            this.time = time;
        }
    }

    private final Map<Manager, Entry> entries = new LinkedHashMap<>();

    static ManagedFields of(Obj object) {
        ManagedFields managed = new ManagedFields();
        for (Obj entry : object.list("metadata.managedFields")) {
            managed.entries.put(
                    new Manager(
                            entry.text("manager"),
                            entry.text("operation"),
                            entry.text("apiVersion"),
                            entry.text("subresource")),
                    new Entry(FieldSet.of(entry.at("fieldsV1")), entry.text("time")));
        }
        return managed;
    }

    List<Manager> managers() {
        return List.copyOf(entries.keySet());
    }

    /** The manager that is there already for this one, or itself. */
    Manager known(Manager manager) {
        for (Manager each : entries.keySet()) {
            if (each.same(manager)) {
                return each;
            }
        }
        return manager;
    }

    FieldSet fields(Manager manager) {
        Entry entry = entries.get(manager);
        return entry == null ? new FieldSet() : entry.fields;
    }

    /** Gives a manager its fields; without any it is forgotten. Its time moves only when they change. */
    void set(Manager manager, FieldSet fields, Instant now) {
        Manager known = known(manager);
        Entry before = entries.get(known);
        if (fields.isEmpty()) {
            entries.remove(known);
        } else if (before == null || !before.fields.equals(fields) || !known.equals(manager)) {
            entries.remove(known);
            entries.put(manager, new Entry(fields, dev.kubejar.object.Times.seconds(now)));
        }
    }

    /** Takes fields away from all but one manager. */
    void takeFromOthers(Manager keeper, FieldSet taken) {
        for (Manager each : managers()) {
            if (!each.equals(keeper)) {
                Entry entry = entries.get(each);
                FieldSet left = entry.fields.difference(taken);
                if (left.isEmpty()) {
                    entries.remove(each);
                } else if (!left.equals(entry.fields)) {
                    entries.put(each, new Entry(left, entry.time));
                }
            }
        }
    }

    /** The fields of all but one manager. */
    FieldSet others(Manager manager) {
        FieldSet all = new FieldSet();
        for (Map.Entry<Manager, Entry> each : entries.entrySet()) {
            if (!each.getKey().equals(manager)) {
                all = all.union(each.getValue().fields);
            }
        }
        return all;
    }

    /** The fields without what nobody manages. */
    static FieldSet managed(FieldSet fields) {
        return fields.withoutAll(UNMANAGED);
    }

    /** Writes the entries into an object, applied ones first, then by time and name. */
    void write(Obj object) {
        List<Manager> sorted = new ArrayList<>(entries.keySet());
        sorted.sort(Comparator.comparing(Manager::operation)
                .thenComparing(each -> entries.get(each).time)
                .thenComparing(Manager::name)
                .thenComparing(Manager::apiVersion)
                .thenComparing(Manager::subresource));
        ArrayNode list = Json.array();
        for (Manager each : sorted) {
            Entry entry = entries.get(each);
            ObjectNode node = list.addObject();
            node.put("manager", each.name()).put("operation", each.operation());
            node.put("apiVersion", each.apiVersion()).put("time", entry.time);
            node.put("fieldsType", "FieldsV1").set("fieldsV1", entry.fields.toNode());
            if (!each.subresource().isEmpty()) {
                node.put("subresource", each.subresource());
            }
        }
        if (list.isEmpty()) {
            object.remove("metadata.managedFields");
        } else {
            object.set("metadata.managedFields", list);
        }
    }
}
