package dev.kubejar.api;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assertions;

/** Numbers that may only rise: what of the corpus matches. */
final class Ledger {
    private Ledger() {}

    /** Fails where a count has fallen below its line in {@code corpus/ledger.txt}, and says where one may be raised. */
    static void check(String name, Map<String, Integer> counts) {
        Map<String, Integer> written = new TreeMap<>();
        for (String line : Corpus.Resource.lines("/corpus/ledger.txt")) {
            String[] parts = line.split("\\s+");
            written.put(parts[0] + " " + parts[1], Integer.parseInt(parts[2]));
        }
        StringBuilder fallen = new StringBuilder();
        counts.forEach((key, count) -> {
            int least = written.getOrDefault(name + " " + key, 0);
            if (count < least) {
                fallen.append(name)
                        .append(' ')
                        .append(key)
                        .append(": ")
                        .append(count)
                        .append(", was ")
                        .append(least)
                        .append('\n');
            } else if (count > least) {
                System.out.println("corpus/ledger.txt may be raised: " + name + " " + key + " " + count);
            }
        });
        Assertions.assertEquals("", fallen.toString());
    }
}
