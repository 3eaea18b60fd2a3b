package dev.kubejar.print;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.ParseError;
import java.util.List;
import java.util.Map;

/**
 * Go's text/template, with kubectl's functions {@code exists} and {@code base64decode}. As in kubectl every number of
 * the data is a float64.
 */
public final class GoTemplate {
    private final String name;
    private final String text;
    private final Map<String, List<TemplateNode>> templates;
    private boolean missingKeyError;

    private GoTemplate(String name, String text, Map<String, List<TemplateNode>> templates) {
        this.name = name;
        this.text = text;
        this.templates = templates;
    }

    /**
     * Reads a template.
     *
     * @throws ParseError {@code template: NAME:1: unclosed action}
     */
    public static GoTemplate parse(String name, String text) {
        return new GoTemplate(name, text, new TemplateParser(name, text).parse());
    }

    /** Whether a key that a map does not have is an error; otherwise it prints as {@code <no value>}. */
    public GoTemplate missingKeyError(boolean value) {
        missingKeyError = value;
        return this;
    }

    /**
     * Applies the template.
     *
     * @throws ParseError {@code template: NAME:1:2: executing "NAME" at <.x>: …}; what was written before it stays
     */
    public void execute(JsonNode data, Appendable out) {
        new TemplateRun(name, text, templates, missingKeyError, out).run(TemplateValue.of(data));
    }
}
