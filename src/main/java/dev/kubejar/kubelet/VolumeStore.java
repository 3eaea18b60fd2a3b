package dev.kubejar.kubelet;

import dev.kubejar.kubelet.fs.Image;
import dev.kubejar.kubelet.fs.Volume;
import dev.kubejar.sim.Memory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The volumes that live in the cluster's memory: containers' own layers, emptyDirs, nodes' folders, exported folders.
 * A volume in use is one object for all that mount it; what has changed is written back by {@link #save}.
 */
final class VolumeStore {
    private static final String PREFIX = "/machine/volume/";

    private final Memory memory;
    private final TreeMap<String, Volume> held = new TreeMap<>();
    private final Map<String, Volume> changed = new LinkedHashMap<>();

    VolumeStore(Memory memory) {
        this.memory = memory;
    }

    /** The volume of a key, made where there is none yet. */
    Volume get(String key, Image image, Supplier<Volume> fresh) {
        Volume found = held.get(key);
        if (found == null) {
            byte[] bytes = memory.get(PREFIX + key);
            Volume volume = bytes == null ? fresh.get() : Volume.load(key, image, bytes);
            volume.onChange(() -> changed.put(key, volume));
            if (bytes == null) {
                changed.put(key, volume);
            }
            held.put(key, volume);
            found = volume;
        }
        return found;
    }

    /** Writes back what has changed; true if anything had. */
    boolean save() {
        if (changed.isEmpty()) {
            return false;
        }
        changed.forEach((key, volume) -> memory.put(PREFIX + key, volume.save()));
        changed.clear();
        return true;
    }

    /** Removes the volume of a key and those below it: {@code a} and {@code a/b}, but not {@code ab}. */
    void remove(String key) {
        String below = key + "/";
        held.remove(key);
        held.subMap(below, below + Character.MAX_VALUE).clear();
        changed.keySet().removeIf(each -> each.equals(key) || each.startsWith(below));
        memory.delete(PREFIX + key);
        for (String each = memory.first(PREFIX + below); each != null; each = memory.first(PREFIX + below)) {
            memory.delete(each);
        }
    }

    /** Forgets what it holds: somebody else may have changed the memory. */
    void forget() {
        held.clear();
        changed.clear();
    }
}
