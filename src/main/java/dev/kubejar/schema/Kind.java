package dev.kubejar.schema;

import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What a kind is in one served version: its names, defaults, rules, columns and description. The API pipeline, the
 * printers and discovery know kinds through this alone.
 */
public final class Kind {
    /** Checks an object on its way in; {@code before} is null on creation. */
    @FunctionalInterface
    public interface Rule {
        void check(Obj now, Obj before, Problems problems);
    }

    /** Writes an object's description. */
    @FunctionalInterface
    public interface Description {
        void write(Obj object, Describe out, Related related);
    }

    /** The fields a scale subresource stands for. */
    public record Scale(String replicas, String statusReplicas, String selector) {}

    /** The verbs of an ordinary resource. */
    public static final Set<String> ALL_VERBS =
            Set.copyOf(List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"));

    private final GroupVersionResource resource;
    private final String kind;
    private final Builder b;

    private Kind(Builder b) {
        this.resource = GroupVersionResource.of(b.groupVersion, b.plural);
        this.kind = b.kind;
        this.b = b;
    }

    public GroupVersionResource resource() {
        return resource;
    }

    public String group() {
        return resource.group();
    }

    public String version() {
        return resource.version();
    }

    public String groupVersion() {
        return resource.groupVersion();
    }

    public String kind() {
        return kind;
    }

    public String plural() {
        return resource.resource();
    }

    public String singular() {
        return b.singular;
    }

    public List<String> shortNames() {
        return b.shortNames;
    }

    public List<String> categories() {
        return b.categories;
    }

    public boolean namespaced() {
        return b.namespaced;
    }

    public Set<String> verbs() {
        return b.verbs;
    }

    public List<Column> columns() {
        return b.columns;
    }

    /** Whether status is a subresource: then it is dropped on creation and kept on update. */
    public boolean hasStatus() {
        return b.status;
    }

    /** Null where the kind cannot be scaled. */
    public Scale scale() {
        return b.scale;
    }

    /** Further subresources by name, with their verbs: {@code binding} → {@code [create]}. */
    public Map<String, Set<String>> subresources() {
        return b.subresources;
    }

    /** Whether metadata.generation counts the changes of everything but metadata and status. */
    public boolean generation() {
        return b.generation;
    }

    /** Sets the server's defaults on a decoded object: Go's SetDefaults and what the registry's strategy fills in. */
    public Consumer<Obj> defaults() {
        return b.defaults;
    }

    /** What defaulting does to a stored object when it is read back. */
    public Consumer<Obj> readBack() {
        return b.readBack;
    }

    /** What the registry's strategy clears or sets before a creation. */
    public Consumer<Obj> prepareCreate() {
        return b.prepareCreate;
    }

    /** What the registry's strategy does before an update: (new, old). */
    public BiConsumer<Obj, Obj> prepareUpdate() {
        return b.prepareUpdate;
    }

    public List<Rule> rules() {
        return b.rules;
    }

    /** Rules of an update through the status subresource. */
    public List<Rule> statusRules() {
        return b.statusRules;
    }

    /** Rules of an update through a subresource (empty: of the object itself). */
    public List<Rule> rulesOf(String subresource) {
        if (subresource.equals("status")) {
            return b.statusRules;
        }
        return b.partRules.getOrDefault(subresource, b.rules);
    }

    /** Says what is wrong with a name: null where it is right. */
    public Function<String, List<String>> nameRule() {
        return b.nameRule;
    }

    /** The field labels a field selector may use beside metadata.name and metadata.namespace, with their values. */
    public Map<String, Function<Obj, String>> selectableFields() {
        return b.fields;
    }

    /** Null: the generic description. */
    public Description description() {
        return b.description;
    }

    /** What the store's indexes know an object by, beside namespace, labels and owners: {@code node/worker-1}. */
    public Function<Obj, List<String>> indexes() {
        return b.indexes;
    }

    /** The storage's group, version and resource where this version is another view of it; itself otherwise. */
    public GroupVersionResource storage() {
        return b.storage == null ? resource : b.storage;
    }

    /** Turns a stored object into this version. */
    public Function<Obj, Obj> fromStorage() {
        return b.fromStorage;
    }

    /** Turns an object of this version into the stored one. */
    public Function<Obj, Obj> toStorage() {
        return b.toStorage;
    }

    /** Text of the Warning that any use of this version brings; empty for none. */
    public String deprecation() {
        return b.deprecation;
    }

    /** Whether update may create the object when it is absent. */
    public boolean createOnUpdate() {
        return b.createOnUpdate;
    }

    /** Whether an update without resourceVersion is accepted. */
    public boolean unconditionalUpdate() {
        return b.unconditionalUpdate;
    }

    /** Whether the kind comes from a CustomResourceDefinition. */
    public boolean custom() {
        return b.custom;
    }

    @Override
    public String toString() {
        return groupVersion() + " " + kind;
    }

    /** Starts a kind: {@code kind("apps/v1", "Deployment").names("deployments", "deployment", "deploy")}. */
    public static Builder kind(String groupVersion, String kind) {
        return new Builder(groupVersion, kind);
    }

    /** Gathers a kind's parts; every method returns this. */
    public static final class Builder {
        private final String groupVersion;
        private final String kind;
        private String plural;
        private String singular;
        private List<String> shortNames = List.of();
        private List<String> categories = List.of();
        private boolean namespaced;
        private Set<String> verbs = ALL_VERBS;
        private final List<Column> columns = new ArrayList<>();
        private boolean status;
        private Scale scale;
        private final Map<String, Set<String>> subresources = new TreeMap<>();
        private boolean generation;
        private Consumer<Obj> defaults = object -> {};
        private Consumer<Obj> prepareCreate = object -> {};
        private Consumer<Obj> readBack = object -> {};
        private BiConsumer<Obj, Obj> prepareUpdate = (now, before) -> {};
        private final List<Rule> rules = new ArrayList<>();
        private final List<Rule> statusRules = new ArrayList<>();
        private final Map<String, List<Rule>> partRules = new HashMap<>();
        private Function<String, List<String>> nameRule;
        private final Map<String, Function<Obj, String>> fields = new LinkedHashMap<>();
        private Description description;
        private Function<Obj, List<String>> indexes = object -> List.of();
        private GroupVersionResource storage;
        private Function<Obj, Obj> fromStorage = Function.identity();
        private Function<Obj, Obj> toStorage = Function.identity();
        private String deprecation = "";
        private boolean createOnUpdate;
        private boolean unconditionalUpdate = true;
        private boolean custom;

        private Builder(String groupVersion, String kind) {
            this.groupVersion = groupVersion;
            this.kind = kind;
        }

        public Builder names(String plural, String singular, String... shortNames) {
            this.plural = plural;
            this.singular = singular;
            this.shortNames = List.of(shortNames);
            return this;
        }

        public Builder categories(String... categories) {
            this.categories = List.of(categories);
            return this;
        }

        public Builder namespaced() {
            namespaced = true;
            return this;
        }

        public Builder namespaced(boolean value) {
            namespaced = value;
            return this;
        }

        public Builder verbs(String... verbs) {
            this.verbs = new LinkedHashSet<>(List.of(verbs));
            return this;
        }

        /** A column that is always shown. */
        public Builder column(String name, Function<Obj, Object> cell) {
            return column(name, "string", 0, (object, now) -> cell.apply(object));
        }

        /** A column that {@code -o wide} shows. */
        public Builder wide(String name, Function<Obj, Object> cell) {
            return column(name, "string", 1, (object, now) -> cell.apply(object));
        }

        public Builder column(String name, String type, int priority, Column.Cell cell) {
            columns.add(new Column(name, type, name.equals("Name") ? "name" : "", priority, "", cell));
            return this;
        }

        public Builder column(Column column) {
            columns.add(column);
            return this;
        }

        /** The column with the object's name. */
        public Builder nameColumn() {
            return column("Name", Obj::name);
        }

        /** The column with the time since the object's creation. */
        public Builder ageColumn() {
            return column(
                    "Age",
                    "string",
                    0,
                    (object, now) -> dev.kubejar.object.Times.since(object.time("metadata.creationTimestamp"), now));
        }

        public Builder status() {
            status = true;
            return this;
        }

        public Builder scale(String replicas, String statusReplicas, String selector) {
            scale = new Scale(replicas, statusReplicas, selector);
            return this;
        }

        public Builder subresource(String name, String... verbs) {
            subresources.put(name, new TreeSet<>(List.of(verbs)));
            return this;
        }

        public Builder generation() {
            generation = true;
            return this;
        }

        public Builder defaults(Consumer<Obj> value) {
            defaults = value;
            return this;
        }

        public Builder readBack(Consumer<Obj> value) {
            readBack = value;
            return this;
        }

        public Builder prepareCreate(Consumer<Obj> value) {
            prepareCreate = value;
            return this;
        }

        public Builder prepareUpdate(BiConsumer<Obj, Obj> value) {
            prepareUpdate = value;
            return this;
        }

        public Builder rule(Rule rule) {
            rules.add(rule);
            return this;
        }

        public Builder statusRule(Rule rule) {
            statusRules.add(rule);
            return this;
        }

        /** The one rule of an update through a subresource, in place of the object's own. */
        public Builder partRule(String subresource, Rule rule) {
            partRules.put(subresource, List.of(rule));
            return this;
        }

        public Builder nameRule(Function<String, List<String>> value) {
            nameRule = value;
            return this;
        }

        public Builder field(String label, Function<Obj, String> value) {
            fields.put(label, value);
            return this;
        }

        public Builder describe(Description value) {
            description = value;
            return this;
        }

        public Builder indexes(Function<Obj, List<String>> value) {
            indexes = value;
            return this;
        }

        public Builder storedAs(
                GroupVersionResource value, Function<Obj, Obj> fromStorage, Function<Obj, Obj> toStorage) {
            storage = value;
            this.fromStorage = fromStorage;
            this.toStorage = toStorage;
            return this;
        }

        public Builder deprecated(String warning) {
            deprecation = warning;
            return this;
        }

        public Builder createOnUpdate() {
            createOnUpdate = true;
            return this;
        }

        public Builder conditionalUpdateOnly() {
            unconditionalUpdate = false;
            return this;
        }

        public Builder custom() {
            custom = true;
            return this;
        }

        public Kind build() {
            if (columns.isEmpty()) {
                nameColumn();
                ageColumn();
            }
            return new Kind(this);
        }
    }
}
