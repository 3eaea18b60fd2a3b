package dev.kubejar.api;

import dev.kubejar.client.Verb;
import dev.kubejar.object.Obj;
import java.util.List;

/** Runs the admission plugins in the order of their list: all mutating passes, then all validating ones. */
final class Admissions {
    private final List<Admission> plugins;
    private final Reader reader;

    Admissions(List<Admission> plugins, Reader reader) {
        this.plugins = List.copyOf(plugins);
        this.reader = reader;
    }

    void admit(Call call, Verb verb, Obj object, Obj before) {
        Attributes attributes = new Attributes(call, verb, object, before, reader);
        for (int i = 0; i < plugins.size(); i++) {
            plugins.get(i).admit(attributes);
        }
    }

    void validate(Call call, Verb verb, Obj object, Obj before) {
        Attributes attributes = new Attributes(call, verb, object == null ? null : object.freeze(), before, reader);
        for (int i = 0; i < plugins.size(); i++) {
            plugins.get(i).validate(attributes);
        }
    }
}
