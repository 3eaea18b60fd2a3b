package dev.kubejar.print;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.GoText;
import dev.kubejar.object.ParseError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One execution of a Go template. */
final class TemplateRun {
    private static final int MAX_DEPTH = 500;
    private static final int MAX_STEPS = 50_000_000;

    private record Bound(String name, Object[] value) {}

    private enum Flow {
        ON,
        BREAK,
        CONTINUE
    }

    private final String name;
    private final String text;
    private final Map<String, List<TemplateNode>> templates;
    private final boolean missingKeyError;
    private final Appendable out;
    private List<Bound> variables = new ArrayList<>();
    private String current;
    private TemplateNode at;
    private int depth;
    private int steps;

    TemplateRun(
            String name,
            String text,
            Map<String, List<TemplateNode>> templates,
            boolean missingKeyError,
            Appendable out) {
        this.name = name;
        this.text = text;
        this.templates = templates;
        this.missingKeyError = missingKeyError;
        this.out = out;
    }

    void run(Object data) {
        body(name, data);
    }

    private void body(String template, Object dot) {
        List<Bound> outer = variables;
        String before = current;
        current = template;
        variables = new ArrayList<>();
        push("$", dot);
        walk(templates.get(template), dot);
        variables = outer;
        current = before;
    }

    ParseError fault(String message) {
        String before = text.substring(0, at.pos());
        int newline = before.lastIndexOf('\n');
        long line = 1 + before.chars().filter(c -> c == '\n').count();
        return new ParseError("template: " + name + ":" + line + ":" + (at.pos() - newline - 1) + ": executing "
                + GoText.quoted(current) + " at <" + at + ">: " + message);
    }

    private void push(String variable, Object value) {
        variables.add(new Bound(variable, new Object[] {value}));
    }

    private void cut(int scope) {
        variables.subList(scope, variables.size()).clear();
    }

    private Flow walk(List<TemplateNode> nodes, Object dot) {
        for (TemplateNode node : nodes) {
            if (++steps > MAX_STEPS) {
                at = node;
                throw fault("template runs for too long");
            }
            Flow flow = walk(node, dot);
            if (flow != Flow.ON) {
                return flow;
            }
        }
        return Flow.ON;
    }

    private Flow walk(TemplateNode node, Object dot) {
        if (node instanceof TemplateNode.Text words) {
            write(words.text());
        } else if (node instanceof TemplateNode.Action action) {
            at = action;
            Object value = pipeline(action.pipe(), dot);
            if (action.pipe().variables().isEmpty()) {
                write(TemplateValue.nothing(value) ? "<no value>" : TemplateValue.text(value));
            }
        } else if (node instanceof TemplateNode.Branch branch) {
            return branch.keyword().equals("range") ? range(branch, dot) : condition(branch, dot);
        } else if (node instanceof TemplateNode.Invoke invoke) {
            invoke(invoke, dot);
        } else if (node instanceof TemplateNode.Jump jump) {
            return jump.keyword().equals("break") ? Flow.BREAK : Flow.CONTINUE;
        }
        return Flow.ON;
    }

    private void write(String words) {
        try {
            out.append(words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Flow condition(TemplateNode.Branch branch, Object dot) {
        int scope = variables.size();
        Object value = pipeline(branch.pipe(), dot);
        boolean with = branch.keyword().equals("with");
        Flow flow =
                TemplateValue.truth(value) ? walk(branch.body(), with ? value : dot) : walk(branch.otherwise(), dot);
        cut(scope);
        return flow;
    }

    private void invoke(TemplateNode.Invoke invoke, Object dot) {
        at = invoke;
        if (!templates.containsKey(invoke.name())) {
            throw fault("template " + GoText.quoted(invoke.name()) + " not defined");
        }
        if (++depth > MAX_DEPTH) {
            throw fault("exceeded maximum template depth (" + MAX_DEPTH + ")");
        }
        Object argument = invoke.pipe() == null ? null : pipeline(invoke.pipe(), dot);
        body(invoke.name(), argument);
        depth--;
    }

    private Flow range(TemplateNode.Branch branch, Object dot) {
        int scope = variables.size();
        Object value = pipeline(branch.pipe(), dot);
        cut(scope);
        Flow flow = Flow.ON;
        if (value instanceof JsonNode node && node.isObject() && !node.isEmpty()) {
            for (Map.Entry<String, JsonNode> field : GoText.sorted(node)) {
                flow = once(branch, field.getKey(), TemplateValue.of(field.getValue()));
                if (flow == Flow.BREAK) {
                    break;
                }
            }
        } else if (value instanceof JsonNode node && !node.isEmpty()) {
            for (int i = 0; i < node.size() && flow != Flow.BREAK; i++) {
                flow = once(branch, (long) i, TemplateValue.of(node.get(i)));
            }
        } else if (value instanceof Long count && count > 0) {
            for (long i = 0; i < count && flow != Flow.BREAK; i++) {
                flow = once(branch, i, i);
            }
        } else if (TemplateValue.nothing(value) || value instanceof JsonNode || value instanceof Long) {
            flow = walk(branch.otherwise(), dot);
            cut(scope);
            return flow;
        } else {
            throw fault("range can't iterate over " + TemplateValue.text(value));
        }
        return Flow.ON;
    }

    private Flow once(TemplateNode.Branch branch, Object key, Object element) {
        int scope = variables.size();
        List<String> names = branch.pipe().variables();
        if (branch.pipe().assign()) {
            if (names.size() > 1) {
                set(names.get(0), key);
            }
            set(names.get(names.size() - 1), element);
        } else {
            if (names.size() > 1) {
                push(names.get(0), key);
            }
            if (!names.isEmpty()) {
                push(names.get(names.size() - 1), element);
            }
        }
        Flow flow = walk(branch.body(), element);
        cut(scope);
        return flow;
    }

    private void set(String variable, Object value) {
        bound(variable).value()[0] = value;
    }

    private Bound bound(String variable) {
        for (int i = variables.size() - 1; i >= 0; i--) {
            if (variables.get(i).name().equals(variable)) {
                return variables.get(i);
            }
        }
        throw fault("undefined variable: " + variable);
    }

    private Object pipeline(TemplateNode.Pipe pipe, Object dot) {
        at = pipe;
        Object value = TemplateValue.NONE;
        boolean first = true;
        for (TemplateNode.Command command : pipe.commands()) {
            value = command(command, dot, !first, value);
            first = false;
        }
        boolean range = pipe.variables().size() > 1;
        for (String variable : range ? List.<String>of() : pipe.variables()) {
            if (pipe.assign()) {
                set(variable, value);
            } else {
                push(variable, value);
            }
        }
        return value;
    }

    private Object command(TemplateNode.Command command, Object dot, boolean piped, Object last) {
        TemplateNode first = command.words().get(0);
        boolean arguments = piped || command.words().size() > 1;
        if (first instanceof TemplateNode.Function function) {
            at = function;
            return call(function.name(), command, dot, piped, last);
        }
        at = first;
        if (first instanceof TemplateNode.Fields fields) {
            return fields(dot, fields.names(), arguments);
        }
        if (first instanceof TemplateNode.Variable variable
                && !variable.fields().isEmpty()) {
            return fields(bound(variable.name()).value()[0], variable.fields(), arguments);
        }
        if (first instanceof TemplateNode.Chain chain) {
            return chain(chain, dot, arguments);
        }
        if (arguments) {
            throw fault("can't give argument to non-function " + first);
        }
        if (first instanceof TemplateNode.Nil) {
            throw fault("nil is not a command");
        }
        return value(first, dot);
    }

    private Object chain(TemplateNode.Chain chain, Object dot, boolean arguments) {
        Object base = chain.base() instanceof TemplateNode.Function function
                ? call(function.name(), new TemplateNode.Command(function.pos(), List.of(function)), dot, false, null)
                : value(chain.base(), dot);
        at = chain;
        return fields(base, chain.fields(), arguments);
    }

    private Object value(TemplateNode node, Object dot) {
        at = node;
        if (node instanceof TemplateNode.Dot) {
            return dot;
        }
        if (node instanceof TemplateNode.Constant constant) {
            return constant.value();
        }
        if (node instanceof TemplateNode.Pipe pipe) {
            return pipeline(pipe, dot);
        }
        if (node instanceof TemplateNode.Variable variable) {
            return fields(bound(variable.name()).value()[0], variable.fields(), false);
        }
        if (node instanceof TemplateNode.Fields fields) {
            return fields(dot, fields.names(), false);
        }
        if (node instanceof TemplateNode.Chain chain) {
            return chain(chain, dot, false);
        }
        if (node instanceof TemplateNode.Function function) {
            return call(function.name(), new TemplateNode.Command(function.pos(), List.of(function)), dot, false, null);
        }
        return null;
    }

    private Object fields(Object receiver, List<String> names, boolean arguments) {
        Object value = receiver;
        for (int i = 0; i < names.size(); i++) {
            value = field(value, names.get(i), arguments && i == names.size() - 1, i > 0);
        }
        return value;
    }

    private Object field(Object receiver, String field, boolean arguments, boolean inside) {
        if (receiver == TemplateValue.NONE) {
            if (missingKeyError) {
                throw fault("nil data; no entry for key " + GoText.quoted(field));
            }
            return TemplateValue.NONE;
        }
        if (receiver == null) {
            throw fault("nil pointer evaluating interface {}." + field);
        }
        if (!(receiver instanceof JsonNode node && node.isObject())) {
            String type = inside ? "interface {}" : TemplateValue.type(receiver);
            throw fault("can't evaluate field " + field + " in type " + type);
        }
        if (arguments) {
            throw fault(field + " is not a method but has arguments");
        }
        JsonNode found = ((JsonNode) receiver).get(field);
        if (found == null && missingKeyError) {
            throw fault("map has no entry for key " + GoText.quoted(field));
        }
        return TemplateValue.of(found);
    }

    private Object call(String function, TemplateNode.Command command, Object dot, boolean piped, Object last) {
        List<TemplateNode> words = command.words().subList(1, command.words().size());
        if (function.equals("and") || function.equals("or")) {
            return logic(function.equals("or"), words, dot, piped, last);
        }
        List<Object> arguments = new ArrayList<>();
        TemplateFunctions.checkCount(this, function, words.size() + (piped ? 1 : 0));
        for (TemplateNode word : words) {
            arguments.add(value(word, dot));
        }
        if (piped) {
            arguments.add(last);
        }
        if (function.equals("base64decode") || function.equals("printf")) {
            at = words.isEmpty() ? command.words().get(0) : words.get(0);
            string(arguments.get(0));
        }
        at = command;
        try {
            return TemplateFunctions.call(function, arguments);
        } catch (TemplateFunctions.Failure e) {
            at = command;
            throw fault("error calling " + function + ": " + e.getMessage());
        }
    }

    private void string(Object argument) {
        if (argument instanceof String) {
            return;
        }
        if (at instanceof TemplateNode.Constant) {
            throw fault("expected string; found " + at);
        }
        throw fault(
                argument == TemplateValue.NONE
                        ? "invalid value; expected string"
                        : "wrong type for value; expected string; got "
                                + (argument == null ? "interface {}" : TemplateValue.type(argument)));
    }

    private Object logic(boolean wanted, List<TemplateNode> words, Object dot, boolean piped, Object last) {
        if (words.isEmpty() && !piped) {
            throw fault("wrong number of args for " + (wanted ? "or" : "and") + ": want at least 1 got 0");
        }
        Object value = TemplateValue.NONE;
        for (TemplateNode word : words) {
            value = value(word, dot);
            if (TemplateValue.truth(value) == wanted) {
                return value;
            }
        }
        return piped ? last : value;
    }
}
