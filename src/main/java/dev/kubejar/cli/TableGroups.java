package dev.kubejar.cli;

import dev.kubejar.client.ApiResource;
import dev.kubejar.client.Request;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Times;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tables from the server, gathered for printing: neighbours of one resource make one group. */
public final class TableGroups {
    /** Rows of one resource under one header. */
    public record Group(ApiResource resource, List<Obj> tables) {}

    private final List<Group> groups = new ArrayList<>();
    private final Set<ApiResource> resources = new LinkedHashSet<>();

    private TableGroups() {}

    /** Asks the server for the table of everything in a result; what could not be had goes to {@code failures}. */
    public static TableGroups fetch(Invocation call, ResourceResult result, List<RuntimeException> failures) {
        TableGroups found = new TableGroups();
        try {
            if (result.selected().isEmpty()) {
                result.visit(info -> found.add(info.resource(), one(call, info)));
            } else {
                result.visitPages(true, found::add);
            }
        } catch (dev.kubejar.object.ApiError | CliError | Failures e) {
            failures.add(result.bare(e));
        }
        return found;
    }

    private static Obj one(Invocation call, Info info) {
        if (info.name().isEmpty()) {
            throw new CliError("resource name may not be empty");
        }
        return info.table(call);
    }

    private void add(ApiResource resource, Obj table) {
        resources.add(resource);
        if (groups.isEmpty() || !groups.get(groups.size() - 1).resource().equals(resource)) {
            groups.add(new Group(resource, new ArrayList<>()));
        }
        groups.get(groups.size() - 1).tables().add(table);
    }

    /** Drops all rows; which resources answered is still known. */
    public void clear() {
        groups.clear();
    }

    public List<Group> groups() {
        return groups;
    }

    /** Whether several kinds answered, so that names need theirs. */
    public boolean severalKinds() {
        return resources.size() > 1;
    }

    public boolean allNamespaced() {
        return resources.stream().allMatch(ApiResource::namespaced);
    }

    /** Reduces each table to what the client knows of any object: its name and its age. */
    public void plain(Invocation call) {
        for (Group group : groups) {
            group.tables().replaceAll(table -> plain(call, table));
        }
    }

    private static Obj plain(Invocation call, Obj table) {
        List<Obj> rows = new ArrayList<>();
        for (Obj row : table.list("rows")) {
            Obj shown = row.obj("object");
            String age = Times.since(shown.time("metadata.creationTimestamp"), call.now());
            rows.add(Obj.create().setTexts("cells", List.of(shown.name(), age)).set("object", shown));
        }
        List<Obj> columns = new ArrayList<>();
        for (String name : List.of("Name", "Age")) {
            columns.add(Obj.create()
                    .set("name", name)
                    .set("type", "string")
                    .set("format", name.equals("Name") ? "name" : "")
                    .set("priority", 0));
        }
        return table.copy().set("columnDefinitions", columns).set("rows", rows);
    }

    /** Refuses a field that none of several tables has of its own: kubectl then sorts these rather than their rows. */
    public void checkSeveral(String expression) {
        List<Obj> tables = new ArrayList<>();
        groups.forEach(group -> tables.addAll(group.tables()));
        if (tables.size() > 1) {
            Sorting.sort(tables, expression);
        }
    }

    /** Sorts the rows of each table by a field of the objects they show. */
    public void sort(Invocation call, String expression) {
        for (Group group : groups) {
            for (int i = 0; i < group.tables().size(); i++) {
                group.tables()
                        .set(i, sorted(call, group.resource(), group.tables().get(i), expression));
            }
        }
    }

    private static Obj sorted(Invocation call, ApiResource resource, Obj table, String expression) {
        Map<Obj, Obj> rowOf = new IdentityHashMap<>();
        List<Obj> objects = new ArrayList<>();
        for (Obj row : table.list("rows")) {
            Obj shown = row.obj("object");
            Obj whole = call.call(Request.get(resource.resource(), shown.namespace(), shown.name()))
                    .object();
            objects.add(whole);
            rowOf.put(whole, row);
        }
        Sorting.sort(objects, expression);
        return table.copy().set("rows", objects.stream().map(rowOf::get).toList());
    }
}
