package dev.kubejar.kubelet.shell;

import dev.kubejar.kubelet.fs.FileOps;
import dev.kubejar.kubelet.fs.FsError;
import dev.kubejar.kubelet.fs.Inode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The expressions of {@code test}, {@code [} and {@code [[}. */
public final class TestExpression {
    private static final Set<String> UNARY = Set.of(
            "-b", "-c", "-d", "-e", "-f", "-g", "-G", "-h", "-k", "-L", "-n", "-O", "-p", "-r", "-s", "-S", "-t", "-u",
            "-w", "-x", "-z");
    private static final Set<String> BINARY =
            Set.of("=", "==", "!=", "<", ">", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef", "=~");

    /** An expression that means nothing. */
    private static final class Failure extends Exception {
        private static final long serialVersionUID = 1;

        Failure(String message) {
            super(message, null, false, false);
        }
    }

    private final List<String> words;
    private final Process process;
    private final FileOps files;
    private final boolean patterns;
    private int at;
    private int depth;

    private TestExpression(List<String> words, Process process, boolean patterns) {
        this.words = words;
        this.process = process;
        this.files = process.files();
        this.patterns = patterns;
    }

    /** Evaluates; the name comes first. 0 is true, 1 false, 2 an error, which is reported. */
    static int run(List<String> args, Process process, String who) {
        String name = args.get(0);
        List<String> words = new ArrayList<>(args.subList(1, args.size()));
        String close = name.endsWith("[[") ? "]]" : name.endsWith("[") ? "]" : "";
        if (!close.isEmpty()) {
            if (words.isEmpty() || !words.get(words.size() - 1).equals(close)) {
                process.complain(who + ": missing " + close + "\n");
                return 2;
            }
            words.remove(words.size() - 1);
        }
        try {
            return new TestExpression(words, process, close.equals("]]")).all() ? 0 : 1;
        } catch (Failure e) {
            process.complain(who + ": " + e.getMessage() + "\n");
            return 2;
        }
    }

    private String word(int offset) {
        return at + offset < words.size() ? words.get(at + offset) : null;
    }

    /** POSIX decides by the number of arguments first. */
    private boolean all() throws Failure {
        int count = words.size();
        if (count == 0) {
            return false;
        }
        if (count == 1) {
            return !words.get(0).isEmpty();
        }
        if (count == 2 && words.get(0).equals("!")) {
            return words.get(1).isEmpty();
        }
        if (count == 3 && BINARY.contains(words.get(1))) {
            return binary(words.get(0), words.get(1), words.get(2));
        }
        if (count == 4 && words.get(0).equals("!") && BINARY.contains(words.get(2))) {
            return !binary(words.get(1), words.get(2), words.get(3));
        }
        boolean value = or();
        if (at < count) {
            throw new Failure(words.get(at) + ": unknown operand");
        }
        return value;
    }

    private boolean or() throws Failure {
        boolean value = and();
        while (at < words.size() && (word(0).equals("-o") || word(0).equals("||"))) {
            at++;
            boolean right = and();
            value = value || right;
        }
        return value;
    }

    private boolean and() throws Failure {
        boolean value = not();
        while (at < words.size() && (word(0).equals("-a") || word(0).equals("&&"))) {
            at++;
            boolean right = not();
            value = value && right;
        }
        return value;
    }

    private boolean not() throws Failure {
        if (depth++ > 100) {
            throw new Failure("nested too deeply");
        }
        try {
            if ("!".equals(word(0)) && word(1) != null) {
                at++;
                return !not();
            }
            return primary();
        } finally {
            depth--;
        }
    }

    private boolean primary() throws Failure {
        String first = word(0);
        if (first == null) {
            throw new Failure("argument expected");
        }
        String second = word(1);
        if (second != null && BINARY.contains(second) && word(2) != null) {
            at += 3;
            return binary(first, second, words.get(at - 1));
        }
        if (first.equals("(")) {
            at++;
            boolean value = or();
            if (!")".equals(word(0))) {
                throw new Failure("closing paren expected");
            }
            at++;
            return value;
        }
        if (UNARY.contains(first) && second != null) {
            at += 2;
            return unary(first.charAt(1), second);
        }
        at++;
        return !first.isEmpty();
    }

    private boolean binary(String left, String operator, String right) throws Failure {
        return switch (operator) {
            case "=", "==" -> patterns ? Pattern.matches(right, left) : left.equals(right);
            case "!=" -> patterns ? !Pattern.matches(right, left) : !left.equals(right);
            case "<" -> left.compareTo(right) < 0;
            case ">" -> left.compareTo(right) > 0;
            case "=~" -> Regex.extended(right, false).find(left, 0) != null;
            case "-eq" -> number(left) == number(right);
            case "-ne" -> number(left) != number(right);
            case "-lt" -> number(left) < number(right);
            case "-le" -> number(left) <= number(right);
            case "-gt" -> number(left) > number(right);
            case "-ge" -> number(left) >= number(right);
            case "-nt" -> time(left) > time(right);
            case "-ot" -> time(left) < time(right);
            default -> node(left, true) != null && node(left, true) == node(right, true);
        };
    }

    private long number(String text) throws Failure {
        long number = Text.number(text.trim(), Long.MIN_VALUE);
        if (number == Long.MIN_VALUE) {
            throw new Failure(
                    text.isEmpty() || !Character.isDigit(text.charAt(0))
                            ? text + ": bad number"
                            : text + ": bad number");
        }
        return number;
    }

    private long time(String path) {
        Inode node = node(path, true);
        return node == null ? Long.MIN_VALUE : node.mtime();
    }

    private Inode node(String path, boolean follow) {
        try {
            return (follow ? files.at(path) : files.link(path)).node();
        } catch (FsError e) {
            return null;
        }
    }

    private boolean unary(char operator, String operand) throws Failure {
        switch (operator) {
            case 'z':
                return operand.isEmpty();
            case 'n':
                return !operand.isEmpty();
            case 't':
                Channel channel = process.channel((int) number(operand));
                return channel != null && channel.isTerminal();
            default:
                Inode node = node(operand, operator != 'h' && operator != 'L');
                return node != null && file(operator, operand, node);
        }
    }

    private boolean file(char operator, String path, Inode node) {
        return switch (operator) {
            case 'e' -> true;
            case 'f' -> node.type() == Inode.Type.FILE;
            case 'd' -> node.isDirectory();
            case 'h', 'L' -> node.type() == Inode.Type.LINK;
            case 'c' -> node.type() == Inode.Type.DEVICE;
            case 'p' -> node.type() == Inode.Type.FIFO;
            case 's' -> node.size() > 0;
            case 'r' -> files.who().may(node, 4);
            case 'w' -> files.who().may(node, 2) && !readOnly(path);
            case 'x' -> files.who().may(node, 1);
            case 'u' -> (node.mode() & 04000) != 0;
            case 'g' -> (node.mode() & 02000) != 0;
            case 'k' -> (node.mode() & 01000) != 0;
            case 'O' -> node.uid() == files.who().uid();
            case 'G' -> node.gid() == files.who().gid();
            default -> false;
        };
    }

    private boolean readOnly(String path) {
        try {
            return files.at(path).readOnly();
        } catch (FsError e) {
            return false;
        }
    }
}
