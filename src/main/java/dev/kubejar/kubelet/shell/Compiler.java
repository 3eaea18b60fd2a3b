package dev.kubejar.kubelet.shell;

import dev.kubejar.kubelet.shell.Node.Redirection;
import dev.kubejar.kubelet.shell.Node.Word;
import dev.kubejar.kubelet.shell.Op.Kind;
import java.util.ArrayList;
import java.util.List;

/** Turns commands as they were written into instructions. */
final class Compiler {
    private final List<Op> ops = new ArrayList<>();
    private int line;

    List<Op> program(Node node, boolean last) {
        command(node, last);
        emit(Kind.RETURN);
        return List.copyOf(ops);
    }

    private int emit(Kind kind) {
        return emit(kind, 0, 0, "");
    }

    private int emit(Kind kind, int a, int b, String text) {
        ops.add(new Op(kind, a, b, text, line));
        return ops.size() - 1;
    }

    private int here() {
        return ops.size();
    }

    /** Lets an instruction that was written earlier lead here. */
    private void land(int position) {
        Op op = ops.get(position);
        ops.set(position, new Op(op.kind(), here(), op.b(), op.text(), op.line()));
    }

    private void landB(int position) {
        Op op = ops.get(position);
        ops.set(position, new Op(op.kind(), op.a(), here(), op.text(), op.line()));
    }

    /**
     * @param last whether nothing comes after this command, so that a program may take the shell's place
     */
    private void command(Node node, boolean last) {
        if (node instanceof Node.Simple simple) {
            simple(simple, last);
        } else if (node instanceof Node.Sequence sequence) {
            int count = sequence.parts().size();
            for (int i = 0; i < count; i++) {
                command(sequence.parts().get(i), last && i == count - 1);
            }
        } else if (node instanceof Node.AndOr andOr) {
            andOr(andOr, last);
        } else if (node instanceof Node.Pipeline pipeline) {
            pipeline(pipeline);
        } else if (node instanceof Node.Background background) {
            child(Kind.BACKGROUND, background.body());
        } else if (node instanceof Node.Subshell subshell) {
            child(Kind.SUBSHELL, subshell.body());
            emit(Kind.CHECK);
        } else if (node instanceof Node.If conditional) {
            conditional(conditional, last);
        } else if (node instanceof Node.Loop loop) {
            loop(loop);
        } else if (node instanceof Node.For loop) {
            forLoop(loop);
        } else if (node instanceof Node.Case choice) {
            choice(choice, last);
        } else if (node instanceof Node.Function function) {
            int begin = emit(Kind.FUNCTION, 0, 0, function.name());
            command(function.body(), false);
            emit(Kind.RETURN);
            land(begin);
        } else if (node instanceof Node.Redirected redirected) {
            redirected(redirected);
        } else if (node instanceof Node.Broken broken) {
            line = broken.line();
            emit(Kind.BROKEN, 0, 0, broken.message());
        }
    }

    /** Code that a child runs stands in place, and the parent jumps over it. */
    private void child(Kind kind, Node body) {
        int start = emit(kind);
        int over = emit(Kind.JUMP);
        land(start);
        command(body, true);
        emit(Kind.EXIT);
        land(over);
    }

    private void simple(Node.Simple simple, boolean last) {
        line = simple.line();
        emit(Kind.COMMAND);
        boolean test =
                !simple.words().isEmpty() && "[[".equals(simple.words().get(0).literal());
        for (Word word : simple.words()) {
            word(word, false);
            emit(Kind.ARGUMENT, test ? 1 : 0, 0, "");
        }
        line = simple.line();
        redirections(simple.redirections());
        for (Node.Assignment assignment : simple.assignments()) {
            word(assignment.value(), false);
            emit(Kind.ASSIGN, assignment.append() ? 1 : 0, 0, assignment.name());
        }
        line = simple.line();
        emit(Kind.EXECUTE, last ? 1 : 0, 0, "");
        emit(Kind.DONE);
    }

    private void redirections(List<Redirection> redirections) {
        for (Redirection each : redirections) {
            word(each.target(), false);
            emit(Kind.REDIRECT, each.descriptor(), 0, each.operator());
        }
    }

    private void andOr(Node.AndOr node, boolean last) {
        emit(Kind.TEST);
        command(node.left(), false);
        emit(Kind.TESTED);
        int skip = emit(node.and() ? Kind.IF_FALSE : Kind.IF_TRUE);
        command(node.right(), last);
        land(skip);
    }

    private void pipeline(Node.Pipeline node) {
        if (node.negated()) {
            emit(Kind.TEST);
        }
        if (node.parts().size() == 1) {
            command(node.parts().get(0), false);
        } else {
            int count = node.parts().size();
            emit(Kind.PIPELINE, count, 0, "");
            int[] starts = new int[count];
            for (int i = 0; i < count; i++) {
                starts[i] = emit(Kind.STAGE, 0, i == count - 1 ? 1 : 0, "");
            }
            emit(Kind.JOIN);
            int over = emit(Kind.JUMP);
            for (int i = 0; i < count; i++) {
                land(starts[i]);
                command(node.parts().get(i), true);
                emit(Kind.EXIT);
            }
            land(over);
        }
        if (node.negated()) {
            emit(Kind.TESTED);
            emit(Kind.NOT);
        } else {
            emit(Kind.CHECK);
        }
    }

    private void conditional(Node.If node, boolean last) {
        emit(Kind.TEST);
        command(node.test(), false);
        emit(Kind.TESTED);
        int otherwise = emit(Kind.IF_FALSE);
        command(node.then(), last);
        int end = emit(Kind.JUMP);
        land(otherwise);
        if (node.otherwise() == null) {
            emit(Kind.STATUS);
        } else {
            command(node.otherwise(), last);
        }
        land(end);
    }

    private void loop(Node.Loop node) {
        int begin = emit(Kind.LOOP);
        landB(begin);
        int again = here();
        emit(Kind.TEST);
        command(node.test(), false);
        emit(Kind.TESTED);
        int out = emit(node.until() ? Kind.IF_TRUE : Kind.IF_FALSE);
        command(node.body(), false);
        emit(Kind.STATUS, 1, 1, "");
        emit(Kind.JUMP, again, 0, "");
        land(out);
        emit(Kind.STATUS, 2, 1, "");
        land(begin);
        emit(Kind.END_LOOP);
    }

    private void forLoop(Node.For node) {
        emit(Kind.COMMAND);
        List<Word> items = node.items() == null
                ? List.of(new Word(List.of(new Node.Parameter("@", "", null, null, true))))
                : node.items();
        for (Word word : items) {
            word(word, false);
            emit(Kind.ARGUMENT);
        }
        int begin = emit(Kind.ITEMS, 0, 0, node.name());
        landB(begin);
        int again = emit(Kind.NEXT_ITEM);
        command(node.body(), false);
        emit(Kind.JUMP, again, 0, "");
        land(again);
        land(begin);
        emit(Kind.END_LOOP);
    }

    private void choice(Node.Case node, boolean last) {
        word(node.subject(), false);
        emit(Kind.CASE);
        List<int[]> matches = new ArrayList<>();
        for (Node.Arm arm : node.arms()) {
            int[] positions = new int[arm.patterns().size()];
            for (int i = 0; i < positions.length; i++) {
                word(arm.patterns().get(i), false);
                positions[i] = emit(Kind.MATCH);
            }
            matches.add(positions);
        }
        emit(Kind.END_CASE);
        emit(Kind.STATUS);
        List<Integer> ends = new ArrayList<>();
        ends.add(emit(Kind.JUMP));
        for (int i = 0; i < matches.size(); i++) {
            for (int position : matches.get(i)) {
                land(position);
            }
            emit(Kind.END_CASE);
            emit(Kind.STATUS);
            command(node.arms().get(i).body(), last);
            ends.add(emit(Kind.JUMP));
        }
        ends.forEach(this::land);
    }

    private void redirected(Node.Redirected node) {
        line = node.line();
        emit(Kind.REDIRECTED);
        redirections(node.redirections());
        int enter = emit(Kind.ENTER);
        command(node.body(), false);
        emit(Kind.LEAVE);
        land(enter);
        emit(Kind.CHECK);
    }

    /**
     * @param argument whether this is the argument of an unquoted {@code ${x:-…}}: its plain text splits into fields
     */
    private void word(Word word, boolean argument) {
        emit(Kind.WORD);
        parts(word, argument);
    }

    private void parts(Word word, boolean argument) {
        for (Node.Part part : word.parts()) {
            if (part instanceof Node.Literal literal) {
                int mode = literal.quoted() ? Expansion.QUOTED : argument ? Expansion.SPLIT : Expansion.PLAIN;
                emit(Kind.TEXT, mode, 0, literal.text());
            } else if (part instanceof Node.Tilde tilde) {
                emit(Kind.TILDE, 0, 0, tilde.user());
            } else if (part instanceof Node.Arithmetic arithmetic) {
                word(arithmetic.expression(), false);
                emit(Kind.ARITHMETIC, arithmetic.quoted() ? 1 : 0, 0, "");
            } else if (part instanceof Node.Substitution substitution) {
                int start = emit(Kind.SUBSTITUTE, substitution.quoted() ? 1 : 0, 0, "");
                int over = emit(Kind.JUMP);
                landB(start);
                command(substitution.body(), true);
                emit(Kind.EXIT);
                land(over);
            } else if (part instanceof Node.Parameter parameter) {
                parameter(parameter);
            }
        }
    }

    private void parameter(Node.Parameter parameter) {
        int quoted = parameter.quoted() ? 1 : 0;
        String operator = parameter.operator();
        String text = parameter.name() + " " + operator;
        if (operator.isEmpty()) {
            emit(Kind.VALUE, quoted, 0, parameter.name());
        } else if (operator.equals("#len")) {
            emit(Kind.LENGTH, quoted, 0, parameter.name());
        } else if (operator.endsWith("-") || operator.endsWith("+")) {
            int choose = emit(Kind.CHOOSE, 0, quoted, text);
            parts(parameter.argument(), !parameter.quoted());
            land(choose);
        } else if (operator.endsWith("=") || operator.endsWith("?")) {
            int choose = emit(Kind.CHOOSE, 0, quoted, text);
            word(parameter.argument(), false);
            emit(Kind.APPLY, 0, quoted, text);
            land(choose);
        } else {
            word(parameter.argument(), false);
            if (parameter.second() != null) {
                word(parameter.second(), false);
            }
            emit(Kind.APPLY, parameter.second() == null ? 1 : 2, quoted, text);
        }
    }
}
