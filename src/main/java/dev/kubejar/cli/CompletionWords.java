package dev.kubejar.cli;

import dev.kubejar.client.ApiResource;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.Obj;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Words for the shell, taken from the cluster and the kubeconfig. Each method offers some and gives the directive. */
final class CompletionWords {
    private static final List<String> WITH_PODS = List.of(
            "daemonsets",
            "deployments",
            "pods",
            "jobs",
            "replicasets",
            "replicationcontrollers",
            "services",
            "statefulsets");

    private final Invocation call;
    private final List<String> args;
    private final String typed;
    private final List<String> found = new ArrayList<>();

    CompletionWords(Invocation call, String typed) {
        this.call = call;
        this.args = call.arguments();
        this.typed = typed;
    }

    List<String> found() {
        return found;
    }

    /** All of these, whatever was typed. */
    int all(List<String> words) {
        found.addAll(words);
        return CompletionRequest.NO_FILES;
    }

    /** Those of these that begin as what was typed. */
    int of(Collection<String> words) {
        words.stream().filter(word -> word.startsWith(typed)).forEach(found::add);
        return CompletionRequest.NO_FILES;
    }

    /** The same for the first argument only; ending what may follow. */
    int first(List<String> words) {
        return args.isEmpty() ? of(words) : CompletionRequest.DEFAULT;
    }

    int extensions(String... extensions) {
        found.addAll(List.of(extensions));
        return CompletionRequest.FILTER_EXTENSIONS;
    }

    /** Names of objects of a type. */
    int names(String type) {
        return of(namesOf(type));
    }

    /** The same for the first argument only. */
    int firstName(String type) {
        return args.isEmpty() ? names(type) : CompletionRequest.NO_FILES;
    }

    /** Names in the kubeconfig: {@code clusters}, {@code contexts} or {@code users}. */
    int configured(String section) {
        return of(call.config().files().merged().list(section).stream()
                .map(entry -> entry.text("name"))
                .sorted()
                .toList());
    }

    /** The same for the first argument only. */
    int firstOf(String section) {
        return args.isEmpty() ? configured(section) : CompletionRequest.NO_FILES;
    }

    private List<String> namesOf(String type) {
        List<String> names = new ArrayList<>();
        for (Info info : new ResourceBuilder(call)
                .namespace()
                .arguments(true, List.of(type))
                .latest()
                .flatten()
                .build()
                .infos()) {
            names.add(info.name());
        }
        return names;
    }

    /** Types that can be read; behind a comma the next one of several. */
    private List<String> types() {
        int comma = typed.lastIndexOf(',') + 1;
        String before = typed.substring(0, comma);
        String begun = typed.substring(comma);
        List<ApiResource> resources = new ArrayList<>(call.mapper().all());
        resources.removeIf(each -> !each.verbs().contains("get"));
        resources.sort(Comparator.comparing(ApiResource::group).thenComparing(ApiResource::name));
        Set<String> names = new java.util.LinkedHashSet<>();
        for (ApiResource each : resources) {
            String name = each.resource().groupResource();
            if (name.startsWith(begun)) {
                names.add(before + name);
            }
        }
        return List.copyOf(names);
    }

    /**
     * Types and names, in either form: {@code TYPE NAME …} and {@code TYPE/NAME …}.
     *
     * @param allowed the only types to offer; empty: all
     * @param several whether the command takes more than one object
     */
    int typesAndNames(List<String> allowed, boolean several) {
        if (!args.isEmpty() && args.get(0).indexOf('/') < 0) {
            if (several || args.size() == 1) {
                names(args.get(0));
                found.removeAll(args.subList(1, args.size()));
            }
            return CompletionRequest.NO_FILES;
        }
        int slash = typed.indexOf('/');
        if (slash >= 0) {
            if (several || args.isEmpty()) {
                namesOfType(typed.substring(0, slash), typed.substring(slash + 1));
                found.removeAll(args);
            }
            return CompletionRequest.NO_FILES;
        }
        List<String> types = allowed.isEmpty()
                ? types()
                : allowed.stream().filter(type -> type.startsWith(typed)).toList();
        if (args.isEmpty()) {
            found.addAll(types);
            return CompletionRequest.NO_FILES;
        }
        if (!several) {
            return CompletionRequest.NO_FILES;
        }
        types.forEach(type -> found.add(type + "/"));
        return CompletionRequest.NO_FILES | CompletionRequest.NO_SPACE;
    }

    private void namesOfType(String type, String begun) {
        for (String name : namesOf(type)) {
            if (name.startsWith(begun)) {
                found.add(type + "/" + name);
            }
        }
    }

    /** The pods, and the types that have pods, as a first argument. */
    int pods() {
        if (!args.isEmpty()) {
            return CompletionRequest.NO_FILES;
        }
        int slash = typed.indexOf('/');
        if (slash >= 0) {
            namesOfType(typed.substring(0, slash), typed.substring(slash + 1));
            return CompletionRequest.NO_FILES;
        }
        names("pod");
        int directive = CompletionRequest.NO_FILES | (found.isEmpty() ? CompletionRequest.NO_SPACE : 0);
        WITH_PODS.stream().filter(type -> type.startsWith(typed)).forEach(type -> found.add(type + "/"));
        return directive;
    }

    int podsAndContainers() {
        return args.size() == 1 ? containersOfFirst() : pods();
    }

    /** The containers of the pod that the first argument names or leads to. */
    int containersOfFirst() {
        if (!args.isEmpty()) {
            Obj pod = pod(args.get(0));
            pod.list("spec.initContainers").forEach(each -> offer(each.text("name")));
            pod.list("spec.containers").forEach(each -> offer(each.text("name")));
        }
        return CompletionRequest.NO_FILES;
    }

    private void offer(String word) {
        if (word.startsWith(typed)) {
            found.add(word);
        }
    }

    private Obj pod(String name) {
        int slash = name.indexOf('/');
        if (slash < 0) {
            return call.call(Request.get(Resources.PODS, call.namespace(), name))
                    .object();
        }
        Obj object = object(name.substring(0, slash), name.substring(slash + 1));
        return object.kind().equals("Pod")
                ? object
                : Pods.of(call, object, Duration.ofMillis(100)).get(0);
    }

    private Obj object(String type, String name) {
        ApiResource resource = call.mapper().resource(type);
        return call.call(Request.get(resource.resource(), resource.namespaced() ? call.namespace() : "", name))
                .object();
    }

    /** Pods and services, then their ports as {@code LOCAL:REMOTE}. */
    int podsAndPorts() {
        if (args.size() != 1) {
            return pods();
        }
        String[] parts = args.get(0).split("/", 2);
        if (parts.length == 2 && Set.of("service", "services", "svc").contains(parts[0])) {
            object("services", parts[1]).list("spec.ports").forEach(port -> port(port.text("port")));
        } else {
            pod(args.get(0))
                    .list("spec.containers")
                    .forEach(container -> container.list("ports").forEach(port -> port(port.text("containerPort"))));
        }
        return CompletionRequest.NO_FILES;
    }

    private void port(String remote) {
        int colon = typed.indexOf(':');
        String local = typed.isEmpty() ? remote : colon < 0 ? typed : typed.substring(0, colon);
        offer(local + ":" + remote);
    }

    /** What {@code cp} takes: {@code NAMESPACE/}, {@code POD:} and files. */
    int filesOfPods() {
        if (args.isEmpty() && typed.indexOf(':') < 0 && (typed.isEmpty() || "/.~".indexOf(typed.charAt(0)) < 0)) {
            int slash = typed.indexOf('/');
            if (slash > 0) {
                String namespace = typed.substring(0, slash);
                call.call(Request.list(Resources.PODS, namespace))
                        .items()
                        .forEach(pod -> offer(namespace + "/" + pod.name() + ":"));
            } else {
                namesOf("namespace").stream()
                        .filter(name -> name.startsWith(typed))
                        .forEach(name -> found.add(name + "/"));
                namesOf("pod").stream().filter(name -> name.startsWith(typed)).forEach(name -> found.add(name + ":"));
                localFiles();
            }
        }
        return CompletionRequest.NO_SPACE;
    }

    private void localFiles() {
        if (typed.isEmpty()) {
            found.add("./");
            found.add("/");
        } else if (!found.isEmpty()) {
            try (Stream<Path> entries = Files.list(call.session().directory())) {
                entries.sorted().forEach(entry -> {
                    String name = entry.getFileName().toString();
                    offer(Files.isDirectory(entry) ? name + "/" : name);
                });
            } catch (IOException e) {
                // the shell offers what it can read itself
            }
        }
    }
}
