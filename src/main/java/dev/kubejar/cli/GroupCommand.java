package dev.kubejar.cli;

/** A command that only gathers others: alone it shows its help. */
final class GroupCommand implements Command {
    @Override
    public int run(Invocation call) {
        if (!call.arguments().isEmpty()) {
            throw call.usage("unknown command " + Go.quote(String.join(" ", call.arguments())));
        }
        Help.print(call.session(), call.err(), call.path(), call.flags());
        return 1;
    }
}
