package dev.kubejar.client;

import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;

/** One object's step from one state to the next, in its storage version; either side is null where there is none. */
public record Change(Ref ref, Obj before, Obj after, long revision) {

    /** The object as it is, or as it last was. */
    public Obj object() {
        return after != null ? after : before;
    }

    public boolean created() {
        return before == null;
    }

    public boolean deleted() {
        return after == null;
    }

    /** Whether the resource is the one of this plural name and group, whatever its version. */
    public boolean of(dev.kubejar.object.GroupVersionResource resource) {
        return ref.resource().resource().equals(resource.resource())
                && ref.resource().group().equals(resource.group());
    }
}
