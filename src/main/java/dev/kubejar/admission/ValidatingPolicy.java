package dev.kubejar.admission;

import dev.kubejar.api.Attributes;
import dev.kubejar.cel.Type;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Judges requests by the validating policies that are bound. */
final class ValidatingPolicy {
    private static final int LONGEST_MESSAGE = 5 * 1024;

    /** A refusal; {@code binding} is null where the policy itself cannot be used. */
    private record Denial(Obj policy, Obj binding, String message, String reason) {}

    /** One validation with its expressions. */
    private record Validation(PolicyProgram.Compiled expression, PolicyProgram.Compiled message, Obj told) {}

    /** A policy that is compiled. */
    private record Ready(
            PolicyProgram program, List<Validation> validations, List<PolicyProgram.Compiled> annotations) {}

    private final Map<String, Ready> ready = new HashMap<>();

    void validate(Attributes request, List<Obj> policies, List<Obj> bindings) {
        List<Denial> denials = new ArrayList<>();
        for (Obj policy : policies) {
            List<Obj> bound = new ArrayList<>();
            for (Obj binding : bindings) {
                if (binding.text("spec.policyName").equals(policy.name())) {
                    bound.add(binding);
                }
            }
            if (!bound.isEmpty() && RequestMatcher.matches(policy.obj("spec.matchConstraints"), request)) {
                policy(policy, bound, request, denials);
            }
        }
        if (!denials.isEmpty()) {
            throw refusal(denials.get(0), request);
        }
    }

    private void policy(Obj policy, List<Obj> bindings, Attributes request, List<Denial> denials) {
        Kind kind;
        try {
            kind = PolicyParams.kind(policy, request);
        } catch (PolicyParams.Fault e) {
            configuration(policy, null, "failed to configure policy: " + e.getMessage(), denials);
            return;
        }
        for (Obj binding : bindings) {
            if (!RequestMatcher.matches(binding.obj("spec.matchResources"), request)) {
                continue;
            }
            try {
                for (Obj params : PolicyParams.of(kind, binding, request)) {
                    judge(policy, binding, new ExpressionInputs(request, params), request, denials);
                }
            } catch (PolicyParams.Fault e) {
                configuration(policy, binding, "failed to configure binding: " + e.getMessage(), denials);
            }
        }
    }

    private static void configuration(Obj policy, Obj binding, String message, List<Denial> denials) {
        if (!policy.text("spec.failurePolicy").equals("Ignore")) {
            denials.add(new Denial(policy, binding, message, "Invalid"));
        }
    }

    private Ready ready(Obj policy) {
        return ready.computeIfAbsent(policy.uid() + "/" + policy.generation(), key -> {
            PolicyProgram program = new PolicyProgram(policy.obj("spec"));
            List<Validation> validations = new ArrayList<>();
            for (Obj each : policy.list("spec.validations")) {
                String message = each.text("messageExpression");
                validations.add(new Validation(
                        program.expression(each.text("expression"), true, Type.BOOL),
                        message.isBlank() ? null : program.expression(message, false, Type.STRING),
                        each));
            }
            List<PolicyProgram.Compiled> annotations = new ArrayList<>();
            for (Obj each : policy.list("spec.auditAnnotations")) {
                annotations.add(program.expression(each.text("valueExpression"), true, Type.STRING, Type.NULL));
            }
            return new Ready(program, validations, annotations);
        });
    }

    private void judge(Obj policy, Obj binding, ExpressionInputs inputs, Attributes request, List<Denial> denials) {
        Ready policyReady = ready(policy);
        PolicyProgram program = policyReady.program;
        PolicyProgram.Match match = program.match(inputs);
        if (match.error() != null) {
            denied(policy, binding, match.error(), "", request, denials);
            return;
        }
        if (!match.matches()) {
            return;
        }
        PolicyProgram.Run run = program.run(inputs);
        for (Validation each : policyReady.validations) {
            PolicyProgram.Answer answer = run.eval(each.expression);
            if (answer.error() != null) {
                if (!program.ignoresFailure()) {
                    denied(policy, binding, answer.error(), "", request, denials);
                }
                if (run.spent()) {
                    return;
                }
            } else if (!Boolean.TRUE.equals(answer.value())) {
                denied(policy, binding, message(each, run), each.told.text("reason"), request, denials);
            }
        }
        for (PolicyProgram.Compiled each : policyReady.annotations) {
            PolicyProgram.Answer answer = run.eval(each);
            if (answer.error() != null && !program.ignoresFailure()) {
                denials.add(new Denial(policy, binding, answer.error(), "Invalid"));
            }
        }
    }

    private static String message(Validation validation, PolicyProgram.Run run) {
        if (validation.message != null && run.eval(validation.message).value() instanceof String text) {
            String trimmed = text.strip();
            if (!trimmed.isEmpty() && trimmed.indexOf('\n') < 0 && trimmed.length() <= LONGEST_MESSAGE) {
                return trimmed;
            }
        }
        String told = validation.told.text("message").strip();
        return told.isEmpty()
                ? "failed expression: " + validation.expression.text().strip()
                : told;
    }

    private static void denied(
            Obj policy, Obj binding, String message, String reason, Attributes request, List<Denial> denials) {
        for (String action : binding.texts("spec.validationActions")) {
            if (action.equals("Deny")) {
                denials.add(new Denial(policy, binding, message, reason.isEmpty() ? "Invalid" : reason));
            } else if (action.equals("Warn")) {
                request.warn("Validation failed for ValidatingAdmissionPolicy '" + policy.name() + "' with binding '"
                        + binding.name() + "': " + message);
            }
        }
    }

    private static ApiError refusal(Denial denial, Attributes request) {
        String with = denial.binding == null ? "" : " with binding '" + denial.binding.name() + "'";
        String message = "ValidatingAdmissionPolicy '" + denial.policy.name() + "'" + with + " denied request: "
                + denial.message;
        ApiError forbidden = request.forbidden(message);
        int code =
                switch (denial.reason) {
                    case "Forbidden" -> 403;
                    case "Unauthorized" -> 401;
                    case "RequestEntityTooLarge" -> 413;
                    default -> 422;
                };
        return new ApiError(
                code,
                denial.reason,
                forbidden.getMessage(),
                forbidden.details(),
                List.of(new ApiError.Cause("", message, "")));
    }
}
