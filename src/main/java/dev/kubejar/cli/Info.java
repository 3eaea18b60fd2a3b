package dev.kubejar.cli;

import dev.kubejar.client.ApiResource;
import dev.kubejar.client.Request;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;

/** One object that a command is about: where it came from, which resource it is, and the object once it is known. */
public final class Info {
    private final ApiResource resource;
    private String namespace;
    private String name;
    private final String source;
    private final String subresource;
    private Obj object;

    Info(ApiResource resource, String namespace, String name, String source, String subresource, Obj object) {
        this.resource = resource;
        this.namespace = namespace;
        this.name = name;
        this.source = source;
        this.subresource = subresource;
        this.object = object;
    }

    /** Null where the object was read without asking a server. */
    public ApiResource resource() {
        return resource;
    }

    /** Empty for cluster-scoped objects. */
    public String namespace() {
        return namespace;
    }

    public String name() {
        return name;
    }

    /** The file the object came from, {@code STDIN}, or empty. */
    public String source() {
        return source;
    }

    public String subresource() {
        return subresource;
    }

    /** Null where it has not been fetched. */
    public Obj object() {
        return object;
    }

    public boolean namespaced() {
        return resource == null ? !namespace.isEmpty() : resource.namespaced();
    }

    public Ref ref() {
        return new Ref(resource.resource(), namespace, name);
    }

    /** {@code deployments/web}: how waiting and deleting name it in errors. */
    public String objectName() {
        return resource.name() + "/" + name;
    }

    /** {@code deployment.apps/web}: how a printed result names it. */
    public String printedName() {
        return printedKind() + "/" + name;
    }

    /** {@code deployment.apps}. */
    public String printedKind() {
        if (object != null && !object.kind().isEmpty()) {
            String lower = object.kind().toLowerCase(java.util.Locale.ROOT);
            return object.group().isEmpty() ? lower : lower + "." + object.group();
        }
        return resource.printedKind();
    }

    /** The two lines in which long errors tell which object they are about. */
    public String description() {
        String about = "Name: " + Go.quote(name) + ", Namespace: " + Go.quote(namespace);
        if (resource == null) {
            return about;
        }
        String gv = resource.group() + "/" + resource.resource().version();
        return "Resource: " + Go.quote(gv + ", Resource=" + resource.name()) + ", GroupVersionKind: "
                + Go.quote(gv + ", Kind=" + resource.kind()) + "\n" + about;
    }

    void namespace(String value) {
        namespace = value;
        if (object != null) {
            if (object.frozen()) {
                object = object.copy();
            }
            if (value.isEmpty()) {
                object.remove("metadata.namespace");
            } else {
                object.set("metadata.namespace", value);
            }
        }
    }

    /** Fetches the object anew. */
    public Obj get(Invocation call) {
        return refresh(fetched(call, false));
    }

    /** Fetches the object in the form of the server's table. */
    Obj table(Invocation call) {
        return fetched(call, true);
    }

    private Obj fetched(Invocation call, boolean table) {
        checkSegments();
        try {
            return call.call(Request.get(resource.resource(), namespace, name)
                            .subresource(subresource)
                            .table(table))
                    .object();
        } catch (ApiError e) {
            if (e.is("NotFound") && !namespace.isEmpty() && !namespace.equals("default")) {
                missingNamespace(call);
            }
            throw e;
        }
    }

    private void missingNamespace(Invocation call) {
        try {
            call.call(Request.get(dev.kubejar.client.Resources.NAMESPACES, "", namespace));
        } catch (ApiError e) {
            if (e.is("NotFound")) {
                throw e;
            }
        }
    }

    /** Refuses what cannot be part of a request's path. */
    private void checkSegments() {
        PathSegment.check("namespace", namespace);
        PathSegment.check("resource name", name);
    }

    /** Takes the object as the newest known, with its name. */
    public Obj refresh(Obj latest) {
        object = latest;
        if (!latest.name().isEmpty()) {
            name = latest.name();
        }
        if (resource == null || resource.namespaced()) {
            namespace = latest.namespace().isEmpty() ? namespace : latest.namespace();
        }
        return latest;
    }
}
