package dev.kubejar.cli.kuberc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.Kuberc;
import dev.kubejar.cli.Lines;
import dev.kubejar.cli.PrintFlags;
import dev.kubejar.object.Obj;
import dev.kubejar.object.ParseError;
import dev.kubejar.object.Yaml;
import java.util.List;

/** {@code kubectl kuberc view}. */
public final class KubercView implements Command {
    @Override
    public void flags(Flags flags) {
        PrintFlags.declare(flags, "yaml");
        flags.string("kuberc", "");
    }

    @Override
    public int run(Invocation call) {
        Kuberc.Place place = KubercSet.place(call);
        String text = Kuberc.text(call.session(), place);
        if (text == null) {
            if (place.explicit()) {
                throw new CliError("kuberc file not found at " + place.path());
            }
            offer(call, place);
            return 0;
        }
        Obj preference = Obj.create();
        if (KubercSet.parsed(text) instanceof ObjectNode found) {
            Obj file = Obj.of(found);
            preference.set("kind", file.kind()).set("apiVersion", file.apiVersion());
            for (String list : List.of("defaults", "aliases")) {
                List<Obj> entries =
                        file.list(list).stream().map(KubercView::inOrder).toList();
                preference.set(list, entries);
            }
            for (String more : List.of("credentialPluginPolicy", "credentialPluginAllowlist")) {
                if (file.has(more)) {
                    preference.node().set(more, file.at(more));
                }
            }
        }
        PrintFlags.ordered(call).print(preference, call.out());
        return 0;
    }

    /** An entry with its fields in the order of the API's structures. */
    private static Obj inOrder(Obj entry) {
        Obj ordered = Obj.create();
        for (String field : List.of("name", "command", "prependArgs", "appendArgs", "options", "default")) {
            if (field.equals("options") && entry.has(field)) {
                ordered.set(
                        field,
                        entry.list(field).stream().map(KubercView::inOrder).toList());
            } else if (entry.has(field)) {
                ordered.node().set(field, entry.at(field));
            }
        }
        return ordered;
    }

    /** Asks whether a first file shall be made. */
    private static void offer(Invocation call, Kuberc.Place place) {
        call.out().println("kuberc file not found at " + place.path());
        call.out().print("Would you like to generate a default kuberc file with recommended options? (y/N): ");
        call.out().flush();
        if (Lines.read(call.session().in()).strip().equalsIgnoreCase("y")) {
            Obj preference = Obj.create(Kuberc.VERSION, "Preference");
            preference.set("defaults", List.of(one("apply", "server-side"), one("delete", "interactive")));
            preference.node().putNull("aliases");
            Kuberc.save(call.session(), place, Yaml.write(KubercSet.sorted(preference.node())));
        }
    }

    private static Obj one(String command, String flag) {
        return Obj.create()
                .set("command", command)
                .set("options", List.of(Obj.create().set("name", flag).set("default", "true")));
    }

    static CliError unreadable(ParseError e) {
        return new CliError("error parsing kuberc file: " + e.getMessage());
    }
}
