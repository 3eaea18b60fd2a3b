package dev.kubejar.api;

import dev.kubejar.client.Verb;
import dev.kubejar.object.Obj;
import java.util.List;

/** Runs the admission plugins in the order of their list: all mutating passes, then all validating ones. */
final class Admissions {
    private final List<Admission> plugins;
    private final Reader reader;
    private final Authorizer authorizer;

    Admissions(List<Admission> plugins, Reader reader, Authorizer authorizer) {
        this.plugins = List.copyOf(plugins);
        this.reader = reader;
        this.authorizer = authorizer;
    }

    void admit(Call call, Verb verb, Obj object, Obj before) {
        Attributes attributes = new Attributes(call, verb, object, before, reader, authorizer);
        for (int i = 0; i < plugins.size(); i++) {
            plugins.get(i).admit(attributes);
        }
        if (attributes.changed()) {
            attributes.repeat();
            for (int i = 0; i < plugins.size(); i++) {
                plugins.get(i).admit(attributes);
            }
        }
    }

    void validate(Call call, Verb verb, Obj object, Obj before) {
        Attributes attributes =
                new Attributes(call, verb, object == null ? null : object.freeze(), before, reader, authorizer);
        for (int i = 0; i < plugins.size(); i++) {
            plugins.get(i).validate(attributes);
        }
    }
}
