package dev.kubejar.api;

import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;

/** What a whole object sent in place of another must fulfil. */
final class Replacing {
    private Replacing() {}

    /** The object sent, once it is clear that it means the one it replaces. */
    static Obj checked(Call call, Obj sent, Obj present) {
        named(call, sent);
        String uid = sent.uid();
        String there = present == null ? "" : present.uid();
        if (!uid.isEmpty() && !uid.equals(there)) {
            String key = "/registry/" + call.stored.plural() + "/"
                    + (call.namespace().isEmpty() ? "" : call.namespace() + "/") + call.request.name;
            throw ApiError.conflict(
                    call.resource(),
                    call.request.name,
                    "StorageError: invalid object, Code: 4, Key: " + key + ", ResourceVersion: 0, AdditionalErrorMsg:"
                            + " Precondition failed: UID in precondition: " + uid + ", UID in object meta: " + there);
        }
        return sent.copy();
    }

    /** The name and the namespace in an object must be those of the request. */
    static void named(Call call, Obj object) {
        if (!object.name().equals(call.request.name)) {
            throw ApiError.badRequest("the name of the object ("
                    + (object.name().isEmpty() ? "" : object.name()) + ") does not match the name on the URL ("
                    + call.request.name + ")");
        }
    }
}
