package dev.kubejar.kinds;

import dev.kubejar.kinds.describe.Parts;
import dev.kubejar.kinds.rules.Addresses;
import dev.kubejar.kinds.rules.GoStructs;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Describe;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import dev.kubejar.schema.Related;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** IPAddress and ServiceCIDR (networking.k8s.io/v1). */
final class NetworkAddresses {
    private static final String PARENT = "spec.parentRef";

    private NetworkAddresses() {}

    static Kind address() {
        return KindTable.start("networking.k8s.io/v1", "IPAddress")
                .nameColumn()
                .column("ParentRef", NetworkAddresses::parent)
                .nameRule(NetworkAddresses::name)
                .rule(NetworkAddresses::address)
                .describe(NetworkAddresses::describeAddress)
                .build();
    }

    static Kind range() {
        return KindTable.start("networking.k8s.io/v1", "ServiceCIDR")
                .nameColumn()
                .column("CIDRs", each -> String.join(",", each.texts("spec.cidrs")))
                .ageColumn()
                .nameRule(Names::subdomain)
                .defaults(each -> each.child("status"))
                .prepareCreate(each -> each.set("status", Obj.create()))
                .prepareUpdate(Workloads::keepStatus)
                .rule(NetworkAddresses::range)
                .describe(NetworkAddresses::describeRange)
                .build();
    }

    private static String parent(Obj each) {
        if (!each.has(PARENT)) {
            return "<none>";
        }
        Obj ref = each.obj(PARENT);
        String group = ref.text("group").isEmpty() ? "" : "." + ref.text("group");
        String namespace = ref.text("namespace").isEmpty() ? "" : "/" + ref.text("namespace");
        return (ref.text("resource") + group).toLowerCase(Locale.ROOT) + namespace + "/" + ref.text("name");
    }

    private static void describeAddress(Obj address, Describe out, Related related) {
        out.field("Name", address.name());
        Parts.metadata(address, out);
        if (address.has(PARENT)) {
            Obj ref = address.obj(PARENT);
            out.line(0, "Parent Reference:");
            out.field(1, "Group", ref.text("group"));
            out.field(1, "Resource", ref.text("resource"));
            out.field(1, "Namespace", ref.text("namespace"));
            out.field(1, "Name", ref.text("name"));
        }
        Parts.events(address, out, related);
    }

    private static void describeRange(Obj range, Describe out, Related related) {
        out.field("Name", range.name());
        Parts.metadata(range, out);
        out.field("CIDRs", String.join(", ", range.texts("spec.cidrs")));
        List<Obj> conditions = range.list("status.conditions");
        if (!conditions.isEmpty()) {
            out.line(0, "Status:").line(0, "Conditions:");
            out.line(1, "Type\tStatus\tLastTransitionTime\tReason\tMessage");
            out.line(1, "----\t------\t------------------\t------\t-------");
        }
        for (Obj each : conditions) {
            out.line(
                    1,
                    String.join(
                            "\t",
                            each.text("type"),
                            each.text("status"),
                            Parts.time(each, "lastTransitionTime"),
                            each.text("reason"),
                            each.text("message")));
        }
        Parts.events(range, out, related);
    }

    /** An address's name is the address in its canonical form. */
    private static List<String> name(String name) {
        Problems problems = new Problems();
        Addresses.canonical(problems, "", name);
        List<String> faults = new ArrayList<>();
        String head = "Invalid value: " + Problems.quoted(name) + ": ";
        for (ApiError.Cause cause : problems.causes()) {
            faults.add(cause.message().substring(head.length()));
        }
        return faults;
    }

    private static void address(Obj now, Obj before, Problems problems) {
        if (before != null) {
            if (!Values.same(now.at(PARENT), before.at(PARENT))) {
                problems.invalid(
                        PARENT,
                        now.has(PARENT) ? GoStructs.of("ParentReference", now.obj(PARENT)) : null,
                        Values.IMMUTABLE);
            }
            return;
        }
        if (!now.has(PARENT)) {
            problems.required(PARENT, "");
            return;
        }
        Obj ref = now.obj(PARENT);
        String group = ref.text("group");
        if (!group.isEmpty()) {
            Values.named(problems, PARENT + ".group", group, Names.subdomain(group));
        }
        for (String field : List.of("resource", "name")) {
            if (Values.required(problems, PARENT, ref, field)) {
                Values.named(problems, PARENT + "." + field, ref.text(field), Names.pathSegment(ref.text(field)));
            }
        }
        String namespace = ref.text("namespace");
        Values.named(problems, PARENT + ".namespace", namespace, Names.pathSegment(namespace));
    }

    private static void range(Obj now, Obj before, Problems problems) {
        List<String> ranges = now.texts("spec.cidrs");
        if (before == null) {
            ranges(problems, now, ranges);
            return;
        }
        List<String> old = before.texts("spec.cidrs");
        boolean second = old.size() == 1 && ranges.size() == 2;
        if (!second && old.size() != ranges.size()) {
            problems.invalid("spec.cidrs", ranges.isEmpty() ? null : Values.array(ranges), Values.IMMUTABLE);
            return;
        }
        for (int i = 0; i < old.size(); i++) {
            if (!old.get(i).equals(ranges.get(i))) {
                problems.invalid("spec.cidrs[" + i + "]", ranges.get(i), Values.IMMUTABLE);
            }
        }
        if (second) {
            ranges(problems, now, ranges);
        }
    }

    private static void ranges(Problems problems, Obj now, List<String> ranges) {
        String path = "spec.cidrs";
        if (ranges.isEmpty()) {
            problems.required(path, "at least one CIDR required");
            return;
        }
        if (ranges.size() > 2) {
            problems.invalid(path, GoStructs.of("ServiceCIDRSpec", now.obj("spec")), "may only hold up to 2 values");
            return;
        }
        for (int i = 0; i < ranges.size(); i++) {
            Addresses.canonicalRange(problems, path + "[" + i + "]", ranges.get(i));
        }
        if (ranges.size() == 2
                && !family(ranges.get(0)).isEmpty()
                && family(ranges.get(0)).equals(family(ranges.get(1)))) {
            problems.invalid(
                    path,
                    Values.array(ranges),
                    "may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64");
        }
    }

    private static String family(String range) {
        int slash = range.indexOf('/');
        return slash < 0 ? "" : Addresses.family(range.substring(0, slash));
    }
}
