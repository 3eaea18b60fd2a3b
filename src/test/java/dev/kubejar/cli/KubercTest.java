package dev.kubejar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kubejar.CommandLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Aliases of commands and defaults of flags, as a user's kuberc has them. */
final class KubercTest {
    @TempDir
    Path home;

    private CommandLine commands;

    @BeforeEach
    void setSome() {
        commands = new CommandLine(home).with("KUBEJAR_CLOCK", "frozen");
        run("kuberc set --section defaults --command get --option output=name");
        run(
                "kuberc set --section aliases --name getn --command get --prependarg nodes --option output=jsonpath={.kind}");
    }

    private CommandLine.Result run(String line) {
        return commands.run(CommandLine.words(line));
    }

    @Test
    void aliasStandsForItsCommandAndBringsItsOwnDefaults() {
        assertEquals("List", run("getn").out());
        assertEquals("node/worker-1\n", run("getn worker-1 -o name").out());
        assertTrue(run("__complete getn worker-").out().startsWith("worker-1\nworker-2\n"));
    }

    @Test
    void defaultsYieldToTheCommandLine() {
        assertEquals("namespace/default\n", run("get namespace default").out());
        assertEquals(
                "Namespace", run("get namespace default -ojsonpath={.kind}").out());
        assertTrue(run("describe namespace default").out().startsWith("Name: "));
    }

    @Test
    void canBeSwitchedOff() {
        commands.with("KUBERC", "off");
        assertTrue(run("get namespace default").out().startsWith("NAME "));
        assertTrue(run("getn").err().startsWith("error: unknown command \"getn\" for \"kubectl\"\n"));
    }

    @Test
    void faultsAreTold() throws IOException {
        assertEquals(
                "error: defaults for command \"get\" already exist, use --overwrite to replace\n",
                run("kuberc set --section defaults --command get").err());
        Path file = home.resolve("other");
        Files.writeString(file, "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\naliases:\n- name: a1\n");
        assertEquals(
                "error occurred while applying preferences invalid alias name, can only include alphabetical"
                        + " characters\n",
                run("version --kuberc=" + file).err());
    }
}
