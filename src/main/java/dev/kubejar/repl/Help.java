package dev.kubejar.repl;

/** What {@code help} says in the shell. */
final class Help {
    static final String TEXT = """
            Type kubectl's commands, with or without the word kubectl: get pods, apply -f web.yaml, sim clock advance 1h.
            "help COMMAND" or "COMMAND --help" tells about one of them; Tab completes.

              use NAMESPACE      work in another namespace (of the current context)
              cd FOLDER          change the folder that file names start from
              history            what was typed before
              !COMMAND           run a command of the host; so does the name of any program that is no command of kubectl
              exit               leave; so does Ctrl-D

              get pods | grep web; get pods -o yaml > pods.yaml && echo done
              apply -f - <<EOF   a document up to the line EOF
              apply -f -         a document up to a line with a dot alone, or Ctrl-D

            Ctrl-C stops the command that runs, not the shell.
            """;

    private Help() {}
}
