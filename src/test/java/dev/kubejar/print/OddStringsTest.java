package dev.kubejar.print;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.Yaml;
import org.junit.jupiter.api.Test;

/** Strings that could be taken for something else, as a real kubectl printed them. */
class OddStringsTest {
    private static final String AUTHORED = """
            data:
              bool: "yes"
              colon: "key: value"
              comment: "rye # not a comment"
              dash: "- item"
              empty: ""
              exponent: "1e3"
              hex: "0x1F"
              leading: "  two blanks"
              lines: "one\\ntwo\\n\\n"
              long: "a loaf of bread is baked at two hundred and thirty degrees for forty-five minutes and then left to cool"
              "null": "null"
              number: "08"
              quotes: "it's \\"fine\\""
              tab: "a\\tb"
              trailing: "no newline at the end\\nof this"
              umlaut: "Brötchen ☕"
            """;

    @Test
    void asYaml() {
        JsonNode tree = Yaml.read(AUTHORED);
        String yaml = """
                data:
                  bool: "yes"
                  colon: 'key: value'
                  comment: 'rye # not a comment'
                  dash: '- item'
                  empty: ""
                  exponent: "1e3"
                  hex: "0x1F"
                  leading: '  two blanks'
                  lines: |+
                    one
                    two

                  long: a loaf of bread is baked at two hundred and thirty degrees for forty-five
                    minutes and then left to cool
                  "null": "null"
                  number: "08"
                  quotes: it's "fine"
                  tab: "a\\tb"
                  trailing: |-
                    no newline at the end
                    of this
                  umlaut: Brötchen ☕
                """;
        assertEquals(yaml, Yaml.write(tree));
        assertEquals(tree, Yaml.read(yaml));
    }

    @Test
    void asKyaml() {
        JsonNode tree = Yaml.read(AUTHORED);
        String kyaml = """
                ---
                {
                  data: {
                    bool: "yes",
                    colon: "key: value",
                    comment: "rye # not a comment",
                    dash: "- item",
                    empty: "",
                    exponent: "1e3",
                    hex: "0x1F",
                    leading: "  two blanks",
                    lines: "\\
                       one\\n\\
                       two\\n\\
                       \\n\\
                      ",
                    long: "a loaf of bread is baked at two hundred and thirty degrees for forty-five minutes and then left to cool",
                    "null": "null",
                    number: "08",
                    quotes: "it's \\"fine\\"",
                    tab: "a\tb",
                    trailing: "\\
                       no newline at the end\\n\\
                       of this\\
                      ",
                    umlaut: "Brötchen ☕",
                  },
                }
                """;
        assertEquals(kyaml, Yaml.writeKyaml(tree));
        assertEquals(tree, Yaml.read(kyaml));
    }
}
