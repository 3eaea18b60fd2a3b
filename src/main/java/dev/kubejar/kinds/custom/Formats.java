package dev.kubejar.kinds.custom;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.GoText;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;
import dev.kubejar.schema.custom.StringFormats;
import java.util.ArrayList;
import java.util.List;

/** Warns of formats that the server does not know, unless they were there before. */
final class Formats {
    private Formats() {}

    static void warn(Obj now, Obj before, Problems problems) {
        List<String> old = before == null ? List.of() : unknown(before);
        for (String format : unknown(now)) {
            if (!old.contains(format)) {
                problems.warn("unrecognized format " + GoText.quoted(format));
            }
        }
    }

    private static List<String> unknown(Obj definition) {
        List<String> found = new ArrayList<>();
        for (JsonNode schema : Schemas.of(definition)) {
            Schemas.any(schema, each -> {
                String format = each.path("format").asText("");
                if (!format.isEmpty()
                        && !each.path("format").isNull()
                        && !StringFormats.known(Schemas.text(each, "type"), format)) {
                    found.add(format);
                }
                return false;
            });
        }
        return found;
    }
}
