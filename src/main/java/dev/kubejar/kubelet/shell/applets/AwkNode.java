package dev.kubejar.kubelet.shell.applets;

import java.util.List;

/** The parts of an awk program. */
sealed interface AwkNode {
    record Constant(Object value) implements AwkNode {}

    /** A regular expression that stands alone: it is matched against the record. */
    record Match(AwkNode pattern) implements AwkNode {}

    record Variable(String name) implements AwkNode {}

    record Field(AwkNode index) implements AwkNode {}

    record Element(String array, List<AwkNode> index) implements AwkNode {}

    record Unary(String operator, AwkNode operand) implements AwkNode {}

    record Binary(String operator, AwkNode left, AwkNode right) implements AwkNode {}

    record Conditional(AwkNode test, AwkNode yes, AwkNode no) implements AwkNode {}

    /** The operator is empty for a plain assignment. */
    record Assign(AwkNode target, String operator, AwkNode value) implements AwkNode {}

    /** {@code x++} and its like; before: the new value counts. */
    record Step(AwkNode target, int by, boolean before) implements AwkNode {}

    record In(List<AwkNode> index, String array) implements AwkNode {}

    record Call(String name, List<AwkNode> arguments) implements AwkNode {}

    record Block(List<AwkNode> body) implements AwkNode {}

    record If(AwkNode test, AwkNode then, AwkNode otherwise) implements AwkNode {}

    /** With {@code after} the test comes after the body; start and step may be null. */
    record Loop(AwkNode start, AwkNode test, AwkNode step, AwkNode body, boolean after) implements AwkNode {}

    record ForIn(String variable, String array, AwkNode body) implements AwkNode {}

    /** The redirection is empty, {@code >}, {@code >>} or {@code |}. */
    record Print(boolean formatted, List<AwkNode> values, String redirection, AwkNode target) implements AwkNode {}

    /** next, exit, break, continue, return. */
    record Jump(String kind, AwkNode value) implements AwkNode {}

    record Delete(String array, List<AwkNode> index) implements AwkNode {}

    /** A pattern (null for always), the end of a range (or null), and what to do (null: print). */
    record Rule(AwkNode pattern, AwkNode end, AwkNode action) {}

    record Function(List<String> parameters, AwkNode body) {}
}
