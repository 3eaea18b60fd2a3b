package dev.kubejar.cli.config;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Failures;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.KubeConfigFiles;
import dev.kubejar.object.Obj;
import dev.kubejar.print.TabWriter;
import java.util.ArrayList;
import java.util.List;

/** {@code kubectl config get-contexts}. */
public final class GetContexts extends ConfigCommand {
    @Override
    public void flags(Flags flags) {
        flags.bool("no-headers", false).string("output", 'o', "");
    }

    @Override
    int work() {
        String output = call.flags().text("output");
        if (!output.isEmpty() && !output.equals("name")) {
            throw new CliError("--output " + output
                    + " is not available in kubectl config get-contexts; resetting to default output format");
        }
        boolean namesOnly = output.equals("name");
        Obj merged = files.merged();
        List<RuntimeException> failures = new ArrayList<>();
        List<String> names = new ArrayList<>();
        if (call.arguments().isEmpty()) {
            merged.list("contexts").forEach(entry -> names.add(entry.text("name")));
        }
        for (String name : call.arguments()) {
            if (KubeConfigFiles.entry(merged, "contexts", name) == null) {
                failures.add(new CliError("context " + name + " not found"));
            } else {
                names.add(name);
            }
        }
        names.sort(null);
        StringBuilder text = new StringBuilder();
        TabWriter table = TabWriter.forTables(text);
        if (!namesOnly && !call.flags().on("no-headers")) {
            table.append("CURRENT\tNAME\tCLUSTER\tAUTHINFO\tNAMESPACE\n");
        }
        for (String name : names) {
            Obj context = KubeConfigFiles.entry(merged, "contexts", name).obj("context");
            String mark = merged.text("current-context").equals(name) ? "*" : " ";
            table.append(
                    namesOnly
                            ? name + "\n"
                            : mark + "\t" + name + "\t" + context.text("cluster") + "\t" + context.text("user") + "\t"
                                    + context.text("namespace") + "\n");
        }
        table.flush();
        call.out().print(text.toString());
        Failures.throwAll(failures);
        return 0;
    }
}
