package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.shell.Regex;
import dev.kubejar.kubelet.shell.Text;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The commands of a sed script. */
final class SedScript {
    /** Where a command applies: a line number, {@code $} (-1), a pattern, every so many lines. */
    record Address(long line, long step, Regex pattern) {}

    /** One command with its addresses. */
    static final class Command {
        Address from;
        Address to;
        long more = -1;
        boolean negated;
        char name;
        String text = "";
        Regex pattern;
        String replacement = "";
        boolean global;
        boolean prints;
        int which = 1;
        String file;
        /** Of an opening brace: where its block ends; of a branch: where it goes. */
        int target;
    }

    final List<Command> commands = new ArrayList<>();
    private final String text;
    private final boolean extended;
    private int at;
    private Regex last;

    SedScript(String text, boolean extended) {
        this.text = text;
        this.extended = extended;
        parse();
        branches();
    }

    private static IllegalArgumentException wrong(String message) {
        return new IllegalArgumentException(message);
    }

    private void blanks(String also) {
        while (at < text.length() && (" \t".indexOf(text.charAt(at)) >= 0 || also.indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
    }

    private void parse() {
        Deque<Command> open = new ArrayDeque<>();
        while (true) {
            blanks("\n;");
            if (at >= text.length()) {
                break;
            }
            if (text.charAt(at) == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
                continue;
            }
            Command command = new Command();
            addresses(command);
            blanks("");
            while (at < text.length() && text.charAt(at) == '!') {
                command.negated = true;
                at++;
                blanks("");
            }
            if (at >= text.length()) {
                throw wrong("missing command");
            }
            command.name = text.charAt(at++);
            arguments(command);
            if (command.name == '{') {
                open.push(command);
            } else if (command.name == '}') {
                if (open.isEmpty()) {
                    throw wrong("unexpected '}'");
                }
                open.pop().target = commands.size();
            }
            commands.add(command);
        }
        if (!open.isEmpty()) {
            throw wrong("unterminated {");
        }
    }

    private void addresses(Command command) {
        command.from = address();
        if (command.from == null) {
            return;
        }
        blanks("");
        if (at < text.length() && text.charAt(at) == ',') {
            at++;
            blanks("");
            if (at < text.length() && text.charAt(at) == '+') {
                at++;
                command.more = number();
                return;
            }
            command.to = address();
            if (command.to == null) {
                throw wrong("no address after comma");
            }
        }
    }

    private long number() {
        int start = at;
        while (at < text.length() && Character.isDigit(text.charAt(at))) {
            at++;
        }
        return Text.number(text.substring(start, at), 0);
    }

    private Address address() {
        if (at >= text.length()) {
            return null;
        }
        char c = text.charAt(at);
        if (Character.isDigit(c)) {
            long line = number();
            if (at < text.length() && text.charAt(at) == '~') {
                at++;
                return new Address(line, number(), null);
            }
            return new Address(line, 0, null);
        }
        if (c == '$') {
            at++;
            return new Address(-1, 0, null);
        }
        if (c == '/' || c == '\\' && at + 1 < text.length()) {
            at += c == '\\' ? 1 : 0;
            char delimiter = text.charAt(at++);
            String source = until(delimiter, true);
            boolean ignoreCase = at < text.length() && text.charAt(at) == 'I';
            at += ignoreCase ? 1 : 0;
            return new Address(0, 0, regex(source, ignoreCase));
        }
        return null;
    }

    private Regex regex(String source, boolean ignoreCase) {
        if (source.isEmpty()) {
            if (last == null) {
                throw wrong("no previous regexp");
            }
            return last;
        }
        last = extended ? Regex.extended(source, ignoreCase) : Regex.basic(source, ignoreCase);
        return last;
    }

    /** The text up to a delimiter, which is taken; an escaped delimiter loses its backslash. */
    private String until(char delimiter, boolean pattern) {
        StringBuilder out = new StringBuilder();
        boolean inSet = false;
        while (true) {
            if (at >= text.length()) {
                throw wrong("unmatched '" + delimiter + "'");
            }
            char c = text.charAt(at++);
            if (c == '\\' && at < text.length()) {
                char next = text.charAt(at++);
                if (next == delimiter) {
                    out.append(pattern && "*.[]^$+?(){}|".indexOf(next) >= 0 ? "\\" : "")
                            .append(next);
                } else if (next == 'n' && pattern) {
                    out.append('\n');
                } else {
                    out.append('\\').append(next);
                }
                continue;
            }
            if (pattern && c == '[' && !inSet) {
                inSet = true;
            } else if (pattern && c == ']' && inSet) {
                inSet = false;
            }
            if (c == delimiter && !inSet) {
                return out.toString();
            }
            out.append(c);
        }
    }

    private void arguments(Command command) {
        switch (command.name) {
            case 's' -> substitution(command);
            case 'y' -> {
                char delimiter = text.charAt(at++);
                command.text = until(delimiter, false);
                command.replacement = until(delimiter, false);
                if (command.text.length() != command.replacement.length()) {
                    throw wrong("strings for 'y' command are different lengths");
                }
            }
            case 'a', 'i', 'c' -> command.text = lines();
            case ':', 'b', 't', 'T' -> {
                blanks("");
                int start = at;
                while (at < text.length() && ";\n}".indexOf(text.charAt(at)) < 0) {
                    at++;
                }
                command.text = text.substring(start, at).trim();
            }
            case 'r', 'w' -> {
                blanks("");
                int end = text.indexOf('\n', at);
                command.file = text.substring(at, end < 0 ? text.length() : end);
                at = end < 0 ? text.length() : end;
            }
            case 'q', 'Q' -> {
                blanks("");
                command.which = (int) number();
            }
            case '{', '}', 'd', 'D', 'g', 'G', 'h', 'H', 'l', 'n', 'N', 'p', 'P', 'x', '=' -> {}
            default -> throw wrong("unsupported command " + command.name);
        }
    }

    private String lines() {
        blanks("");
        if (at < text.length() && text.charAt(at) == '\\') {
            at++;
            if (at < text.length() && text.charAt(at) == '\n') {
                at++;
            } else {
                blanks("");
            }
        }
        StringBuilder out = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '\n') {
            char c = text.charAt(at++);
            if (c == '\\' && at < text.length()) {
                char next = text.charAt(at++);
                out.append(next == 't' ? '\t' : next == 'n' ? '\n' : next);
            } else {
                out.append(c);
            }
        }
        return out.append('\n').toString();
    }

    private void substitution(Command command) {
        if (at >= text.length()) {
            throw wrong("bad option in substitution expression");
        }
        char delimiter = text.charAt(at++);
        String source = until(delimiter, true);
        command.replacement = until(delimiter, false);
        boolean ignoreCase = false;
        while (at < text.length() && ";\n} \t#".indexOf(text.charAt(at)) < 0) {
            char c = text.charAt(at);
            if (Character.isDigit(c)) {
                command.which = (int) number();
                continue;
            }
            at++;
            switch (c) {
                case 'g' -> command.global = true;
                case 'p' -> command.prints = true;
                case 'i', 'I' -> ignoreCase = true;
                case 'w' -> {
                    blanks("");
                    int end = text.indexOf('\n', at);
                    command.file = text.substring(at, end < 0 ? text.length() : end);
                    at = end < 0 ? text.length() : end;
                }
                default -> throw wrong("bad option in substitution expression");
            }
        }
        command.pattern = regex(source, ignoreCase);
    }

    private void branches() {
        for (Command command : commands) {
            if ("btT".indexOf(command.name) < 0) {
                continue;
            }
            command.target = command.text.isEmpty() ? commands.size() : -1;
            for (int i = 0; i < commands.size(); i++) {
                if (commands.get(i).name == ':' && commands.get(i).text.equals(command.text)) {
                    command.target = i;
                }
            }
            if (command.target < 0) {
                throw wrong("can't find label for jump to '" + command.text + "'");
            }
        }
    }
}
