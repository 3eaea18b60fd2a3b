package dev.kubejar.print;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.ParseError;

/** Go's text/template. */
public final class GoTemplate {
    private GoTemplate() {}

    public static GoTemplate parse(String name, String text) {
        throw new ParseError("not yet");
    }

    public GoTemplate missingKeyError(boolean value) {
        return this;
    }

    public void execute(JsonNode data, Appendable out) {}
}
