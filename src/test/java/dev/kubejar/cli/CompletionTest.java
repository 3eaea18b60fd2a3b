package dev.kubejar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kubejar.CommandLine;
import dev.kubejar.cli.other.Completion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words that shells are offered, and the scripts that ask for them. */
final class CompletionTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "rollout status ''                      | daemonset deployment statefulset :4",
                "rollout status deployment/web d        | :4",
                "get pods,serviceac                     | pods,serviceaccounts :4",
                "get pods/x ser                         | serviceaccounts/ servicecidrs.networking.k8s.io/ services/ :6",
                "get ns kube-public kube-               | kube-node-lease kube-system :4",
                "get --namespace=kube-p                 | kube-public :4",
                "-n kube-system get pods --context ''   | kubejar :4",
                "config use-context ''                  | kubejar :4",
                "create -f ''                           | json yaml yml :8",
                "create secret ''                       | docker-registry generic tls :4",
                "create deployment web ''               | --image :0",
                "create deployment web --re             | --replicas --request-timeout :4",
                "scale --re                             | --replicas :4",
                "create clusterrolebinding x --clusterrole vi | view :4",
                "get pods --help ''                     | :4",
                "wait ''                                | :0",
                "logs x -- ''                           | :4",
                "help rollout re                        | restart resume :4",
                "completion ''                          | bash fish powershell zsh :4",
                "exec ''                                | daemonsets/ deployments/ jobs/ pods/ replicasets/"
                        + " replicationcontrollers/ services/ statefulsets/ :6",
                "top node work                          | worker-1 worker-2 :4",
                "taint no                               | node :4",
                "nosuchcommand ''                       | :0"
            })
    void wordsOf(String line, String expected) {
        CommandLine commands = new CommandLine(folder).with("KUBEJAR_CLOCK", "frozen");
        CommandLine.Result result = commands.run(words("__completeNoDesc " + line));
        List<String> sorted = result.out().lines().sorted(String::compareTo).toList();
        List<String> wanted = expected.isEmpty() ? List.of() : List.of(expected.split(" "));
        assertEquals(wanted.stream().sorted().toList(), sorted, result.err());
    }

    @Test
    void pluginsOfferTheirOwnWords() throws IOException {
        for (String name : List.of("kubectl-foo_x-bar", "kubectl-baz", "kubectl_complete-baz")) {
            Path program = folder.resolve(name);
            Files.writeString(program, "#!/bin/sh\nprintf '%s\\n' one two :4\n");
            assertTrue(program.toFile().setExecutable(true));
        }
        CommandLine commands =
                new CommandLine(folder).with("KUBEJAR_CLOCK", "frozen").with("PATH", folder.toString());
        assertEquals(
                "bar\tThe command bar is a plugin installed by the user\n:0\n",
                commands.run("__complete", "foo-x", "").out());
        assertEquals(
                "one\ntwo\n:4\n", commands.run("__complete", "baz", "t", "").out());
        assertTrue(commands.run("__complete", "b").out().startsWith("baz\t"));
    }

    private static String[] words(String line) {
        return List.of(line.split(" ")).stream()
                .map(word -> word.equals("''") ? "" : word)
                .toArray(String[]::new);
    }

    @ParameterizedTest
    @CsvSource({"bash,.bash,", "zsh,,_", "fish,.fish,", "powershell,.ps1,"})
    void scriptsLieReady(String shell, String suffix, String prefix) throws IOException {
        for (String program : List.of("kubectl", "kubejar")) {
            String name = (prefix == null ? "" : prefix) + program + (suffix == null ? "" : suffix);
            assertEquals(
                    Completion.script(shell, program),
                    Files.readString(Path.of("completions", name)),
                    name + " is not what `" + program + " completion " + shell + "` prints");
        }
    }

    @Test
    void bashInsertsAWordAndListsSeveral() throws IOException, InterruptedException {
        Path bash = Path.of("/bin/bash");
        assumeTrue(Files.isExecutable(bash));
        Path program = folder.resolve("kubectl");
        Files.writeString(program, "#!/bin/sh\nprintf 'pods\\tmany\\npodtemplates\\tfew\\nnodes\\n:4\\n'\n");
        assertTrue(program.toFile().setExecutable(true));
        String script = "source completions/kubectl.bash; PATH=" + folder + ":$PATH\n"
                + "ask() { COMP_WORDS=(kubectl get \"$1\"); COMP_CWORD=2; __start_kubectl; printf '%s\\n' \"${COMPREPLY[@]}\"; }\n"
                + "ask no; ask po";
        Process process = new ProcessBuilder(bash.toString(), "--norc", "-c", script)
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        assertEquals("nodes\npods          (many)\npodtemplates  (few)\n", printed);
    }
}
