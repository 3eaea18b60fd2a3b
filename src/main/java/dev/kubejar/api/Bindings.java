package dev.kubejar.api;

import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.client.Response;
import dev.kubejar.client.Verb;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Problems;
import java.time.Instant;

/** Binds pods to nodes, as the scheduler asks for it. */
final class Bindings {
    private static final GroupVersionResource POD_BINDING = new GroupVersionResource("", "v1", "pods/binding");

    private final Parts parts;

    Bindings(Parts parts) {
        this.parts = parts;
    }

    /** Binds the pod of this name to the target of the request's Binding. */
    Response bind(Call call, String name) {
        Request request = call.request;
        Obj binding = parts.decoding().plain(request.body, "Binding");
        check(binding, name);
        Kind kind = parts.kinds().byResource(Resources.PODS).orElseThrow();
        Obj pod = parts.registry().get(kind, request.namespace, name);
        parts.admissions().admit(call, Verb.CREATE, binding, null);
        parts.admissions().validate(call, Verb.CREATE, binding.copy(), null);
        refuse(pod, binding);
        Obj bound = pod.copy().set("spec.nodeName", binding.text("target.name"));
        bound.remove("status.nominatedNodeName");
        binding.annotations().forEach(bound::setAnnotation);
        binding.labels().forEach(bound::setLabel);
        condition(
                bound,
                Obj.create().set("type", "PodScheduled").set("status", "True"),
                parts.clock().now());
        parts.registry().put(kind, pod, bound);
        Obj status = Obj.create("v1", "Status");
        status.child("metadata");
        return Response.of(status.set("status", "Success").set("code", 201), call.warnings());
    }

    private static void check(Obj binding, String name) {
        if (!binding.name().isEmpty() && !binding.name().equals(name)) {
            throw ApiError.badRequest("name in URL does not match name in Binding object");
        }
        Problems problems = new Problems();
        String kind = binding.text("target.kind");
        if (!kind.isEmpty() && !kind.equals("Node")) {
            problems.notSupported("target.kind", kind, java.util.List.of("Node", "<empty>"));
        }
        if (binding.text("target.name").isEmpty()) {
            problems.required("target.name", "");
        }
        problems.orThrow("", "Binding", name);
    }

    private static void refuse(Obj pod, Obj binding) {
        String why = null;
        String name = pod.name();
        if (pod.deleting()) {
            why = "pod " + name + " is being deleted, cannot be assigned to a host";
        } else if (pod.has("spec.nodeName")) {
            why = "pod " + name + " is already assigned to node \"" + pod.text("spec.nodeName") + "\"";
        } else if (!pod.list("spec.schedulingGates").isEmpty()) {
            why = "pod " + name + " has non-empty .spec.schedulingGates";
        } else if (!binding.uid().isEmpty() && !binding.uid().equals(pod.uid())) {
            why = "Precondition failed: UID in precondition: " + binding.uid() + ", UID in object meta: " + pod.uid();
        }
        if (why != null) {
            throw ApiError.conflict(POD_BINDING, name, why);
        }
    }

    /** Sets a condition of a pod; its time moves only with its status. */
    static void condition(Obj pod, Obj condition, Instant now) {
        condition.set("lastProbeTime", dev.kubejar.object.Json.NODES.nullNode());
        condition.set("lastTransitionTime", now);
        for (Obj there : pod.list("status.conditions")) {
            if (there.text("type").equals(condition.text("type"))) {
                if (there.text("status").equals(condition.text("status"))) {
                    Trees.carry("lastTransitionTime", there, condition);
                }
                there.node().removeAll();
                there.node().setAll(condition.node());
                return;
            }
        }
        pod.add("status.conditions", condition);
    }
}
