package dev.kubejar.bootstrap;

import dev.kubejar.client.Client;
import dev.kubejar.client.Conditions;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import java.time.Instant;
import java.util.List;

/** The priority levels and flow schemas of API priority and fairness, from {@code flows.txt}. */
final class FlowControl {
    private static final String VERSION = "flowcontrol.apiserver.k8s.io/v1";
    private static final GroupVersionResource LEVELS = GroupVersionResource.of(VERSION, "prioritylevelconfigurations");
    private static final GroupVersionResource FLOWS = GroupVersionResource.of(VERSION, "flowschemas");

    private FlowControl() {}

    static void create(Client client, Instant now) {
        for (String line : Lines.of("flows.txt")) {
            String[] words = line.split(" ");
            if (words[0].equals("level")) {
                client.create(LEVELS, level(words));
            } else {
                Obj flow = client.create(FLOWS, flow(words)).copy();
                String message = "This FlowSchema references the PriorityLevelConfiguration object named \""
                        + flow.text("spec.priorityLevelConfiguration.name") + "\" and it exists";
                Conditions.put(flow, Conditions.make("Dangling", "False", "Found", message, now));
                client.updateStatus(FLOWS, flow);
            }
        }
    }

    private static Obj named(String kind, String name) {
        return Obj.create(VERSION, kind, "", name).setAnnotation("apf.kubernetes.io/autoupdate-spec", "true");
    }

    private static Obj level(String[] words) {
        Obj level = named("PriorityLevelConfiguration", words[1]);
        boolean exempt = words[2].equals("0");
        Obj body = level.child(exempt ? "spec.exempt" : "spec.limited");
        body.set("lendablePercent", Integer.parseInt(words[3]))
                .set("nominalConcurrencyShares", Integer.parseInt(words[2]));
        if (!exempt) {
            body.set("limitResponse.type", words.length > 4 ? "Queue" : "Reject");
        }
        if (words.length > 4) {
            body.child("limitResponse.queuing")
                    .set("queues", Integer.parseInt(words[4]))
                    .set("handSize", Integer.parseInt(words[5]))
                    .set("queueLengthLimit", Integer.parseInt(words[6]));
        }
        return level.set("spec.type", exempt ? "Exempt" : "Limited");
    }

    private static Obj flow(String[] words) {
        Obj flow = named("FlowSchema", words[1]);
        if (!words[4].equals("-")) {
            flow.set("spec.distinguisherMethod.type", words[4]);
        }
        flow.set("spec.matchingPrecedence", Integer.parseInt(words[3]))
                .set("spec.priorityLevelConfiguration.name", words[2]);
        Obj rule = rule(words[5]);
        for (int i = 6; i < words.length; i++) {
            rule.add("subjects", subject(words[i]));
        }
        return flow.set("spec.rules", List.of(rule));
    }

    private static Obj rule(String text) {
        Obj rule = Obj.create();
        if (text.equals("all")) {
            rule.add("nonResourceRules", urls("*", "*"));
            return rule.add("resourceRules", resources("*", "*", "*", true));
        }
        if (text.startsWith("path:")) {
            return rule.add("nonResourceRules", urls("get", text.substring(5)));
        }
        for (String each : text.split(";")) {
            String[] parts = each.split(":");
            rule.add("resourceRules", resources(parts[0], parts[1], parts[2], parts.length > 3));
        }
        return rule;
    }

    private static Obj urls(String verbs, String paths) {
        return Obj.create().set("nonResourceURLs", Lines.list(paths)).set("verbs", Lines.list(verbs));
    }

    private static Obj resources(String verbs, String group, String resources, boolean cluster) {
        Obj rule = Obj.create().set("apiGroups", Json.array().add(group));
        if (cluster) {
            rule.set("clusterScope", true);
        }
        return rule.set("namespaces", Json.array().add("*"))
                .set("resources", Lines.list(resources))
                .set("verbs", Lines.list(verbs));
    }

    private static Obj subject(String word) {
        String name = word.substring(2);
        Obj subject = Obj.create();
        return switch (word.charAt(0)) {
            case 'u' -> subject.set("kind", "User").set("user.name", name);
            case 'g' -> subject.set("kind", "Group").set("group.name", name);
            default -> {
                int slash = name.indexOf('/');
                yield subject.set("kind", "ServiceAccount")
                        .set("serviceAccount.name", name.substring(slash + 1))
                        .set("serviceAccount.namespace", name.substring(0, slash));
            }
        };
    }
}
