package dev.kubejar.cli.management;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.FileOptions;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Go;
import dev.kubejar.cli.Info;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.PrintFlags;
import dev.kubejar.cli.ResourceBuilder;
import dev.kubejar.client.Request;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.print.Printer;

/** {@code kubectl certificate approve} and {@code kubectl certificate deny}. */
public final class Certificate implements Command {
    private static final GroupVersionResource REQUESTS =
            GroupVersionResource.of("certificates.k8s.io/v1", "certificatesigningrequests");
    private static final int RETRIES = 10;

    private final boolean approve;
    private Invocation call;

    /** @param approve whether requests are to be approved, rather than denied */
    public Certificate(boolean approve) {
        this.approve = approve;
    }

    @Override
    public void flags(Flags flags) {
        PrintFlags.declare(flags);
        FileOptions.declare(flags);
        flags.bool("force", false);
    }

    @Override
    public int run(Invocation invocation) {
        call = invocation;
        FileOptions files = FileOptions.of(call.flags());
        Printer printer = PrintFlags.of(call, approve ? "approved" : "denied");
        if (call.arguments().isEmpty() && files.isEmpty()) {
            throw new CliError("one or more CSRs must be specified as <name> or -f <filename>");
        }
        int[] found = {0};
        new ResourceBuilder(call)
                .continueOnError()
                .files(files)
                .names("certificatesigningrequests", call.arguments())
                .flatten()
                .latest()
                .build()
                .visit(info -> {
                    judge(info);
                    found[0]++;
                    printer.print(info.object(), call.out());
                });
        if (found[0] == 0) {
            call.out().println("No resources found");
        }
        return 0;
    }

    private void judge(Info info) {
        if (!info.resource().resource().equals(REQUESTS)) {
            throw new CliError("can only handle CertificateSigningRequest.certificates.k8s.io objects, got "
                    + info.resource().kind() + (info.resource().group().isEmpty() ? "" : ".")
                    + info.resource().group());
        }
        for (int left = RETRIES; ; left--) {
            Obj request =
                    call.call(Request.get(REQUESTS, "", info.name())).object().copy();
            boolean decided = decided(request);
            if (decided && !call.flags().on("force")) {
                return;
            }
            if (!decided) {
                request.add("status.conditions", condition());
            }
            try {
                call.call(Request.update(REQUESTS, "", info.name(), request).subresource("approval"));
                return;
            } catch (ApiError e) {
                if (!e.is("Conflict") || left == 0) {
                    throw e;
                }
            }
        }
    }

    private boolean decided(Obj request) {
        boolean decided = false;
        for (Obj condition : request.list("status.conditions")) {
            if (condition.text("type").equals(approve ? "Denied" : "Approved")) {
                throw new CliError("certificate signing request " + Go.quote(request.name()) + " is already "
                        + condition.text("type"));
            }
            decided |= condition.text("type").equals(approve ? "Approved" : "Denied");
        }
        return decided;
    }

    private Obj condition() {
        return Obj.create()
                .set("type", approve ? "Approved" : "Denied")
                .set("status", "True")
                .set("reason", approve ? "KubectlApprove" : "KubectlDeny")
                .set(
                        "message",
                        "This CSR was " + (approve ? "approved" : "denied") + " by kubectl certificate "
                                + (approve ? "approve" : "deny") + ".")
                .set("lastUpdateTime", call.now());
    }
}
