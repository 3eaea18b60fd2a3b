package dev.kubejar.print;

import java.util.List;

/** A part of a parsed Go template; {@code toString} gives it back as Go shows it in errors. */
interface TemplateNode {
    int pos();

    record Text(int pos, String text) implements TemplateNode {
        @Override
        public String toString() {
            return text;
        }
    }

    /** {@code {{pipeline}}}. */
    record Action(int pos, Pipe pipe) implements TemplateNode {
        @Override
        public String toString() {
            return "{{" + pipe + "}}";
        }
    }

    /** {@code if}, {@code with} or {@code range}. */
    record Branch(int pos, String keyword, Pipe pipe, List<TemplateNode> body, List<TemplateNode> otherwise)
            implements TemplateNode {}

    record Invoke(int pos, String name, Pipe pipe) implements TemplateNode {
        @Override
        public String toString() {
            return "{{template \"" + name + "\"" + (pipe == null ? "" : " " + pipe) + "}}";
        }
    }

    /** {@code break} or {@code continue}. */
    record Jump(int pos, String keyword) implements TemplateNode {}

    /** Commands from left to right, with the variables that take the result; {@code assign}: {@code =}, not {@code :=}. */
    record Pipe(int pos, boolean assign, List<String> variables, List<Command> commands) implements TemplateNode {
        @Override
        public String toString() {
            StringBuilder out = new StringBuilder();
            if (!variables.isEmpty()) {
                out.append(String.join(", ", variables)).append(assign ? " = " : " := ");
            }
            for (int i = 0; i < commands.size(); i++) {
                out.append(i == 0 ? "" : " | ").append(commands.get(i));
            }
            return out.toString();
        }
    }

    record Command(int pos, List<TemplateNode> words) implements TemplateNode {
        @Override
        public String toString() {
            StringBuilder out = new StringBuilder();
            for (TemplateNode word : words) {
                out.append(out.isEmpty() ? "" : " ").append(word instanceof Pipe ? "(" + word + ")" : word.toString());
            }
            return out.toString();
        }
    }

    record Function(int pos, String name) implements TemplateNode {
        @Override
        public String toString() {
            return name;
        }
    }

    record Dot(int pos) implements TemplateNode {
        @Override
        public String toString() {
            return ".";
        }
    }

    record Nil(int pos) implements TemplateNode {
        @Override
        public String toString() {
            return "nil";
        }
    }

    /** {@code .a.b}. */
    record Fields(int pos, List<String> names) implements TemplateNode {
        @Override
        public String toString() {
            return "." + String.join(".", names);
        }
    }

    /** {@code $x.a.b}. */
    record Variable(int pos, String name, List<String> fields) implements TemplateNode {
        @Override
        public String toString() {
            return fields.isEmpty() ? name : name + "." + String.join(".", fields);
        }
    }

    /** {@code (pipeline).a}. */
    record Chain(int pos, TemplateNode base, List<String> fields) implements TemplateNode {
        @Override
        public String toString() {
            return (base instanceof Pipe ? "(" + base + ")" : base) + "." + String.join(".", fields);
        }
    }

    /** A constant as it was written. */
    record Constant(int pos, Object value, String written) implements TemplateNode {
        @Override
        public String toString() {
            return written;
        }
    }
}
