package dev.kubejar.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.client.Resources;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.FieldSchema;
import dev.kubejar.schema.FieldType;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.KindCatalog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The built-in kinds and those that the stored CustomResourceDefinitions make, each made when it is first asked for. */
final class CustomKinds implements KindCatalog {
    private final KindCatalog builtIn;
    private final Registry registry;
    private final Map<String, Kind> made = new HashMap<>();
    private final Map<Kind, FieldType> types = new HashMap<>();

    CustomKinds(KindCatalog builtIn, Registry registry) {
        this.builtIn = builtIn;
        this.registry = registry;
    }

    @Override
    public Optional<Kind> byResource(GroupVersionResource resource) {
        return byResource(resource, true);
    }

    @Override
    public Optional<Kind> stored(GroupVersionResource storage) {
        return byResource(storage, false);
    }

    private Optional<Kind> byResource(GroupVersionResource resource, boolean served) {
        Optional<Kind> known = builtIn.byResource(resource);
        if (known.isPresent() || resource.group().indexOf('.') < 0) {
            return known;
        }
        Obj definition = registry.find(definitions(), "", resource.groupResource());
        return definition == null || !established(definition)
                ? Optional.empty()
                : Optional.ofNullable(kind(definition, resource.version(), served));
    }

    @Override
    public Optional<Kind> byKind(String apiVersion, String kind) {
        Optional<Kind> known = builtIn.byKind(apiVersion, kind);
        int slash = apiVersion.indexOf('/');
        if (known.isPresent() || slash < 0) {
            return known;
        }
        String group = apiVersion.substring(0, slash);
        for (Obj definition : stored()) {
            if (definition.text("spec.group").equals(group)
                    && definition.text("spec.names.kind").equals(kind)
                    && established(definition)) {
                return Optional.ofNullable(kind(definition, apiVersion.substring(slash + 1), true));
            }
        }
        return Optional.empty();
    }

    @Override
    public List<Kind> all() {
        List<Kind> all = new ArrayList<>(builtIn.all());
        all.addAll(custom());
        return all;
    }

    /** The kinds that definitions have made, by definition and version. */
    List<Kind> custom() {
        List<Kind> all = new ArrayList<>();
        for (Obj definition : stored()) {
            if (established(definition)) {
                for (Obj version : definition.list("spec.versions")) {
                    Kind kind = kind(definition, version.text("name"), true);
                    if (kind != null) {
                        all.add(kind);
                    }
                }
            }
        }
        return all;
    }

    @Override
    public FieldType type(Kind kind) {
        return kind.custom() ? types.get(kind) : FieldSchema.forKind(kind.groupVersion(), kind.kind());
    }

    private Kind definitions() {
        return builtIn.byResource(Resources.CUSTOMRESOURCEDEFINITIONS).orElseThrow();
    }

    private List<Obj> stored() {
        String prefix = Registry.prefix(Resources.CUSTOMRESOURCEDEFINITIONS);
        return registry.objects(registry.space().range(prefix, "", 0));
    }

    private static boolean established(Obj definition) {
        for (Obj condition : definition.list("status.conditions")) {
            if (condition.text("type").equals("Established")) {
                return condition.text("status").equals("True");
            }
        }
        return false;
    }

    private Kind kind(Obj definition, String version, boolean served) {
        String key = definition.uid() + "/" + definition.resourceVersion() + "/" + version;
        for (Obj each : definition.list("spec.versions")) {
            if (each.text("name").equals(version) && (each.bool("served") || !served)) {
                Kind known = made.get(key);
                if (known != null) {
                    return known;
                }
                JsonNode schema = each.at("schema.openAPIV3Schema");
                FieldType type = FieldSchema.fromOpenApi(
                        schema.isMissingNode() ? Obj.create().node() : schema);
                Kind kind = CustomKind.of(definition, each, type, builtIn.description());
                types.put(kind, type);
                made.put(key, kind);
                return kind;
            }
        }
        return null;
    }
}
