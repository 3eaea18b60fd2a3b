package dev.kubejar.cli.kustomize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.cli.Go;
import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** A kustomization file, checked for fields that do not exist. */
final class Kustomization {
    private static final List<String> NAMES = List.of("kustomization.yaml", "kustomization.yml", "Kustomization");

    private static final String GENERATOR = "namespace,name,behavior,literals,files,envs,env,options,type";
    private static final String PATCH = "path,patch,target,options";
    private static final String IMAGE = "name,newName,tagSuffix,newTag,digest";

    /** Fields of the file, with the Go type of each. */
    private static final Map<String, String> FIELDS = Map.ofEntries(
            Map.entry("apiVersion", "string"),
            Map.entry("kind", "string"),
            Map.entry("metadata", "types.ObjectMeta"),
            Map.entry("openapi", "map[string]string"),
            Map.entry("namePrefix", "string"),
            Map.entry("nameSuffix", "string"),
            Map.entry("namespace", "string"),
            Map.entry("commonLabels", "map[string]string"),
            Map.entry("labels", "[]types.Label"),
            Map.entry("commonAnnotations", "map[string]string"),
            Map.entry("patchesStrategicMerge", "[]types.PatchStrategicMerge"),
            Map.entry("patchesJson6902", "[]types.Patch"),
            Map.entry("patches", "[]types.Patch"),
            Map.entry("images", "[]types.Image"),
            Map.entry("imageTags", "[]types.Image"),
            Map.entry("replacements", "[]types.ReplacementField"),
            Map.entry("replicas", "[]types.Replica"),
            Map.entry("vars", "[]types.Var"),
            Map.entry("sortOptions", "types.SortOptions"),
            Map.entry("resources", "[]string"),
            Map.entry("components", "[]string"),
            Map.entry("crds", "[]string"),
            Map.entry("bases", "[]string"),
            Map.entry("configMapGenerator", "[]types.ConfigMapArgs"),
            Map.entry("secretGenerator", "[]types.SecretArgs"),
            Map.entry("helmGlobals", "types.HelmGlobals"),
            Map.entry("helmCharts", "[]types.HelmChart"),
            Map.entry("helmChartInflationGenerator", "[]types.HelmChartArgs"),
            Map.entry("generatorOptions", "types.GeneratorOptions"),
            Map.entry("configurations", "[]string"),
            Map.entry("generators", "[]string"),
            Map.entry("transformers", "[]string"),
            Map.entry("validators", "[]string"),
            Map.entry("buildMetadata", "[]string"));

    private static final Map<String, String> INNER = Map.of(
            "configMapGenerator", GENERATOR,
            "secretGenerator", GENERATOR,
            "patches", PATCH,
            "patchesJson6902", PATCH,
            "images", IMAGE,
            "imageTags", IMAGE,
            "replicas", "name,count",
            "labels", "pairs,includeSelectors,includeTemplates,fields",
            "generatorOptions", "labels,annotations,disableNameSuffixHash,immutable",
            "replacements", "source,targets,sourceValue,path");

    private final Obj fields;

    private Kustomization(Obj fields) {
        this.fields = fields;
    }

    /** Reads the one file of a folder; warnings about fields of old go to {@code warn}. */
    static Kustomization load(Root root, Consumer<String> warn) {
        List<String> found = NAMES.stream().filter(root::has).toList();
        if (found.isEmpty()) {
            throw new KustomizeError("unable to find one of 'kustomization.yaml', 'kustomization.yml' or"
                    + " 'Kustomization' in directory '" + root.folder() + "'");
        }
        if (found.size() > 1) {
            throw new KustomizeError("Found multiple kustomization files under: " + root.folder() + "\n");
        }
        Kustomization file = new Kustomization(parse(root.read(found.get(0))));
        file.deprecations(warn);
        if (file.empty()) {
            throw new KustomizeError("kustomization.yaml is empty");
        }
        file.enforce(root);
        return file;
    }

    private static Obj parse(byte[] text) {
        List<JsonNode> documents;
        try {
            documents = Texts.documents(text);
        } catch (KustomizeError e) {
            throw new KustomizeError("invalid Kustomization: " + e.getMessage().replace("MalformedYAMLError: ", ""));
        }
        if (documents.isEmpty() || documents.get(0).isNull()) {
            return Obj.create();
        }
        if (!(documents.get(0) instanceof ObjectNode node)) {
            throw new KustomizeError("invalid Kustomization: json: cannot unmarshal " + typeOf(documents.get(0))
                    + " into Go value of type types.Kustomization");
        }
        Obj checked = Obj.create();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String name = name(field.getKey());
            if (name == null) {
                throw unknown(field.getKey());
            }
            check(name, field.getValue());
            if (!field.getValue().isNull()) {
                checked.node().set(name, field.getValue());
            }
        }
        return checked;
    }

    /** Go takes a field's name in any case. */
    private static String name(String given) {
        if (FIELDS.containsKey(given)) {
            return given;
        }
        String lower = given.toLowerCase(Locale.ROOT);
        return FIELDS.keySet().stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).equals(lower))
                .findFirst()
                .orElse(null);
    }

    private static KustomizeError unknown(String field) {
        return new KustomizeError("invalid Kustomization: json: unknown field " + Go.quote(field));
    }

    private static void check(String name, JsonNode value) {
        String type = FIELDS.get(name);
        boolean fits = value.isNull()
                || (type.startsWith("[]")
                        ? value.isArray()
                        : type.equals("string") ? value.isTextual() : value.isObject());
        if (!fits) {
            throw mismatch(name, value, type);
        }
        boolean texts = type.equals("[]string");
        for (JsonNode item : value.isArray() ? value : List.<JsonNode>of()) {
            if (texts && !item.isTextual()) {
                throw mismatch(name, item, "string");
            }
            inner(name, item);
        }
        if (value.isObject()) {
            inner(name, value);
        }
    }

    private static void inner(String name, JsonNode item) {
        String allowed = INNER.get(name);
        if (allowed != null && item.isObject()) {
            List<String> names = List.of(allowed.toLowerCase(Locale.ROOT).split(","));
            item.fieldNames().forEachRemaining(field -> {
                if (!names.contains(field.toLowerCase(Locale.ROOT))) {
                    throw unknown(field);
                }
            });
        }
    }

    private static KustomizeError mismatch(String name, JsonNode value, String type) {
        return new KustomizeError("invalid Kustomization: json: cannot unmarshal " + typeOf(value)
                + " into Go struct field Kustomization." + name + " of type " + type);
    }

    private static String typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "array";
            case STRING -> "string";
            case NUMBER -> "number";
            case BOOLEAN -> "bool";
            default -> "object";
        };
    }

    private void deprecations(Consumer<String> warn) {
        String fix = " Run 'kustomize edit fix' to update your Kustomization automatically.";
        deprecated(warn, "bases", "resources", fix);
        deprecated(warn, "commonLabels", "labels", fix);
        deprecated(warn, "imageTags", "images", fix);
        deprecated(warn, "patchesJson6902", "patches", fix);
        deprecated(warn, "patchesStrategicMerge", "patches", fix);
        deprecated(warn, "vars", "replacements", " [EXPERIMENTAL]" + fix);
    }

    private void deprecated(Consumer<String> warn, String field, String instead, String fix) {
        if (fields.has(field)) {
            warn.accept("# Warning: '" + field + "' is deprecated. Please use '" + instead + "' instead." + fix);
        }
    }

    private boolean empty() {
        for (Map.Entry<String, JsonNode> field : fields.node().properties()) {
            boolean type = field.getKey().equals("kind") || field.getKey().equals("apiVersion");
            boolean nothing =
                    field.getValue().isTextual() && field.getValue().asText().isEmpty();
            if (!type && !nothing) {
                return false;
            }
        }
        return true;
    }

    boolean component() {
        return fields.text("kind").equals("Component");
    }

    String kind() {
        return fields.text("kind").isEmpty() ? "Kustomization" : fields.text("kind");
    }

    private void enforce(Root root) {
        List<String> faults = new ArrayList<>();
        if (!kind().equals("Kustomization") && !component()) {
            faults.add("kind should be Kustomization or Component");
        }
        String version = "kustomize.config.k8s.io/" + (component() ? "v1alpha1" : "v1beta1");
        if (fields.has("apiVersion") && !fields.text("apiVersion").equals(version)) {
            faults.add("apiVersion for " + kind() + " should be " + version);
        }
        if (!faults.isEmpty()) {
            throw new KustomizeError(
                    "Failed to read kustomization file under " + root.folder() + ":\n" + String.join("\n", faults));
        }
    }

    Obj fields() {
        return fields;
    }

    String text(String field) {
        return fields.text(field);
    }

    List<Obj> list(String field) {
        return fields.list(field);
    }

    List<String> resources() {
        List<String> all = new ArrayList<>(fields.texts("resources"));
        all.addAll(fields.texts("bases"));
        return all;
    }

    List<Obj> images() {
        List<Obj> all = new ArrayList<>(fields.list("images"));
        all.addAll(fields.list("imageTags"));
        return all;
    }
}
