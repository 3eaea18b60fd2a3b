package dev.kubejar.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.api.Attributes;
import dev.kubejar.cel.CelError;
import dev.kubejar.cel.Program;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Defaults;
import dev.kubejar.schema.FieldType;
import dev.kubejar.schema.GoForm;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Pruning;
import dev.kubejar.schema.custom.CustomDefaults;
import dev.kubejar.schema.merge.TypedTrees;
import dev.kubejar.schema.patch.JsonPatch;
import dev.kubejar.schema.patch.PatchError;
import dev.kubejar.schema.policy.PolicyEnvironment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Changes requests by the mutating policies that are bound. */
final class MutatingPolicy {
    /** A policy that is compiled, with the expressions of its mutations. */
    private record Ready(PolicyProgram program, List<PolicyProgram.Compiled> mutations) {}

    private final Map<String, Ready> ready = new HashMap<>();

    void admit(Attributes request, List<Obj> policies, List<Obj> bindings) {
        List<String> faults = new ArrayList<>();
        for (Obj policy : policies) {
            boolean repeats = policy.text("spec.reinvocationPolicy").equals("IfNeeded");
            if (request.again() && !repeats || !RequestMatcher.matches(policy.obj("spec.matchConstraints"), request)) {
                continue;
            }
            for (Obj binding : bindings) {
                if (binding.text("spec.policyName").equals(policy.name())
                        && RequestMatcher.matches(binding.obj("spec.matchResources"), request)) {
                    bound(policy, binding, request, faults);
                }
            }
        }
        if (!faults.isEmpty()) {
            throw refusal(faults, request);
        }
    }

    private static ApiError refusal(List<String> faults, Attributes request) {
        List<ApiError.Cause> causes = new ArrayList<>();
        faults.forEach(each -> causes.add(new ApiError.Cause("", each.substring(1), "")));
        ApiError forbidden = request.forbidden("admission request denied by policy");
        String reason = faults.get(0).startsWith("!") ? "Invalid" : "Forbidden";
        return new ApiError(403, reason, faults.get(0).substring(1), forbidden.details(), causes);
    }

    private void bound(Obj policy, Obj binding, Attributes request, List<String> faults) {
        boolean ignores = policy.text("spec.failurePolicy").equals("Ignore");
        String head = "policy '" + policy.name() + "' with binding '" + binding.name() + "' denied request: ";
        try {
            Kind kind = PolicyParams.kind(policy, request);
            for (Obj params : PolicyParams.of(kind, binding, request)) {
                mutate(policy, new ExpressionInputs(request, params), request);
            }
        } catch (PolicyParams.Fault e) {
            if (!ignores) {
                faults.add(" " + head + "failed to configure binding: " + e.getMessage());
            }
        } catch (CelError e) {
            if (!ignores) {
                faults.add("!" + head + e.getMessage());
            }
        }
    }

    private Ready ready(Obj policy) {
        return ready.computeIfAbsent(policy.uid() + "/" + policy.generation(), key -> {
            PolicyProgram program = new PolicyProgram(policy.obj("spec"));
            List<PolicyProgram.Compiled> mutations = new ArrayList<>();
            for (Obj each : policy.list("spec.mutations")) {
                mutations.add(
                        each.text("patchType").equals("JSONPatch")
                                ? program.patch(
                                        each.text("jsonPatch.expression").strip(), PolicyEnvironment.patchType())
                                : program.patch(
                                        each.text("applyConfiguration.expression")
                                                .strip(),
                                        PolicyEnvironment.objectType()));
            }
            return new Ready(program, mutations);
        });
    }

    private void mutate(Obj policy, ExpressionInputs inputs, Attributes request) {
        Ready compiled = ready(policy);
        PolicyProgram.Match match = compiled.program.match(inputs);
        if (match.error() != null) {
            throw new CelError(match.error());
        }
        if (!match.matches() || inputs.object() == null) {
            return;
        }
        Obj before = inputs.object();
        PolicyProgram.Run run = compiled.program.run(inputs);
        for (PolicyProgram.Compiled each : compiled.mutations) {
            PolicyProgram.Answer answer = run.eval(each);
            if (answer.error() != null) {
                throw new CelError(answer.error());
            }
            inputs.object(complete(patched(answer.value(), inputs.object(), request), request));
            run.renew();
        }
        if (!inputs.object().equals(before)) {
            request.replace(inputs.object());
        }
    }

    private static ObjectNode patched(Object value, Obj object, Attributes request) {
        List<String> wrong = new ArrayList<>();
        if (value instanceof List<?> operations) {
            return operations(operations, object);
        }
        Program.misnamed(value, "Object", wrong);
        if (!wrong.isEmpty()) {
            throw new CelError("type mismatch: " + String.join("\n", wrong));
        }
        ObjectNode patch = (ObjectNode) Program.json(value);
        patch.set("apiVersion", object.node().get("apiVersion"));
        patch.set("kind", object.node().get("kind"));
        FieldType type = request.reader().kinds().type(request.requestedKind());
        List<String> unknown = TypedTrees.undeclared(patch, type);
        if (!unknown.isEmpty()) {
            String faults = unknown.size() == 1 ? unknown.get(0) : "errors:\n  " + String.join("\n  ", unknown);
            throw new CelError("error applying patch: failed to convert patch object to typed object: " + faults);
        }
        List<String> atomics = new ArrayList<>();
        Atomics.find(patch, type, "", atomics);
        if (!atomics.isEmpty()) {
            throw new CelError("error applying patch: invalid ApplyConfiguration: may not mutate atomic arrays, maps or"
                    + " structs: " + String.join(", ", atomics));
        }
        return TypedTrees.merge(object.node(), patch, type);
    }

    private static ObjectNode operations(List<?> operations, Obj object) {
        ArrayNode patch = Json.array();
        for (Object each : operations) {
            List<String> wrong = new ArrayList<>();
            Program.misnamedPatch(each, wrong);
            if (!wrong.isEmpty()) {
                throw new CelError("type mismatch: " + String.join("\n", wrong));
            }
            patch.add(Program.json(each));
        }
        try {
            JsonNode result = JsonPatch.apply(object.node(), patch);
            if (result instanceof ObjectNode changed) {
                return changed;
            }
            throw new CelError("JSON Patch: the result is no object");
        } catch (PatchError e) {
            if (e.getMessage().contains("testing value") || e.getMessage().contains("test failed")) {
                return object.node().deepCopy();
            }
            throw new CelError("JSON Patch: " + e.getMessage());
        }
    }

    /** A patched object with the defaults of what is new in it. */
    private static Obj complete(ObjectNode object, Attributes request) {
        Kind kind = request.requestedKind();
        FieldType type = request.reader().kinds().type(kind);
        Obj made;
        if (kind.custom() || type == null) {
            if (type != null) {
                Pruning.prune(object, type);
                CustomDefaults.set(object, type.raw());
            }
            made = Obj.of(object);
        } else {
            ObjectNode formed = GoForm.of(object, type);
            Defaults.declared(formed, type);
            made = Obj.of(formed);
        }
        made.set("apiVersion", kind.groupVersion()).set("kind", kind.kind());
        kind.defaults().accept(made);
        return made;
    }
}
