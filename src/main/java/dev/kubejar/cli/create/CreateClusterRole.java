package dev.kubejar.cli.create;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Flags;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** {@code kubectl create clusterrole}. */
public final class CreateClusterRole extends RoleGenerator {
    private static final Set<String> URL_VERBS =
            Set.of("*", "get", "put", "post", "head", "options", "delete", "patch");

    @Override
    void declare(Flags flags) {
        flags.map("aggregation-rule")
                .slice("non-resource-url")
                .slice("resource")
                .array("resource-name")
                .slice("verb");
    }

    @Override
    Obj build(String name) {
        readResources();
        if (name.isEmpty()) {
            throw new CliError("name must be specified");
        }
        List<String> urls = List.copyOf(new LinkedHashSet<>(flags().list("non-resource-url")));
        boolean resources = !flags().list("resource").isEmpty();
        if (!flags().find("aggregation-rule").map().isEmpty()) {
            if (!urls.isEmpty()
                    || resources
                    || !verbs().isEmpty()
                    || !flags().list("resource-name").isEmpty()) {
                throw new CliError("aggregation rule must be specified without nonResourceURLs, verbs, resources or"
                        + " resourceNames");
            }
            return aggregated(name);
        }
        if (verbs().isEmpty()) {
            throw new CliError("at least one verb must be specified");
        }
        if (!resources && urls.isEmpty()) {
            throw new CliError("one of resource or nonResourceURL must be specified");
        }
        if (resources) {
            warnOfVerbs();
            checkResources();
        }
        checkUrls(urls);
        List<Obj> rules = new ArrayList<>(rules());
        if (!urls.isEmpty()) {
            rules.add(Obj.create().setTexts("verbs", verbs()).setTexts("nonResourceURLs", urls));
        }
        return object(GROUP_VERSION, "ClusterRole", name, false).set("rules", rules);
    }

    private Obj aggregated(String name) {
        Obj selector =
                Obj.create().set("matchLabels", flags().find("aggregation-rule").map());
        return object(GROUP_VERSION, "ClusterRole", name, false)
                .set("aggregationRule.clusterRoleSelectors", List.of(selector))
                .set("rules", Json.NODES.nullNode());
    }

    private void checkUrls(List<String> urls) {
        if (urls.isEmpty()) {
            return;
        }
        for (String verb : verbs()) {
            if (!URL_VERBS.contains(verb)) {
                throw new CliError("invalid verb: '" + verb + "' for nonResourceURL");
            }
        }
        for (String url : urls) {
            if (url.equals("*")) {
                continue;
            }
            if (!url.startsWith("/")) {
                throw new CliError("nonResourceURL should start with /");
            }
            if (url.substring(0, url.length() - 1).contains("*")) {
                throw new CliError("nonResourceURL only supports wildcard matches when '*' is at the end");
            }
        }
    }
}
