package dev.kubejar.cli;

/** The flags that every command takes. */
final class GlobalFlags {
    private GlobalFlags() {}

    static Flags declare() {
        return new Flags()
                .string("as", "")
                .array("as-group")
                .string("as-uid", "")
                .array("as-user-extra")
                .string("cache-dir", "$HOME/.kube/cache")
                .string("certificate-authority", "")
                .string("client-certificate", "")
                .string("client-key", "")
                .string("cluster", "")
                .string("context", "")
                .bool("disable-compression", false)
                .bool("insecure-skip-tls-verify", false)
                .string("kubeconfig", "")
                .string("kuberc", "")
                .duration("log-flush-frequency", "5s")
                .bool("match-server-version", false)
                .string("namespace", 'n', "")
                .string("password", "")
                .string("profile", "none")
                .string("profile-output", "profile.pprof")
                .string("request-timeout", "0")
                .string("server", 's', "")
                .string("tls-server-name", "")
                .string("token", "")
                .string("user", "")
                .string("username", "")
                .int32("v", 'v', 0)
                .map("vmodule")
                .bool("warnings-as-errors", false);
    }
}
