package dev.kubejar.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The models of {@code client-java-api}: JSON names, value types, required flags, and which group serves which model. */
final class ApiJar {
    private static final String MODELS = "io/kubernetes/client/openapi/models/";
    private static final String APIS = "io/kubernetes/client/openapi/apis/";
    private static final String KIND = "io/kubernetes/client/common/KubernetesObject";
    private static final String LIST = "io/kubernetes/client/common/KubernetesListObject";
    private static final String SERIALIZED = "Lcom/google/gson/annotations/SerializedName;";
    private static final String PROPERTY = "Lio/swagger/annotations/ApiModelProperty;";
    private static final String MODEL = "Lio/swagger/annotations/ApiModel;";
    private static final Pattern PATH = Pattern.compile("/apis/([^/{]+)/(v[0-9]+)(/.*)?|/(api)/(v1)(/.*)?");

    /** A property of a model; {@code signature} is a JVM generic signature. */
    record Property(String name, String signature, boolean required, String description) {}

    /** A model: {@code name} is the class name without its package. */
    record Model(String name, String description, boolean kind, Map<String, Property> properties) {}

    /** A group and version that the server serves; the group is empty for the core. */
    record GroupVersion(String group, String version) {}

    final Map<String, Model> models = new TreeMap<>();

    /** How often the API class of a group and version mentions a model. */
    final Map<String, Map<GroupVersion, Integer>> mentions = new HashMap<>();

    ApiJar(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
                String path = entry.getName();
                if (!path.endsWith(".class") || path.contains("$")) {
                    continue;
                }
                if (path.startsWith(MODELS)) {
                    readModel(new ClassFile(zip.getInputStream(entry).readAllBytes()));
                } else if (path.startsWith(APIS)) {
                    readApi(new ClassFile(zip.getInputStream(entry).readAllBytes()));
                }
            }
        }
    }

    private void readModel(ClassFile file) {
        Map<String, Property> properties = new LinkedHashMap<>();
        for (ClassFile.Member field : file.fields) {
            Map<String, Object> serialized = field.annotations().get(SERIALIZED);
            if (serialized != null) {
                String name = (String) serialized.get("value");
                Map<String, Object> says = getter(file, field).getOrDefault(PROPERTY, Map.of());
                boolean required = Boolean.TRUE.equals(says.get("required"));
                String description = (String) says.getOrDefault("value", "");
                properties.put(name, new Property(name, field.signature(), required, description));
            }
        }
        String name = file.name.substring(MODELS.length());
        String description =
                (String) file.annotations.getOrDefault(MODEL, Map.of()).getOrDefault("description", "");
        boolean kind = file.interfaces.contains(KIND) || file.interfaces.contains(LIST);
        models.put(name, new Model(name, description, kind, properties));
    }

    private static Map<String, Map<String, Object>> getter(ClassFile file, ClassFile.Member field) {
        String plain = field.name().replaceAll("^[_$]+", "");
        for (ClassFile.Member method : file.methods) {
            if (method.annotations().containsKey(PROPERTY)
                    && method.name().replaceFirst("^get[_$]*", "").equalsIgnoreCase(plain)) {
                return method.annotations();
            }
        }
        return Map.of();
    }

    private void readApi(ClassFile file) {
        GroupVersion served = groupVersion(file.strings);
        if (served != null) {
            for (String mentioned : file.classes) {
                if (mentioned.startsWith(MODELS)) {
                    mentions.computeIfAbsent(mentioned.substring(MODELS.length()), m -> new HashMap<>())
                            .merge(served, 1, Integer::sum);
                }
            }
        }
    }

    private static GroupVersion groupVersion(List<String> strings) {
        for (String string : strings) {
            Matcher path = PATH.matcher(string);
            if (path.matches()) {
                return path.group(4) != null
                        ? new GroupVersion("", "v1")
                        : new GroupVersion(path.group(1), path.group(2));
            }
        }
        return null;
    }
}
