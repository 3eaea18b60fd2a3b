package dev.kubejar;

import dev.kubejar.sim.Memory;
import dev.kubejar.store.Batch;
import dev.kubejar.store.Cell;
import dev.kubejar.store.Store;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** The cluster's memory in the store: written in the running batch, read at any time. */
final class StoreMemory implements Memory {
    private final Store store;
    private final Supplier<Batch> batch;

    StoreMemory(Store store, Supplier<Batch> batch) {
        this.store = store;
        this.batch = batch;
    }

    @Override
    public byte[] get(String key) {
        return store.memory(key).orElse(null);
    }

    @Override
    public void put(String key, byte[] value) {
        batch.get().remember(key, value);
    }

    @Override
    public void delete(String key) {
        batch.get().forget(key);
    }

    @Override
    public void scan(String prefix, BiConsumer<String, byte[]> visitor) {
        for (Cell cell : store.memoryRange(prefix, null, 0)) {
            visitor.accept(cell.key(), cell.value());
        }
    }

    @Override
    public String first(String prefix) {
        List<Cell> cells = store.memoryRange(prefix, null, 1);
        return cells.isEmpty() ? null : cells.get(0).key();
    }
}
