package dev.kubejar.admission;

import dev.kubejar.api.Attributes;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import java.util.List;

/**
 * Calls of webhooks. Nobody can answer one here: a call that is due fails, and its failure policy says what that means,
 * in the words that the API server has for a server that it cannot reach.
 */
final class Webhooks {
    private Webhooks() {}

    static void call(GroupVersionResource configurations, Attributes request) {
        if (RequestMatcher.exempt(request)) {
            return;
        }
        for (Obj configuration : request.reader().list(configurations, "")) {
            for (Obj webhook : configuration.list("webhooks")) {
                if (RequestMatcher.webhook(webhook, request) && conditionsHold(webhook, request)) {
                    call(webhook, request);
                }
            }
        }
    }

    private static boolean conditionsHold(Obj webhook, Attributes request) {
        if (webhook.list("matchConditions").isEmpty()) {
            return true;
        }
        PolicyProgram.Match match = new PolicyProgram(webhook).match(new ExpressionInputs(request, null));
        if (match.error() != null) {
            throw request.forbidden(match.error());
        }
        return match.matches();
    }

    private static void call(Obj webhook, Attributes request) {
        String effects = webhook.text("sideEffects");
        if (request.dryRun() && !effects.equals("None") && !effects.equals("NoneOnDryRun")) {
            throw ApiError.badRequest("admission webhook \"" + webhook.text("name") + "\" does not support dry run");
        }
        if (webhook.text("failurePolicy").equals("Ignore")) {
            return;
        }
        String message = "failed calling webhook \"" + webhook.text("name") + "\": failed to call webhook: Post \""
                + url(webhook) + "\": " + why(webhook, request);
        throw new ApiError(
                500,
                "InternalError",
                "Internal error occurred: " + message,
                ApiError.Details.NONE,
                List.of(new ApiError.Cause("", message, "")));
    }

    private static String url(Obj webhook) {
        String timeout = "?timeout=" + webhook.number("timeoutSeconds", 10) + "s";
        Obj service = webhook.obj("clientConfig.service");
        if (service.isEmpty()) {
            return webhook.text("clientConfig.url") + timeout;
        }
        String path = service.text("path");
        return "https://" + service.text("name") + "." + service.text("namespace") + ".svc:"
                + service.number("port", 443) + (path.startsWith("/") || path.isEmpty() ? path : "/" + path) + timeout;
    }

    private static String why(Obj webhook, Attributes request) {
        Obj named = webhook.obj("clientConfig.service");
        if (named.isEmpty()) {
            String url = webhook.text("clientConfig.url");
            String host = url.substring(url.indexOf("://") + 3).replaceAll("[/:?].*", "");
            return host.matches("[0-9.]+")
                    ? "dial tcp " + host + ":443: connect: connection refused"
                    : "dial tcp: lookup " + host + ": no such host";
        }
        Obj service = request.reader().find(Resources.SERVICES, named.text("namespace"), named.text("name"));
        if (service == null) {
            return "service \"" + named.text("name") + "\" not found";
        }
        long port = named.number("port", 443);
        for (Obj each : service.list("spec.ports")) {
            if (each.number("port") == port) {
                return "dial tcp " + service.text("spec.clusterIP") + ":" + port + ": connect: connection refused";
            }
        }
        return "no service port " + port + " found for service \"" + named.text("name") + "\"";
    }
}
