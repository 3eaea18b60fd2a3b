package dev.kubejar.cli;

import dev.kubejar.client.ApiResource;
import dev.kubejar.object.LabelSelector;
import dev.kubejar.object.ParseError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Turns what the user named (files, types, names, selectors) into the objects a command works on, under the rules and
 * with the complaints of cli-runtime's builder. Setters return this; {@link #build} ends.
 */
public final class ResourceBuilder {
    private record Tuple(String type, String name) {}

    private final Invocation call;
    private final List<RuntimeException> faults = new ArrayList<>();
    private String namespace = "";
    private boolean defaultNamespace;
    private boolean requireNamespace;
    private boolean allNamespaces;
    private boolean continueOnError;
    private boolean flatten;
    private boolean latest;
    private boolean fetch = true;
    private boolean local;
    private boolean singleType;
    private String labels;
    private String fields;
    private boolean everything;
    private boolean validate;
    private long chunk;
    private String subresource = "";
    private FileOptions files = FileOptions.NONE;
    private List<String> types = List.of();
    private final List<String> names = new ArrayList<>();
    private final List<Tuple> tuples = new ArrayList<>();

    public ResourceBuilder(Invocation call) {
        this.call = call;
    }

    /** Objects without a namespace are in this one; with {@code enforced} others are refused. */
    public ResourceBuilder namespace(String value, boolean enforced) {
        namespace = value;
        defaultNamespace = true;
        requireNamespace = enforced;
        return this;
    }

    /** The namespace in force, enforced where it was given by flag. */
    public ResourceBuilder namespace() {
        return namespace(call.namespace(), call.namespaceGiven());
    }

    public ResourceBuilder allNamespaces(boolean value) {
        if (value) {
            allNamespaces = true;
            namespace = "";
        }
        return this;
    }

    public ResourceBuilder continueOnError() {
        continueOnError = true;
        return this;
    }

    /** Lists are taken apart. */
    public ResourceBuilder flatten() {
        flatten = true;
        return this;
    }

    /** Objects from files are fetched from the server. */
    public ResourceBuilder latest() {
        latest = true;
        return this;
    }

    /** Objects given by name are not fetched. */
    public ResourceBuilder unfetched() {
        fetch = false;
        return this;
    }

    /** No server is asked at all. */
    public ResourceBuilder local(boolean value) {
        local = value;
        return this;
    }

    public ResourceBuilder singleType() {
        singleType = true;
        return this;
    }

    /** Objects in files must name their kind and version, as validation asks. */
    public ResourceBuilder validate(boolean value) {
        validate = value;
        return this;
    }

    public ResourceBuilder chunk(long value) {
        chunk = value;
        return this;
    }

    public ResourceBuilder subresource(String value) {
        subresource = value;
        return this;
    }

    /** Empty: none. */
    public ResourceBuilder labels(String selector) {
        String trimmed = selector.strip();
        if (!trimmed.isEmpty()) {
            if (everything) {
                faults.add(new CliError("found non-empty label selector " + Go.quote(trimmed)
                        + " with previously set 'all' parameter. "));
            }
            labels = trimmed;
        }
        return this;
    }

    /** Empty: none. */
    public ResourceBuilder fields(String selector) {
        String trimmed = selector.strip();
        if (!trimmed.isEmpty()) {
            if (everything) {
                faults.add(new CliError("found non-empty field selector " + Go.quote(trimmed)
                        + " with previously set 'all' parameter. "));
            }
            fields = trimmed;
        }
        return this;
    }

    public ResourceBuilder all(boolean value) {
        if (value && (labels != null || fields != null)) {
            faults.add(new CliError("setting 'all' parameter but found a non empty selector. "));
            return this;
        }
        everything = value;
        return this;
    }

    public ResourceBuilder files(FileOptions value) {
        if (!value.files().isEmpty() && !value.kustomize().isEmpty()) {
            faults.add(new CliError("only one of -f or -k can be specified"));
        }
        files = value;
        return this;
    }

    /** One type and names of it. */
    public ResourceBuilder names(String type, List<String> wanted) {
        for (String name : wanted) {
            if (name.contains("/")) {
                Tuple tuple = tuple(name);
                if (tuple != null) {
                    tuples.add(tuple);
                }
            } else {
                tuples.add(new Tuple(type, name));
            }
        }
        return this;
    }

    /** Types, comma-separated arguments allowed. */
    public ResourceBuilder types(String... values) {
        types = List.of(values);
        return this;
    }

    /**
     * Arguments of the forms {@code TYPE}, {@code TYPE NAME…} and {@code TYPE/NAME…}.
     *
     * @param wholeType whether a type alone means all its objects
     */
    public ResourceBuilder arguments(boolean wholeType, List<String> given) {
        List<String> args = spread(given);
        if (combined(args)) {
            for (String arg : args) {
                Tuple tuple = tuple(arg);
                if (tuple != null) {
                    tuples.add(tuple);
                }
            }
            return this;
        }
        if (args.isEmpty()) {
            return this;
        }
        types = split(call.mapper().expandCategories(args.get(0)));
        if (args.size() > 1) {
            names.addAll(args.subList(1, args.size()));
        } else if (labels == null && wholeType) {
            labels = "";
        }
        return this;
    }

    /** {@code a,b x} means {@code a/x b/x}. */
    private static List<String> spread(List<String> args) {
        if (args.size() < 2) {
            return args;
        }
        List<String> kinds = split(args.get(0));
        if (kinds.size() < 2) {
            return args;
        }
        List<String> spread = new ArrayList<>();
        for (String kind : kinds) {
            for (String name : args.subList(1, args.size())) {
                spread.add(kind + "/" + name);
            }
        }
        return spread;
    }

    private boolean combined(List<String> args) {
        try {
            return hasSlashes(args);
        } catch (CliError e) {
            faults.add(e);
            return true;
        }
    }

    private static boolean hasSlashes(List<String> args) {
        long slashes = args.stream().filter(arg -> arg.contains("/")).count();
        if (slashes > 0 && slashes != args.size()) {
            throw new CliError("there is no need to specify a resource type as a separate argument when passing"
                    + " arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of"
                    + " 'kubectl get resource resource/<resource_name>'");
        }
        return slashes > 0;
    }

    /** Whether the arguments name objects, not only types. */
    public static boolean haveNames(List<String> args) {
        List<String> spread = spread(args);
        return hasSlashes(spread) || spread.size() > 1;
    }

    private Tuple tuple(String text) {
        if (!faults.isEmpty()) {
            return null;
        }
        String[] parts = text.split("/", -1);
        if (parts.length != 2) {
            faults.add(new CliError("arguments in resource/name form may not have more than one slash"));
            return null;
        }
        if (parts[0].isEmpty() || parts[1].isEmpty() || split(parts[0]).size() != 1) {
            faults.add(new CliError("arguments in resource/name form must have a single resource and name"));
            return null;
        }
        return new Tuple(parts[0], parts[1]);
    }

    private static List<String> split(String argument) {
        return new ArrayList<>(new LinkedHashSet<>(Arrays.asList(argument.split(",", -1))));
    }

    /** Works out what is meant; throws where the request makes no sense. */
    public ResourceResult build() {
        List<Manifests.Source> sources = manifestSources();
        Failures.throwAll(faults);
        if (everything) {
            labels = "";
        }
        if (sources != null) {
            return byFiles(sources);
        }
        if (labels != null || fields != null) {
            return bySelector();
        }
        if (!tuples.isEmpty()) {
            return byTuples();
        }
        if (!names.isEmpty()) {
            return byNames();
        }
        if (!types.isEmpty()) {
            types.forEach(type -> call.mapper().resource(type));
            throw new CliError("resource(s) were provided, but no name was specified");
        }
        throw new CliError("You must provide one or more resources by argument or filename.\n"
                + "Example resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n"
                + "   '<resource> <name>'\n   '<resource>'");
    }

    private List<Manifests.Source> manifestSources() {
        if (files.isEmpty()) {
            return null;
        }
        try {
            return Manifests.sources(call.session(), files);
        } catch (CliError e) {
            faults.add(e);
            return List.of();
        }
    }

    private ResourceResult byFiles(List<Manifests.Source> sources) {
        if (!types.isEmpty()) {
            throw new CliError("when paths, URLs, or stdin is provided as input, you may not specify resource"
                    + " arguments as well");
        }
        if (!names.isEmpty()) {
            throw new CliError("name cannot be provided when a path is specified");
        }
        if (!tuples.isEmpty()) {
            throw new CliError("resource/name arguments cannot be provided when a path is specified");
        }
        LabelSelector selector = null;
        if (labels != null) {
            try {
                selector = LabelSelector.parse(labels);
            } catch (ParseError e) {
                throw new CliError("the provided selector " + Go.quote(labels) + " is not valid: " + e.getMessage());
            }
        }
        boolean single = sources.size() == 1 && sources.get(0).plainFile();
        return result(single, true).files(sources, validate, latest, selector);
    }

    private ResourceResult bySelector() {
        if (!names.isEmpty()) {
            throw new CliError("name cannot be provided when a selector is specified");
        }
        if (!tuples.isEmpty()) {
            throw new CliError("selectors and the all flag cannot be used when passing resource/name arguments");
        }
        if (types.isEmpty()) {
            throw new CliError("at least one resource must be specified to use a selector");
        }
        if (!subresource.isEmpty()) {
            throw new CliError("subresource cannot be used when bulk resources are specified");
        }
        return result(false, false).selectors(mappings(), labels == null ? "" : labels, fields == null ? "" : fields);
    }

    private List<ApiResource> mappings() {
        if (types.size() > 1 && singleType) {
            throw new CliError("you may only specify a single resource type");
        }
        LinkedHashSet<ApiResource> found = new LinkedHashSet<>();
        types.forEach(type -> found.add(call.mapper().resource(type)));
        return new ArrayList<>(found);
    }

    private ResourceResult byTuples() {
        if (!types.isEmpty()) {
            throw new CliError("you may not specify individual resources and bulk resources in the same call");
        }
        List<Info> infos = new ArrayList<>();
        LinkedHashSet<ApiResource> seen = new LinkedHashSet<>();
        List<ApiResource> resources = new ArrayList<>();
        for (Tuple tuple : tuples) {
            ApiResource resource = call.mapper().resource(tuple.type);
            seen.add(resource);
            resources.add(resource);
        }
        if (seen.size() > 1 && singleType) {
            throw new CliError("you may only specify a single resource type");
        }
        for (int i = 0; i < tuples.size(); i++) {
            infos.add(named(resources.get(i), tuples.get(i).name));
        }
        return result(tuples.size() == 1, true).named(infos);
    }

    private ResourceResult byNames() {
        if (types.isEmpty()) {
            throw new CliError("you must provide a resource and a resource name together");
        }
        if (types.size() > 1) {
            throw new CliError("you must specify only one resource");
        }
        ApiResource resource = mappings().get(0);
        List<Info> infos = new ArrayList<>();
        names.forEach(name -> infos.add(named(resource, name)));
        return result(names.size() == 1, true).named(infos);
    }

    private Info named(ApiResource resource, String name) {
        if (!resource.namespaced()) {
            return new Info(resource, "", name, "", subresource, null);
        }
        if (namespace.isEmpty()) {
            throw new CliError(
                    allNamespaces
                            ? "a resource cannot be retrieved by name across all namespaces"
                            : "namespace may not be empty when retrieving a resource by name");
        }
        return new Info(resource, namespace, name, "", subresource, null);
    }

    private ResourceResult result(boolean single, boolean items) {
        return new ResourceResult(
                call,
                new ResourceResult.Rules(
                        namespace, defaultNamespace, requireNamespace, continueOnError, flatten, fetch, local, chunk),
                single,
                items);
    }
}
