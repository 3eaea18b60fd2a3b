package dev.kubejar.kinds;

import dev.kubejar.kinds.rules.GoStructs;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.List;

/** PriorityLevelConfiguration (flowcontrol.apiserver.k8s.io/v1). */
final class PriorityLevelConfiguration {
    private static final int MOST_QUEUES = 10_000_000;
    private static final int HASH_BITS = 60;
    private static final String KEEPS_ZERO = "flowcontrol.k8s.io/v1beta3-preserve-zero-concurrency-shares";
    private static final String SHARES = "nominalConcurrencyShares";
    private static final String CATCH_ALL =
            "{\"limited\":{\"lendablePercent\":0,\"limitResponse\":{\"type\":\"Reject\"},"
                    + "\"nominalConcurrencyShares\":5},\"type\":\"Limited\"}";

    private PriorityLevelConfiguration() {}

    static Kind build() {
        return KindTable.start("flowcontrol.apiserver.k8s.io/v1", "PriorityLevelConfiguration")
                .nameColumn()
                .column("Type", each -> each.text("spec.type"))
                .column("NominalConcurrencyShares", each -> limited(each, SHARES))
                .column("Queues", each -> limited(each, "limitResponse.queuing.queues"))
                .column("HandSize", each -> limited(each, "limitResponse.queuing.handSize"))
                .column("QueueLengthLimit", each -> limited(each, "limitResponse.queuing.queueLengthLimit"))
                .ageColumn()
                .nameRule(Names::subdomain)
                .defaults(PriorityLevelConfiguration::defaults)
                .prepareCreate(each -> each.set("status", Obj.create()))
                .prepareUpdate(Workloads::keepStatus)
                .rule(PriorityLevelConfiguration::check)
                .statusRule(FlowSchemaRules::status)
                .build();
    }

    private static String limited(Obj each, String field) {
        return each.text("spec.limited." + field, "<none>");
    }

    private static void defaults(Obj each) {
        if (each.has("spec.exempt")) {
            each.obj("spec.exempt").orSet(SHARES, 0).orSet("lendablePercent", 0);
        }
        if (each.has("spec.limited")) {
            Obj limited = each.obj("spec.limited");
            limited.orSet(SHARES, 30).orSet("lendablePercent", 0);
            if (limited.has("limitResponse.queuing")) {
                Obj queuing = limited.obj("limitResponse.queuing");
                notZero(queuing, "handSize", 8);
                notZero(queuing, "queues", 64);
                notZero(queuing, "queueLengthLimit", 50);
            }
        }
        each.child("status");
    }

    private static void notZero(Obj object, String field, long value) {
        if (object.number(field) == 0) {
            object.set(field, value);
        }
    }

    private static void check(Obj now, Obj before, Problems problems) {
        if (now.annotations().containsKey(KEEPS_ZERO)) {
            problems.forbidden("metadata.annotations", "annotation '" + KEEPS_ZERO + "' is forbidden");
        }
        Obj spec = now.obj("spec");
        String type = spec.text("type");
        if (now.name().equals("exempt") != type.equals("Exempt")) {
            problems.invalid("spec.type", type, "must be 'Exempt' if and only if `name` is 'exempt'");
        }
        switch (type) {
            case "Exempt" -> {
                if (spec.has("limited")) {
                    problems.forbidden("spec.limited", "must be nil if the type is not Limited");
                }
                shares(problems, "spec.exempt", spec.obj("exempt"));
                lendable(problems, "spec.exempt", spec.obj("exempt"));
            }
            case "Limited" -> {
                if (spec.has("exempt")) {
                    problems.forbidden("spec.exempt", "must be nil if the type is Limited");
                }
                if (spec.has("limited")) {
                    limited(problems, spec.obj("limited"));
                } else {
                    problems.required("spec.limited", "must not be empty when type is Limited");
                }
            }
            default -> problems.notSupported("spec.type", type, List.of("Exempt", "Limited"));
        }
        fixed(problems, now.name(), spec);
        FlowSchemaRules.status(now, before, problems);
    }

    /** The two levels that must stay; how much of itself the exempt one lends is free. */
    private static void fixed(Problems problems, String name, Obj spec) {
        if (name.equals("exempt")) {
            Obj rest = spec.copy().remove("exempt");
            if (rest.node().size() > 1 || !rest.text("type").equals("Exempt")) {
                problems.invalid(
                        "spec",
                        GoStructs.of("PriorityLevelConfigurationSpec", spec),
                        "spec of 'exempt' except the 'spec.exempt' field must equal the fixed value");
            }
        } else if (name.equals("catch-all") && !Values.same(Obj.parse(CATCH_ALL).node(), spec.node())) {
            problems.invalid(
                    "spec",
                    GoStructs.of("PriorityLevelConfigurationSpec", spec),
                    "spec of 'catch-all' must equal the fixed value");
        }
    }

    private static void shares(Problems problems, String path, Obj level) {
        if (level.number(SHARES) < 0) {
            problems.invalid(path + "." + SHARES, level.number(SHARES), "must be a non-negative integer");
        }
    }

    private static void lendable(Problems problems, String path, Obj level) {
        Values.range(problems, path + ".lendablePercent", level.number("lendablePercent"), 0, 100);
    }

    private static void limited(Problems problems, Obj limited) {
        String path = "spec.limited";
        shares(problems, path, limited);
        response(problems, path + ".limitResponse", limited.obj("limitResponse"));
        lendable(problems, path, limited);
        long borrowing = limited.number("borrowingLimitPercent");
        if (borrowing < 0) {
            problems.invalid(
                    path + ".borrowingLimitPercent", borrowing, "if specified, must be a non-negative integer");
        }
    }

    private static void response(Problems problems, String path, Obj response) {
        switch (response.text("type")) {
            case "Reject" -> {
                if (response.has("queuing")) {
                    problems.forbidden(path + ".queuing", "must be nil if limited.limitResponse.type is not Limited");
                }
            }
            case "Queue" -> {
                if (response.has("queuing")) {
                    queuing(problems, path + ".queuing", response.obj("queuing"));
                } else {
                    problems.required(path + ".queuing", "must not be empty if limited.limitResponse.type is Limited");
                }
            }
            default -> problems.notSupported(path + ".type", response.text("type"), List.of("Queue", "Reject"));
        }
    }

    private static void queuing(Problems problems, String path, Obj queuing) {
        long limit = queuing.number("queueLengthLimit");
        if (limit <= 0) {
            problems.invalid(path + ".queueLengthLimit", limit, "must be positive");
        }
        long queues = queuing.number("queues");
        if (queues <= 0) {
            problems.invalid(path + ".queues", queues, "must be positive");
        } else if (queues > MOST_QUEUES) {
            problems.invalid(path + ".queues", queues, "must not be greater than " + MOST_QUEUES);
        }
        long hand = queuing.number("handSize");
        if (hand <= 0) {
            problems.invalid(path + ".handSize", hand, "must be positive");
        } else if (hand > queues) {
            problems.invalid(path + ".handSize", hand, "should not be greater than queues (" + queues + ")");
        } else if (Math.ceil(Math.log(queues) / Math.log(2) * hand) > HASH_BITS) {
            problems.invalid(
                    path + ".handSize",
                    hand,
                    "required entropy bits of deckSize " + queues + " and handSize " + hand
                            + " should not be greater than " + HASH_BITS);
        }
    }
}
