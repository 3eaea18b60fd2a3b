package dev.kubejar.build;

import dev.kubejar.build.ApiJar.GroupVersion;
import dev.kubejar.build.ApiJar.Model;
import dev.kubejar.build.ApiJar.Property;
import dev.kubejar.build.ProtoSources.Field;
import dev.kubejar.build.ProtoSources.Message;
import dev.kubejar.build.ProtoSources.Shape;
import dev.kubejar.build.TypeEntry.FieldEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Joins the models of {@code client-java-api} with the messages of {@code client-java-proto} into one schema. */
final class Join {
    /** A model of a version that servers serve by default: {@code V1Container}, {@code CoreV1Event}. */
    private static final Pattern STABLE = Pattern.compile("([A-Z][a-z]+)?V([0-9]+)([A-Z]\\w*)");

    private static final String META = "k8s.io.apimachinery.pkg.apis.meta.v1.";
    private static final List<String> TYPE_META = List.of("kind", "apiVersion");
    private static final String META_PACKAGE = "io.k8s.apimachinery.pkg.apis.meta.v1";
    private static final String MODEL_SIGNATURE = "Lio/kubernetes/client/openapi/models/";

    private final ApiJar api;
    private final ProtoSources proto;
    private final Supplement supplement;
    private final Map<String, Message> messageOf = new HashMap<>();
    private final Map<String, String> typeOfModel = new TreeMap<>();
    private final Map<String, Model> modelOfType = new TreeMap<>();
    private final Map<String, TypeEntry> types = new TreeMap<>();

    Join(ApiJar api, ProtoSources proto, Supplement supplement) {
        this.api = api;
        this.proto = proto;
        this.supplement = supplement;
    }

    /** The types in order of their names. */
    Map<String, TypeEntry> join() {
        for (Model model : api.models.values()) {
            match(model);
        }
        modelOfType.forEach((name, model) -> types.put(name, structure(name, model)));
        addScalars();
        new Kinds(api, typeOfModel).addTo(types);
        supplement.apply(types);
        return types;
    }

    private void match(Model model) {
        Matcher stable = STABLE.matcher(model.name());
        if (!stable.matches()) {
            return;
        }
        String version = ".v" + stable.group(2) + ".";
        Message best = null;
        for (Message message : proto.messages.values()) {
            if (message.simpleName().equals(stable.group(3))
                    && message.name.contains(version)
                    && (stable.group(1) == null
                            || message.name.contains(
                                    "." + stable.group(1).toLowerCase(java.util.Locale.ROOT) + version))
                    && covers(message, model)
                    && !supplement.unserved(message.packageName())) {
                if (best != null) {
                    throw new IllegalStateException(model.name() + " may be " + best.name + " or " + message.name);
                }
                best = message;
            }
        }
        String type = best != null ? typeName(best.name) : supplement.packageOf(model.name()) + "." + stable.group(3);
        if (type.startsWith(".")) {
            return;
        }
        messageOf.put(type, best);
        typeOfModel.put(model.name(), type);
        modelOfType.put(type, model);
    }

    /** Whether the message, or what it embeds, has most fields of the model; homonyms of other groups do not. */
    private boolean covers(Message message, Model model) {
        Map<String, Promoted> promoted = promoted(message, model, new ArrayList<>());
        return promoted.keySet()
                .containsAll(model.properties().keySet().stream()
                        .filter(name -> !name.equals("kind") && !name.equals("apiVersion"))
                        .map(Join::plain)
                        .toList());
    }

    /** A field of a message, or of one that it embeds. */
    private record Promoted(Field field, String embedded) {}

    private Map<String, Promoted> promoted(Message message, Model model, List<String> path) {
        Map<String, Promoted> all = new LinkedHashMap<>();
        for (Field field : message.fields.values()) {
            Message inner = field.type().startsWith(".")
                    ? proto.messages.get(field.type().substring(1))
                    : null;
            boolean own = model.properties().keySet().stream()
                    .anyMatch(name -> plain(name).equals(plain(field.name())));
            if (!own && inner != null && field.shape() == Shape.SINGLE && path.size() < 3) {
                List<String> deeper = new ArrayList<>(path);
                deeper.add(inner.simpleName());
                promoted(inner, model, deeper).forEach(all::putIfAbsent);
            } else {
                all.putIfAbsent(plain(field.name()), new Promoted(field, String.join(".", path)));
            }
        }
        return all;
    }

    private static String plain(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(java.util.Locale.ROOT);
    }

    private TypeEntry structure(String name, Model model) {
        TypeEntry type = new TypeEntry(name);
        Message message = messageOf.get(name);
        Map<String, Promoted> promoted = message == null ? Map.of() : promoted(message, model, new ArrayList<>());
        List<String> order = new ArrayList<>(promoted.keySet());
        if (!order.contains("kind") && !order.contains("apiversion")) {
            order.addAll(0, List.of("kind", "apiversion"));
        }
        String said = message == null ? "" : message.comment.description();
        type.description = said.isEmpty() || model.description().isEmpty()
                ? said + model.description()
                : Descriptions.join(model.description(), said);
        type.mapType = message == null ? "" : message.comment.marker("structType");
        for (Property property : model.properties().values()) {
            Promoted found = promoted.get(plain(property.name()));
            if (found == null && (message != null || model.kind() && TYPE_META.contains(property.name()))) {
                found = new Promoted(
                        proto.messages.get(META + "TypeMeta").fields.get(property.name()), "TypeMeta");
            }
            FieldEntry field = new FieldEntry(property.name());
            field.required = property.required();
            field.ordinal = order.indexOf(plain(property.name()));
            if (found == null) {
                field.value = value(property.signature());
                field.description = property.description();
            } else {
                field.embedded = found.embedded();
                field.value = value(found.field(), property.signature());
                describe(field, found.field().comment());
                // For a field that is a structure the model repeats the structure's text or says nothing.
                if (!field.value.startsWith("io.k8s.")
                        && !property.description().isEmpty()) {
                    field.description = Descriptions.join(property.description(), field.description);
                }
            }
            type.fields.put(field.name, field);
        }
        number(type);
        return type;
    }

    /** Makes the ordinals dense; fields that no message orders follow in the order of their names. */
    private static void number(TypeEntry type) {
        List<FieldEntry> fields = new ArrayList<>(type.fields.values());
        fields.sort(java.util.Comparator.comparingInt(f -> f.ordinal < 0 ? Integer.MAX_VALUE : f.ordinal));
        for (int i = 0; i < fields.size(); i++) {
            fields.get(i).ordinal = i;
        }
    }

    private static void describe(FieldEntry field, Comment comment) {
        field.description = comment.description();
        field.listType = comment.marker("listType");
        field.mapKeys = comment.markers("listMapKey");
        field.patchStrategy = comment.marker("patchStrategy");
        field.patchMergeKey = comment.marker("patchMergeKey");
        field.mapType = comment.marker("mapType");
        if (field.mapType.isEmpty()) {
            field.mapType = comment.marker("structType");
        }
        field.defaultValue = comment.marker("default");
    }

    private String value(Field field, String signature) {
        String one = scalar(field.type());
        if (one == null) {
            String name = field.type().substring(1);
            Message message = proto.messages.get(name);
            one = modelOfType.containsKey(typeName(name)) || isScalarType(typeName(name)) ? typeName(name) : null;
            if (one == null) {
                one = wrapped(message, signature);
            }
        }
        return switch (field.shape()) {
            case SINGLE -> one;
            case REPEATED -> "[]" + one;
            case MAP -> "map[string]" + one;
        };
    }

    /** Protocol buffers need a message where Go has a slice inside a slice or a map; OpenAPI has the slice. */
    private String wrapped(Message message, String signature) {
        Field items = message.fields.get("items");
        if (items != null && message.fields.size() == 1) {
            return "[]" + scalar(items.type());
        }
        String value = value(signature);
        return value.startsWith("[]") ? value.substring(2) : value;
    }

    private static String scalar(String type) {
        return switch (type) {
            case "string" -> "string";
            case "bool" -> "boolean";
            case "int32" -> "integer(int32)";
            case "int64" -> "integer(int64)";
            case "double" -> "number(double)";
            case "bytes" -> "string(byte)";
            default -> {
                if (!type.startsWith(".")) {
                    throw new IllegalStateException("unknown scalar " + type);
                }
                yield null;
            }
        };
    }

    private String value(String signature) {
        if (signature.startsWith("Ljava/util/List<")) {
            return "[]" + value(signature.substring("Ljava/util/List<".length(), signature.length() - 2));
        }
        if (signature.startsWith("Ljava/util/Map<Ljava/lang/String;")) {
            String inner = signature.substring("Ljava/util/Map<Ljava/lang/String;".length(), signature.length() - 2);
            return "map[string]" + value(inner);
        }
        if (signature.startsWith(MODEL_SIGNATURE)) {
            return typeOfModel.get(signature.substring(MODEL_SIGNATURE.length(), signature.length() - 1));
        }
        return switch (signature) {
            case "Ljava/lang/String;" -> "string";
            case "Ljava/lang/Boolean;" -> "boolean";
            case "Ljava/lang/Integer;" -> "integer(int32)";
            case "Ljava/lang/Long;" -> "integer(int64)";
            case "Ljava/lang/Double;" -> "number(double)";
            case "[B" -> "string(byte)";
            case "Ljava/time/OffsetDateTime;" -> "io.k8s.apimachinery.pkg.apis.meta.v1.Time";
            case "Lio/kubernetes/client/custom/IntOrString;" -> "io.k8s.apimachinery.pkg.util.intstr.IntOrString";
            case "Lio/kubernetes/client/custom/Quantity;" -> "io.k8s.apimachinery.pkg.api.resource.Quantity";
            case "Ljava/lang/Object;" -> "object";
            default -> throw new IllegalStateException("unknown signature " + signature);
        };
    }

    private static boolean isScalarType(String type) {
        return Supplement.SCALARS.containsKey(type);
    }

    private void addScalars() {
        Supplement.SCALARS.forEach((name, value) -> {
            TypeEntry type = new TypeEntry(name);
            type.value = value;
            Message message = proto.messages.get(messageName(name));
            type.description = message == null ? "" : message.comment.description();
            types.put(name, type);
        });
    }

    /** {@code k8s.io.api.core.v1.Container -> io.k8s.api.core.v1.Container}. */
    private static String typeName(String message) {
        return "io.k8s." + message.substring("k8s.io.".length()).replace('_', '-');
    }

    private static String messageName(String type) {
        return "k8s.io." + type.substring("io.k8s.".length()).replace('-', '_');
    }

    /** Puts the group, version and kind to the types that are kinds. */
    private record Kinds(ApiJar api, Map<String, String> typeOfModel) {
        void addTo(Map<String, TypeEntry> types) {
            Map<String, Map<GroupVersion, Integer>> votes = new TreeMap<>();
            for (Model model : api.models.values()) {
                String type = typeOfModel.get(model.name());
                if (type != null && model.kind()) {
                    Map<GroupVersion, Integer> mine =
                            votes.computeIfAbsent(type.substring(0, type.lastIndexOf('.')), p -> new HashMap<>());
                    api.mentions
                            .getOrDefault(model.name(), Map.of())
                            .forEach((gv, n) -> mine.merge(gv, n, Integer::sum));
                }
            }
            for (Model model : api.models.values()) {
                String name = typeOfModel.get(model.name());
                if (name != null && isKind(types.get(name))) {
                    addTo(types.get(name), model, votes);
                }
            }
        }

        private static boolean isKind(TypeEntry type) {
            FieldEntry kind = type.fields.get("kind");
            return kind != null && type.fields.containsKey("apiVersion") && kind.embedded.equals("TypeMeta");
        }

        private static void addTo(TypeEntry type, Model model, Map<String, Map<GroupVersion, Integer>> votes) {
            String home = type.name.substring(0, type.name.lastIndexOf('.'));
            GroupVersion most = votes.getOrDefault(home, Map.of()).entrySet().stream()
                    .max(Map.Entry.<GroupVersion, Integer>comparingByValue()
                            .thenComparing(e -> e.getKey().group()))
                    .map(Map.Entry::getKey)
                    .orElse(null);
            String key = home.substring(home.lastIndexOf('.') + 1)
                    + type.name.substring(type.name.lastIndexOf('.')).replace('.', '/');
            if (META_PACKAGE.equals(home)) {
                type.kinds.add(key);
            } else if (model.kind() && most != null) {
                type.kinds.add((most.group().isEmpty() ? "" : most.group() + "/") + key);
            }
        }
    }
}
