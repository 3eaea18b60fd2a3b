package dev.kubejar.cli.troubleshooting;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Invocation;
import dev.kubejar.client.ApiResource;
import dev.kubejar.client.Request;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.print.TabWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code kubectl auth can-i}. */
public final class CanI implements Command {
    private static final String GROUP_VERSION = "authorization.k8s.io/v1";
    private static final Set<String> VERBS = Set.of(
            "get",
            "list",
            "watch",
            "create",
            "update",
            "patch",
            "delete",
            "deletecollection",
            "use",
            "bind",
            "impersonate",
            "*",
            "approve",
            "sign",
            "escalate",
            "attest");
    private static final Set<String> PATH_VERBS =
            Set.of("get", "put", "post", "head", "options", "delete", "patch", "*");

    private Invocation call;
    private Flags flags;

    @Override
    public void flags(Flags declared) {
        declared.bool("all-namespaces", 'A', false)
                .bool("quiet", 'q', false)
                .string("subresource", "")
                .bool("list", false)
                .bool("no-headers", false);
    }

    @Override
    public int run(Invocation invocation) {
        call = invocation;
        flags = call.flags();
        List<String> args = call.arguments();
        if (flags.on("list")) {
            return list(args);
        }
        if (args.size() != 2) {
            throw new CliError("you must specify two arguments: verb resource or verb resource/resourceName."
                    + "\nSee 'kubectl auth can-i -h' for help and examples.");
        }
        call.identity();
        Obj review = Obj.create(GROUP_VERSION, "SelfSubjectAccessReview");
        if (args.get(1).startsWith("/")) {
            path(review, args.get(0), args.get(1));
        } else {
            resource(review, args.get(0), args.get(1));
        }
        if (flags.on("no-headers")) {
            throw new CliError("--no-headers cannot be set without --list specified");
        }
        return ask(review);
    }

    private void path(Obj review, String verb, String path) {
        if (!flags.text("subresource").isEmpty()) {
            throw new CliError("--subresource can not be used with NonResourceURL");
        }
        if (!PATH_VERBS.contains(verb)) {
            warn("verb '" + verb + "' is not a known verb");
        }
        review.set("spec.nonResourceAttributes.path", path).set("spec.nonResourceAttributes.verb", verb);
    }

    private void resource(Obj review, String verb, String argument) {
        int slash = argument.indexOf('/');
        String type = slash < 0 ? argument : argument.substring(0, slash);
        ApiResource found = type.equals("*") ? null : find(type);
        String group = found == null ? "" : found.group();
        if (found != null && !found.namespaced() && !flags.on("all-namespaces")) {
            warn("resource '" + found.name() + "' is not namespace scoped"
                    + (group.isEmpty() ? "" : " in group '" + group + "'"));
        }
        if (!flags.on("all-namespaces") && !VERBS.contains(verb)) {
            warn("verb '" + verb + "' is not a known verb");
        }
        Obj asked = review.child("spec.resourceAttributes");
        put(asked, "namespace", flags.on("all-namespaces") ? "" : call.namespace());
        put(asked, "verb", verb);
        put(asked, "group", group);
        put(asked, "resource", found == null ? type : found.name());
        put(asked, "subresource", flags.text("subresource"));
        put(asked, "name", slash < 0 ? "" : argument.substring(slash + 1));
    }

    private static void put(Obj asked, String field, String value) {
        if (!value.isEmpty()) {
            asked.set(field, value);
        }
    }

    private ApiResource find(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        try {
            return call.mapper().resource(lower);
        } catch (CliError unknown) {
            int dot = lower.indexOf('.');
            if (dot >= 0) {
                warn("the server doesn't have a resource type '" + lower.substring(0, dot) + "' in group '"
                        + lower.substring(dot + 1) + "'");
            } else if (!lower.equals("users") && !lower.equals("groups")) {
                warn("the server doesn't have a resource type '" + lower + "'");
            }
            return null;
        }
    }

    /** The text ends in a line feed of its own, so an empty line follows. */
    private void warn(String text) {
        call.err().println("Warning: " + text + "\n");
    }

    private int ask(Obj review) {
        Obj status = answer("selfsubjectaccessreviews", review).obj("status");
        boolean allowed = status.bool("allowed");
        StringBuilder text = new StringBuilder(allowed ? "yes" : "no");
        for (String field : List.of("reason", "evaluationError")) {
            if (!allowed && !status.text(field).isEmpty()) {
                text.append(" - ").append(status.text(field));
            }
        }
        if (!flags.on("quiet")) {
            call.out().println(text.toString());
        }
        return allowed ? 0 : 1;
    }

    private Obj answer(String resource, Obj review) {
        return call.call(Request.create(GroupVersionResource.of(GROUP_VERSION, resource), "", review))
                .object();
    }

    private int list(List<String> args) {
        if (!args.isEmpty()) {
            throw new CliError("list option must be specified with no arguments");
        }
        if (flags.on("quiet")
                || flags.on("all-namespaces")
                || !flags.text("subresource").isEmpty()) {
            throw new CliError(
                    "list option can't be specified with neither quiet, all-namespaces nor subresource options");
        }
        Obj review = Obj.create(GROUP_VERSION, "SelfSubjectRulesReview").set("spec.namespace", call.namespace());
        Obj status = answer("selfsubjectrulesreviews", review).obj("status");
        if (status.bool("incomplete")) {
            call.err().println("Warning: the list may be incomplete: " + status.text("evaluationError"));
        }
        List<PolicyRules.Rule> rules = new ArrayList<>(PolicyRules.of(status.list("resourceRules")));
        rules.addAll(PolicyRules.of(status.list("nonResourceRules")));
        print(PolicyRules.together(PolicyRules.apart(rules)));
        return 0;
    }

    private void print(List<PolicyRules.Rule> rules) {
        StringBuilder text = new StringBuilder();
        TabWriter table = TabWriter.forTables(text);
        if (!flags.on("no-headers")) {
            table.append("Resources\tNon-Resource URLs\tResource Names\tVerbs\n");
        }
        for (PolicyRules.Rule rule : rules) {
            table.append(rule.resource() + "\t" + PolicyRules.list(rule.paths()) + "\t" + PolicyRules.list(rule.names())
                    + "\t" + PolicyRules.list(rule.verbs()) + "\n");
        }
        table.flush();
        call.out().print(text.toString());
    }
}
