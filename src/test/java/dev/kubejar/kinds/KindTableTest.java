package dev.kubejar.kinds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.schema.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The table says of every resource what a real server says. */
class KindTableTest {
    @Test
    void everyColumnAsTheServerHasIt() throws IOException {
        List<String> differences = new ArrayList<>();
        Map<String, List<String>> wanted = new TreeMap<>();
        for (String line : facts("columns.tsv")) {
            String[] cells = line.split("\t", -1);
            wanted.computeIfAbsent(cells[0] + " " + cells[1], key -> new ArrayList<>())
                    .add(String.join(" ", cells[2], cells[3], cells[4], cells[5]));
        }
        wanted.forEach((key, columns) -> {
            String[] names = key.split(" ");
            Kinds.BUILT_IN
                    .byResource(GroupVersionResource.of(names[0], names[1]))
                    .ifPresent(kind -> {
                        List<String> ours = kind.columns().stream()
                                .map(column -> String.join(
                                        " ",
                                        column.name(),
                                        column.type(),
                                        column.format(),
                                        Integer.toString(column.priority())))
                                .toList();
                        if (!ours.equals(columns)) {
                            differences.add(key + "\n  real " + columns + "\n  ours " + ours);
                        }
                    });
        });
        assertEquals("", String.join("\n", differences));
    }

    @Test
    void everyResourceAsTheServerHasIt() throws IOException {
        List<String> order = new ArrayList<>();
        for (String line : facts("resources.tsv")) {
            String[] cells = line.split("\t", -1);
            String[] path = cells[1].split("/");
            GroupVersionResource resource = GroupVersionResource.of(cells[0], path[0]);
            KindTable.Row row = KindTable.rows().stream()
                    .filter(each -> GroupVersionResource.of(each.groupVersion(), each.plural())
                            .equals(resource))
                    .findFirst()
                    .orElseThrow();
            Set<String> verbs = new TreeSet<>(List.of(cells[4].split(",")));
            if (path.length == 2) {
                KindTable.Sub sub = row.subresources().get(path[1]);
                assertNotNull(sub, line);
                assertEquals(verbs, new TreeSet<>(sub.verbs()), line);
                assertEquals(cells[2], sub.kind(), line);
                assertEquals(cells[7].isEmpty() ? cells[0] : cells[7], sub.groupVersion(), line);
                continue;
            }
            order.add(cells[0] + "/" + cells[1]);
            Kind kind = Kinds.BUILT_IN.byResource(resource).orElseThrow();
            assertEquals(cells[2], kind.kind());
            assertEquals(Boolean.parseBoolean(cells[3]), kind.namespaced(), line);
            assertEquals(verbs, new TreeSet<>(kind.verbs()), line);
            assertEquals(cells[5], String.join(",", kind.shortNames()), line);
            assertEquals(cells[6], String.join(",", kind.categories()), line);
            assertTrue(Kinds.BUILT_IN.byKind(cells[0], cells[2]).isPresent());
        }
        assertEquals(
                order,
                KindTable.rows().stream()
                        .map(row -> row.groupVersion() + "/" + row.plural())
                        .toList());
    }

    /** The lines of a table of facts without its heading. */
    static List<String> facts(String name) throws IOException {
        try (InputStream in = KindTableTest.class.getResourceAsStream("/facts/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }
}
