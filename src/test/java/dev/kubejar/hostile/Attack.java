package dev.kubejar.hostile;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * A command line made to hurt.
 *
 * @param name what it does
 * @param args the command line; {@code @DIR@} stands for the folder of its files
 * @param input its standard input
 * @param files files beside it, by name
 */
record Attack(String name, List<String> args, Supplier<byte[]> input, Map<String, String> files) {
    static Attack apply(String name, Supplier<String> text) {
        return applyBytes(name, () -> text.get().getBytes(StandardCharsets.UTF_8));
    }

    static Attack applyBytes(String name, Supplier<byte[]> bytes) {
        return new Attack(name, List.of("apply", "-f", "-"), bytes, Map.of());
    }

    static Attack create(String name, Supplier<String> text) {
        return new Attack(
                name, List.of("create", "-f", "-"), () -> text.get().getBytes(StandardCharsets.UTF_8), Map.of());
    }

    static Attack line(String name, String... args) {
        return new Attack(name, List.of(args), () -> new byte[0], Map.of());
    }

    /** With a file of its own, named in {@code args} as {@code @DIR@/NAME}. */
    Attack file(String file, String text) {
        Map<String, String> more = new TreeMap<>(files);
        more.put(file, text);
        return new Attack(name, args, input, more);
    }
}
