package dev.kubejar.cli.kuberc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.Failures;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Go;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.Kuberc;
import dev.kubejar.cli.Trees;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.object.ParseError;
import dev.kubejar.object.Yaml;
import java.util.ArrayList;
import java.util.List;

/** {@code kubectl kuberc set}. */
public final class KubercSet implements Command {
    private static final String DEFAULTS = "defaults";
    private static final String ALIASES = "aliases";
    private static final String PLUGIN = "credentialplugin";

    private Flags flags;

    @Override
    public void flags(Flags declared) {
        declared.array("allowlist-entry")
                .array("appendarg")
                .string("command", "")
                .string("kuberc", "")
                .string("name", "")
                .array("option")
                .bool("overwrite", false)
                .string("policy", "")
                .array("prependarg")
                .string("section", "")
                .require("section");
    }

    /** Where the kuberc lies; refuses where it is switched off. */
    static Kuberc.Place place(Invocation call) {
        Kuberc.Place place = Kuberc.place(call.session(), call.flags().text("kuberc"));
        if (place == null) {
            throw new CliError("KUBERC is disabled via KUBERC=off environment variable");
        }
        return place;
    }

    static JsonNode parsed(String text) {
        try {
            return Yaml.read(text);
        } catch (ParseError e) {
            throw KubercView.unreadable(e);
        }
    }

    static JsonNode sorted(JsonNode node) {
        return Trees.sorted(node);
    }

    @Override
    public int run(Invocation call) {
        flags = call.flags();
        Kuberc.Place place = place(call);
        String section = flags.text("section");
        validate(section);
        Obj preference = loaded(call, place);
        List<Obj> options = options();
        switch (section) {
            case DEFAULTS -> defaults(preference, options);
            case ALIASES -> alias(preference, options);
            default -> plugins(preference);
        }
        for (String list : List.of(DEFAULTS, ALIASES)) {
            if (!preference.at(list).isArray()) {
                preference.node().putNull(list);
            }
        }
        Kuberc.save(call.session(), place, Yaml.write(sorted(preference.node())));
        return 0;
    }

    private void validate(String section) {
        if (!List.of(DEFAULTS, ALIASES, PLUGIN).contains(section)) {
            throw new CliError("--section must be \"defaults\", \"aliases\", or \"credentialplugin\", got: " + section);
        }
        if (section.equals(ALIASES) && flags.text("name").isEmpty()) {
            throw new CliError("--name is required when --section=aliases");
        }
        if (section.equals(DEFAULTS) && !flags.text("name").isEmpty()) {
            throw new CliError("--name should not be specified when --section=defaults");
        }
        if (section.equals(DEFAULTS)
                && !(flags.list("prependarg").isEmpty()
                        && flags.list("appendarg").isEmpty())) {
            throw new CliError("--prependarg and --appendarg are only valid for --section=aliases");
        }
        if (!section.equals(PLUGIN) && flags.text("command").isEmpty()) {
            throw new CliError("--command is required when --section=aliases or --section=defaults");
        }
        if (section.equals(PLUGIN)) {
            validatePolicy(flags.text("policy"), flags.list("allowlist-entry").isEmpty());
        }
    }

    private static void validatePolicy(String policy, boolean noEntries) {
        switch (policy) {
            case "" -> throw new CliError("--policy is required when --section=credentialplugin");
            case "AllowAll", "DenyAll" -> {
                if (!noEntries) {
                    throw new CliError("--allowlist-entry may only be used when --section=credentialplugin and"
                            + " --policy=Allowlist");
                }
            }
            case "Allowlist" -> {
                if (noEntries) {
                    throw new CliError("--allowlist-entry is required when --section=credentialplugin and"
                            + " --policy=Allowlist");
                }
            }
            default ->
                throw new CliError(" --policy must be  \"AllowAll\", \"DenyAll\", or \"Allowlist\", got: " + policy);
        }
    }

    private static Obj loaded(Invocation call, Kuberc.Place place) {
        String text = Kuberc.text(call.session(), place);
        if (text == null || text.isEmpty()) {
            return Obj.create(Kuberc.VERSION, "Preference");
        }
        if (parsed(text) instanceof ObjectNode node) {
            return Obj.of(node);
        }
        throw new CliError("error parsing kuberc file: error unmarshaling JSON: while decoding JSON: json: cannot"
                + " unmarshal string into Go value of type v1beta1.Preference");
    }

    private List<Obj> options() {
        List<Obj> options = new ArrayList<>();
        for (String each : flags.list("option")) {
            int equals = each.indexOf('=');
            if (equals < 0) {
                throw new CliError("invalid option format " + Go.quote(each) + ", expected flag=value");
            }
            int name = 0;
            while (each.charAt(name) == '-') {
                name++;
            }
            options.add(
                    Obj.create().set("name", each.substring(name, equals)).set("default", each.substring(equals + 1)));
        }
        return options;
    }

    private void defaults(Obj preference, List<Obj> options) {
        String command = flags.text("command");
        List<Obj> all = new ArrayList<>(preference.list(DEFAULTS));
        int at = index(all, "command", command);
        if (at >= 0 && !flags.on("overwrite")) {
            throw new CliError(
                    "defaults for command " + Go.quote(command) + " already exist, use --overwrite to replace");
        }
        Obj entry = Obj.create().set("command", command);
        if (at >= 0 && options.isEmpty()) {
            entry = all.get(at);
        } else if (options.isEmpty()) {
            entry.node().putNull("options");
        } else {
            entry.set("options", options);
        }
        put(all, at, entry);
        preference.set(DEFAULTS, all);
    }

    private void alias(Obj preference, List<Obj> options) {
        String name = flags.text("name");
        List<Obj> all = new ArrayList<>(preference.list(ALIASES));
        int at = index(all, "name", name);
        if (at >= 0 && !flags.on("overwrite")) {
            throw new CliError("alias " + Go.quote(name) + " already exists, use --overwrite to replace");
        }
        Obj before = at >= 0 ? all.get(at) : Obj.create();
        Obj entry = Obj.create().set("name", name).set("command", flags.text("command"));
        texts(entry, "prependArgs", flags.list("prependarg"), before);
        texts(entry, "appendArgs", flags.list("appendarg"), before);
        List<Obj> chosen = options.isEmpty() ? before.list("options") : options;
        if (!chosen.isEmpty()) {
            entry.set("options", chosen);
        }
        put(all, at, entry);
        preference.set(ALIASES, all);
    }

    private static void texts(Obj entry, String field, List<String> given, Obj before) {
        List<String> chosen = given.isEmpty() ? before.texts(field) : given;
        if (!chosen.isEmpty()) {
            entry.setTexts(field, chosen);
        }
    }

    private static int index(List<Obj> entries, String field, String value) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).text(field).equals(value)) {
                return i;
            }
        }
        return -1;
    }

    private static void put(List<Obj> all, int at, Obj entry) {
        if (at < 0) {
            all.add(entry);
        } else {
            all.set(at, entry);
        }
    }

    private void plugins(Obj preference) {
        if (flags.text("policy").equals("Allowlist")) {
            ArrayNode entries = Json.array();
            List<RuntimeException> faults = new ArrayList<>();
            for (String pairs : flags.list("allowlist-entry")) {
                for (String pair : pairs.split(",", -1)) {
                    try {
                        entries.addObject().put("command", command(pair));
                    } catch (CliError e) {
                        faults.add(e);
                    }
                }
            }
            Failures.throwAll(faults);
            preference.node().set("credentialPluginAllowlist", entries);
        }
        preference.set("credentialPluginPolicy", flags.text("policy"));
    }

    private static String command(String pair) {
        int equals = pair.indexOf('=');
        if (equals < 0) {
            throw new CliError("improperly formatted allowlist entry: " + Go.quote(pair));
        }
        String field = pair.substring(0, equals);
        String value = pair.substring(equals + 1);
        if (field.equals("name")) {
            throw new CliError("allowlist entry field \"name\" is deprecated, use \"command\" instead");
        }
        if (!field.equals("command")) {
            throw new CliError("unrecognized allowlist entry field: " + Go.quote(field));
        }
        if (value.isBlank()) {
            throw new CliError("empty value in allowlist entry for field " + Go.quote(field));
        }
        return value;
    }
}
