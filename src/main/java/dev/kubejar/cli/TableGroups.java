package dev.kubejar.cli;

import dev.kubejar.client.ApiResource;
import dev.kubejar.client.Request;
import dev.kubejar.object.Obj;
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
            failures.add(e);
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
