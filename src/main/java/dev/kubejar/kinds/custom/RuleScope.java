package dev.kubejar.kinds.custom;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.schema.Problems;

/** A schema as the scope of CEL rules. */
final class RuleScope {
    private RuleScope() {}

    static RuleScope root(JsonNode schema) {
        return new RuleScope();
    }

    RuleScope property(JsonNode schema, String name) {
        return this;
    }

    RuleScope values(JsonNode schema) {
        return this;
    }

    RuleScope items(JsonNode schema) {
        return this;
    }

    void compile(JsonNode schema, String path, String uncorrelatable, boolean ignoreCosts, Problems problems) {}

    void total(String path, Problems problems) {}
}
