package dev.kubejar.repl;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes as the scripts for bash do, from the same source: commands, flags, types, names, namespaces, containers. */
@SuppressWarnings("deprecation") // the completer of file names has moved to a library that is not needed otherwise
final class WordCompleter implements Completer {
    private static final Set<String> NAMES = Set.of("kubectl", "kubejar", "k");
    private static final Set<String> JOINTS = Set.of("|", ";", "&&", "||");
    private static final List<String> OWN = List.of(
            "use\tWork in another namespace",
            "exit\tLeave the shell",
            "cd\tChange the folder",
            "history\tShow what was typed before");
    private static final int NO_SPACE = 2;
    private static final int NO_FILES = 4;

    private final World world;
    private final Completer files = new org.jline.reader.impl.completer.FileNameCompleter() {
        @Override
        protected Path getUserDir() {
            return world.directory();
        }
    };

    WordCompleter(World world) {
        this.world = world;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        List<String> words = new ArrayList<>(line.words().subList(0, line.wordIndex()));
        String prefix =
                line.word().substring(0, Math.min(line.wordCursor(), line.word().length()));
        boolean first = true;
        for (int i = words.size() - 1; i >= 0; i--) {
            if (JOINTS.contains(words.get(i))) {
                first = !words.get(i).equals("|");
                words = new ArrayList<>(words.subList(i + 1, words.size()));
                break;
            }
        }
        String name = words.isEmpty() ? "" : words.get(0);
        boolean named = NAMES.contains(name);
        String before = line.wordIndex() == 0 ? "" : line.words().get(line.wordIndex() - 1);
        if (before.endsWith(">")
                || before.equals("<")
                || !first && !named
                || name.equals("cd")
                || name.startsWith("!")) {
            files.complete(reader, line, candidates);
            return;
        }
        if (named) {
            words.remove(0);
        } else if (words.isEmpty()) {
            OWN.forEach(each -> candidate(each, false, candidates));
        }
        if (words.equals(List.of("use"))) {
            words = new ArrayList<>(List.of("get", "namespaces"));
        }
        words.add(prefix);
        ask(reader, line, words, candidates);
    }

    private void ask(LineReader reader, ParsedLine line, List<String> words, List<Candidate> candidates) {
        List<String> args = new ArrayList<>(List.of("__complete"));
        args.addAll(words);
        List<String> answer = new ArrayList<>(world.printed(args).lines().toList());
        int directive = 0;
        if (!answer.isEmpty() && answer.get(answer.size() - 1).startsWith(":")) {
            directive = Integer.parseInt(answer.remove(answer.size() - 1).substring(1));
        }
        boolean open = (directive & NO_SPACE) != 0;
        answer.forEach(each -> candidate(each, open, candidates));
        if (answer.isEmpty() && (directive & NO_FILES) == 0) {
            files.complete(reader, line, candidates);
        }
    }

    private static void candidate(String text, boolean open, List<Candidate> candidates) {
        int tab = text.indexOf('\t');
        String value = tab < 0 ? text : text.substring(0, tab);
        String about = tab < 0 ? null : text.substring(tab + 1);
        candidates.add(new Candidate(value, value, null, about, null, null, !open));
    }
}
