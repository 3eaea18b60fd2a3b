package dev.kubejar.object;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A part of a parsed JSONPath template. */
interface JsonPathNode {
    /** An expression in braces, or one side of a filter: each part works on what the one before found. */
    record Steps(List<JsonPathNode> nodes) implements JsonPathNode {}

    /** Text outside of braces, a quoted string, a number, true or false. */
    record Literal(JsonNode value) implements JsonPathNode {}

    record Field(String name) implements JsonPathNode {}

    /** {@code range}, {@code end}, or a word that means nothing. */
    record Identifier(String name) implements JsonPathNode {}

    record Wildcard() implements JsonPathNode {}

    record Recursive() implements JsonPathNode {}

    record Union(List<Steps> parts) implements JsonPathNode {}

    /** {@code operator} is {@code exists} where the filter has one side only. */
    record Filter(Steps left, Steps right, String operator) implements JsonPathNode {}

    /** {@code [start:end:step]}; null where not given. {@code single} is the form {@code [start]}. */
    record Slice(Integer start, Integer end, Integer step, boolean single) implements JsonPathNode {}
}
