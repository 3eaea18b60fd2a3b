package dev.kubejar.kinds;

import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.List;

/** APIService (apiregistration.k8s.io/v1). */
final class ApiService {
    private ApiService() {}

    static Kind build() {
        return KindTable.start("apiregistration.k8s.io/v1", "APIService")
                .nameColumn()
                .column("Service", ApiService::service)
                .column("Available", ApiService::available)
                .ageColumn()
                .conditionalUpdateOnly()
                .defaults(ApiService::defaults)
                .prepareCreate(ApiService::prepare)
                .prepareUpdate(Workloads::keepStatus)
                .rule(ApiService::check)
                .statusRule(ApiService::status)
                .build();
    }

    private static void defaults(Obj each) {
        each.child("status");
        if (each.has("spec.service")) {
            each.obj("spec.service").orSet("port", 443);
        }
    }

    /** What the API server serves itself is available at once. */
    private static void prepare(Obj each) {
        each.set("status", Obj.create());
        if (!each.has("spec.service")) {
            each.child("status")
                    .add(
                            "conditions",
                            Obj.create()
                                    .set("type", "Available")
                                    .set("status", "True")
                                    .set("lastTransitionTime", each.text("metadata.creationTimestamp"))
                                    .set("reason", "Local")
                                    .set("message", "Local APIServices are always available"));
        }
    }

    private static String service(Obj each) {
        return each.has("spec.service")
                ? each.text("spec.service.namespace") + "/" + each.text("spec.service.name")
                : "Local";
    }

    private static String available(Obj each) {
        String status = Cells.condition(each, "Available", "status");
        if (status.isEmpty()) {
            return "Unknown";
        }
        return status.equals("True") ? status : status + " (" + Cells.condition(each, "Available", "reason") + ")";
    }

    private static void check(Obj now, Obj before, Problems problems) {
        Obj spec = now.obj("spec");
        String group = spec.text("group");
        String version = spec.text("version");
        name(now, version + "." + group, problems);
        if (group.isEmpty() && !version.equals("v1")) {
            problems.required("spec.group", "only v1 may have an empty group and it better be legacy kube");
        }
        if (!group.isEmpty()) {
            Values.named(problems, "spec.group", group, Names.subdomain(group));
        }
        Values.named(problems, "spec.version", version, Names.label1035(version));
        priority(problems, spec, "groupPriorityMinimum", 20000);
        priority(problems, spec, "versionPriority", 1000);
        boolean insecure = spec.bool("insecureSkipTLSVerify");
        String bundle = spec.text("caBundle");
        if (!spec.has("service")) {
            if (!bundle.isEmpty()) {
                problems.invalid(
                        "spec.caBundle", bytes(bundle) + " bytes", "local APIServices may not have a caBundle");
            }
            if (insecure) {
                problems.invalid(
                        "spec.insecureSkipTLSVerify", true, "local APIServices may not have insecureSkipTLSVerify");
            }
            return;
        }
        Values.required(problems, "spec.service", spec, "service.namespace", "namespace");
        Values.required(problems, "spec.service", spec, "service.name", "name");
        long port = spec.number("service.port");
        if (port < 1 || port > 65535) {
            problems.invalid("spec.service.port", port, "port is not valid: " + Values.between(1, 65535));
        }
        if (insecure && !bundle.isEmpty()) {
            problems.invalid("spec.insecureSkipTLSVerify", true, "may not be true if caBundle is present");
        }
    }

    private static void name(Obj now, String wanted, Problems problems) {
        String prefix = now.text("metadata.generateName");
        String fault = "must be `spec.version+\".\"+spec.group`: " + Problems.quoted(wanted);
        if (!prefix.isEmpty()) {
            List<String> faults = Names.pathSegment(prefix);
            Values.named(
                    problems,
                    "metadata.generateName",
                    prefix,
                    faults.isEmpty() && !prefix.equals(wanted) ? List.of(fault) : faults);
        }
        if (now.name().isEmpty()) {
            problems.required("metadata.name", "name or generateName is required");
            return;
        }
        List<String> faults = Names.pathSegment(now.name());
        Values.named(
                problems,
                "metadata.name",
                now.name(),
                faults.isEmpty() && !now.name().equals(wanted) ? List.of(fault) : faults);
    }

    private static void priority(Problems problems, Obj spec, String field, int most) {
        long value = spec.number(field);
        if (value <= 0 || value > most) {
            problems.invalid("spec." + field, value, "must be positive and less than " + most);
        }
    }

    private static int bytes(String base64) {
        int padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
        return base64.length() / 4 * 3 - padding;
    }

    private static void status(Obj now, Obj before, Problems problems) {
        List<Obj> conditions = now.list("status.conditions");
        for (int i = 0; i < conditions.size(); i++) {
            Values.supported(
                    problems,
                    "status.conditions[" + i + "].status",
                    conditions.get(i).text("status"),
                    "True",
                    "False",
                    "Unknown");
        }
    }
}
