package dev.kubejar.api;

import dev.kubejar.schema.Kind;
import java.util.HashMap;
import java.util.Map;

/** Which resource has which strategy; whatever is not named has none. */
final class Strategies {
    private final Map<String, Strategy> named = new HashMap<>();
    private Strategy custom = Strategy.PLAIN;

    /** Names a resource's strategy: {@code pods}, {@code jobs.batch}. */
    Strategies with(String groupResource, Strategy strategy) {
        named.put(groupResource, strategy);
        return this;
    }

    /** Names the strategy of all custom objects. */
    Strategies custom(Strategy strategy) {
        custom = strategy;
        return this;
    }

    Strategy of(Kind stored) {
        if (stored.custom()) {
            return custom;
        }
        return named.getOrDefault(stored.resource().groupResource(), Strategy.PLAIN);
    }
}
