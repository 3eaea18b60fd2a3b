package dev.kubejar.api;

import dev.kubejar.client.Identity;
import dev.kubejar.client.Verb;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;

/** What admission is asked about: a write, its object in the storage version, and a view of the cluster. */
public final class Attributes {
    private final Call call;
    private final Verb verb;
    private final Obj object;
    private final Obj before;
    private final Reader reader;
    private final Authorizer authorizer;
    private boolean changed;
    private boolean again;

    Attributes(Call call, Verb verb, Obj object, Obj before, Reader reader, Authorizer authorizer) {
        this.authorizer = authorizer;
        this.call = call;
        this.verb = verb;
        this.object = object;
        this.before = before;
        this.reader = reader;
    }

    /** The same for the second pass. */
    void repeat() {
        again = true;
        changed = false;
    }

    /** CREATE, UPDATE (also for patches) or DELETE. */
    public Verb verb() {
        return verb;
    }

    public boolean creates() {
        return verb == Verb.CREATE;
    }

    public boolean updates() {
        return verb == Verb.UPDATE;
    }

    public boolean deletes() {
        return verb == Verb.DELETE;
    }

    public Kind kind() {
        return call.stored;
    }

    public GroupVersionResource resource() {
        return call.stored.resource();
    }

    /** Whether the request is about this resource itself, in any version, and not one of its subresources. */
    public boolean about(GroupVersionResource resource) {
        return subresource().isEmpty() && aboutAny(resource);
    }

    /** The same, its subresources included. */
    public boolean aboutAny(GroupVersionResource resource) {
        return resource.resource().equals(resource().resource())
                && resource.group().equals(resource().group());
    }

    /** Empty for the object itself. */
    public String subresource() {
        return call.request.subresource;
    }

    /** Empty for cluster-scoped kinds. */
    public String namespace() {
        return call.namespace();
    }

    public String name() {
        return !call.request.name.isEmpty() ? call.request.name : object == null ? "" : object.name();
    }

    /** The new object, changeable while plugins admit; null for a deletion. */
    public Obj object() {
        return object;
    }

    /** The stored object, frozen; null for a creation. */
    public Obj before() {
        return before;
    }

    public Identity user() {
        return call.user;
    }

    /** Whether the requesting user may do something of another name: the right behind a request's content. */
    public boolean may(String verb, GroupVersionResource resource, String name) {
        Authorizer.Question question =
                new Authorizer.Question(verb, resource.group(), resource.version(), resource.resource(), "", name, "");
        return user().master() || authorizer.decide(user(), question).allowed();
    }

    /** The kind in the version that was asked for; most often that which is stored. */
    public Kind requestedKind() {
        return call.kind;
    }

    /** A stored object as the request is about it: in its version, or the Scale that stands for it; null for null. */
    public Obj requested(Obj stored) {
        Obj shown = call.fromStorage(stored);
        return shown != null && scales() ? Scales.scale(call.kind, shown).freeze() : shown;
    }

    /** Whether the request is about an object's Scale. */
    public boolean scales() {
        return subresource().equals("scale") && call.kind.scale() != null;
    }

    /** Puts another object, of the version that was asked for, in the place of the one that is admitted. */
    public void replace(Obj requested) {
        Obj stored = call.toStorage(requested);
        object.node().removeAll();
        object.node().setAll(stored.node());
        changed = true;
    }

    /** Whether a plugin of this pass has replaced the object, so that all are to see it once more. */
    public boolean changed() {
        return changed;
    }

    /** Whether the mutating plugins run for the second time, because one of them replaced the object. */
    public boolean again() {
        return again;
    }

    /** Whether somebody may do what is asked. */
    public Authorizer.Decision decide(Identity who, Authorizer.Question question) {
        return who.master() ? Authorizer.Decision.yes("") : authorizer.decide(who, question);
    }

    public boolean dryRun() {
        return call.dryRun();
    }

    /** The cluster as it is at this moment, read without authorization. */
    public Reader reader() {
        return reader;
    }

    public void warn(String text) {
        call.warn(text);
    }

    /** 403 about this object: {@code pods "web" is forbidden: why}; a name yet to be generated shows as its prefix. */
    public ApiError forbidden(String why) {
        String name = name();
        if (name.isEmpty() && object != null) {
            name = object.text("metadata.generateName");
        }
        return ApiError.forbidden(call.resource(), name.isEmpty() ? "Unknown" : name, why);
    }
}
