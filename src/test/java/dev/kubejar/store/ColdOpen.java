package dev.kubejar.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a command pays for the store, measured by hand from outside: {@code make FOLDER OBJECTS} fills a state with objects of 5 KB,
 * {@code none} does nothing, {@code get FOLDER} opens and reads one object, {@code list FOLDER} lists 100 objects of one namespace by
 * index, {@code put FOLDER} changes one.
 */
public final class ColdOpen {
    private ColdOpen() {}

    public static void main(String[] args) {
        switch (args[0]) {
            case "none" -> {}
            case "make" -> make(Path.of(args[1]), Integer.parseInt(args[2]), args.length > 3);
            case "get" -> {
                try (Store store = Store.open(Path.of(args[1]), Options.standard())) {
                    if (store.get(key(7)).isEmpty()) {
                        throw new AssertionError("the object is missing");
                    }
                }
            }
            case "list" -> {
                try (Store store = Store.open(Path.of(args[1]), Options.standard())) {
                    int n = 0;
                    for (String key : store.scan("ns/ns-0")) {
                        n += store.get(key).isPresent() ? 1 : 0;
                    }
                    if (n != 100) {
                        throw new AssertionError(n + " objects");
                    }
                }
            }
            case "put" -> {
                try (Store store = Store.open(Path.of(args[1]), Options.standard());
                        Batch b = store.begin(Duration.ofSeconds(5), null)) {
                    b.txn(List.of(), List.of(put(7)));
                    b.commit();
                }
            }
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static void make(Path folder, int objects, boolean compact) {
        try (Store store = Store.create(folder, null, Options.standard())) {
            for (int i = 0; i < objects; ) {
                try (Batch b = store.begin(Duration.ofSeconds(5), null)) {
                    for (int end = Math.min(objects, i + 20); i < end; i++) {
                        b.txn(List.of(), List.of(put(i)));
                    }
                    b.commit();
                }
            }
            if (compact) {
                store.compactAll();
            }
            System.out.println(store.status());
        }
    }

    private static String key(int i) {
        return "/registry//pods/ns-" + i / 100 + "/web-7d4b9c8f6d-" + i;
    }

    private static Op put(int i) {
        byte[] value = new byte[5000];
        for (int j = 0; j < value.length; j++) {
            value[j] = (byte) ('a' + (i * 31 + j * j) % 26);
        }
        List<String> indexes = new ArrayList<>();
        indexes.add("ns/ns-" + i / 100);
        indexes.add("node/worker-" + i % 200);
        indexes.add("label/app=web");
        indexes.add("owner/7d4b9c8f-" + i / 10);
        return Op.put(key(i), value, indexes);
    }
}
