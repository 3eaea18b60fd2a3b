package dev.kubejar.kinds.pod;

import dev.kubejar.kinds.rules.Formats;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;
import java.util.ArrayList;
import java.util.List;

/** The rules of probes and lifecycle hooks. */
final class ProbeRules {
    private static final List<String> SIGNALS = new ArrayList<>();

    private ProbeRules() {}

    /** A container's three probes. */
    static void probes(Scope scope, String path, Obj container) {
        for (String name : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
            if (container.has(name)) {
                probe(scope, path + "." + name, container.obj(name), name.equals("readinessProbe"));
            }
        }
    }

    private static void probe(Scope scope, String path, Obj probe, boolean readiness) {
        Problems problems = scope.problems();
        handler(scope, path, probe, List.of("exec", "httpGet", "tcpSocket", "grpc"));
        for (String field : List.of(
                "initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold")) {
            Values.notNegative(problems, path, probe, field);
        }
        boolean grace = probe.has("terminationGracePeriodSeconds");
        long seconds = probe.number("terminationGracePeriodSeconds");
        if (grace && seconds <= 0) {
            problems.invalid(path + ".terminationGracePeriodSeconds", seconds, "must be greater than 0");
        }
        if (readiness && grace) {
            problems.invalid(path + ".terminationGracePeriodSeconds", seconds, "must not be set for readinessProbes");
        } else if (!readiness && probe.number("successThreshold") != 1) {
            problems.invalid(path + ".successThreshold", probe.number("successThreshold"), "must be 1");
        }
    }

    /** Hooks and the stop signal. */
    static void lifecycle(Scope scope, String path, Obj container) {
        if (!container.has("lifecycle")) {
            return;
        }
        Obj lifecycle = container.obj("lifecycle");
        for (String hook : List.of("postStart", "preStop")) {
            if (lifecycle.has(hook)) {
                handler(
                        scope,
                        path + ".lifecycle." + hook,
                        lifecycle.obj(hook),
                        List.of("exec", "httpGet", "tcpSocket", "sleep"));
            }
        }
        if (lifecycle.has("stopSignal")) {
            stopSignal(scope, path + ".lifecycle.stopSignal", lifecycle.text("stopSignal"));
        }
    }

    private static void handler(Scope scope, String path, Obj handler, List<String> kinds) {
        boolean found = false;
        for (String kind : kinds) {
            if (!handler.has(kind)) {
                continue;
            }
            String at = path + "." + kind;
            if (found) {
                scope.problems().forbidden(at, "may not specify more than 1 handler type");
            } else {
                found = true;
                action(scope, at, kind, handler.obj(kind));
            }
        }
        if (!found) {
            scope.problems().required(path, "must specify a handler type");
        }
    }

    private static void action(Scope scope, String path, String kind, Obj action) {
        Problems problems = scope.problems();
        switch (kind) {
            case "exec" -> {
                if (action.texts("command").isEmpty()) {
                    problems.required(path + ".command", "");
                }
            }
            case "httpGet" -> {
                Values.required(problems, path, action, "path");
                Values.portOrName(problems, path + ".port", action.at("port"));
                Values.supported(problems, path + ".scheme", action.text("scheme"), "HTTP", "HTTPS");
                for (Obj header : action.list("httpHeaders")) {
                    String name = header.text("name");
                    Values.named(problems, path + ".httpHeaders", name, Formats.headerName(name));
                }
            }
            case "tcpSocket", "grpc" -> Values.portOrName(problems, path + ".port", action.at("port"));
            default -> {
                long seconds = action.number("seconds");
                Long grace = scope.grace();
                if (grace != null && (seconds < 0 || seconds > grace)) {
                    problems.invalid(
                            path,
                            seconds,
                            "must be non-negative and less than terminationGracePeriodSeconds (" + grace + ")");
                }
            }
        }
    }

    private static void stopSignal(Scope scope, String path, String signal) {
        Obj os = scope.spec().obj("os");
        if (!scope.spec().has("os")) {
            scope.problems().forbidden(path, "may not be set for containers with empty `spec.os.name`");
        } else if (os.text("name").equals("windows")) {
            Values.supported(scope.problems(), path, signal, "SIGKILL", "SIGTERM");
        } else if (os.text("name").equals("linux")) {
            Values.supported(scope.problems(), path, signal, signals().toArray(String[]::new));
        }
    }

    private static synchronized List<String> signals() {
        if (SIGNALS.isEmpty()) {
            String plain = "ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT RTMAX RTMIN"
                    + " SEGV STKFLT STOP SYS TERM TRAP TSTP TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ";
            for (String name : plain.split(" ")) {
                SIGNALS.add("SIG" + name);
            }
            for (int i = 1; i <= 15; i++) {
                SIGNALS.add("SIGRTMIN+" + i);
                if (i < 15) {
                    SIGNALS.add("SIGRTMAX-" + i);
                }
            }
            SIGNALS.sort(null);
        }
        return SIGNALS;
    }
}
