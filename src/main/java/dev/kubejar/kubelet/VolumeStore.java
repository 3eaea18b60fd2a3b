package dev.kubejar.kubelet;

import dev.kubejar.kubelet.fs.Image;
import dev.kubejar.kubelet.fs.Volume;
import dev.kubejar.sim.Memory;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The volumes that live in the cluster's memory: containers' own layers, emptyDirs, nodes' folders, exported folders.
 * A volume in use is one object for all that mount it; what has changed is written back by {@link #save}.
 */
final class VolumeStore {
    private static final String PREFIX = "/machine/volume/";

    private final Memory memory;
    private final Map<String, Held> held = new HashMap<>();

    private static final class Held {
        final Volume volume;
        long saved;

        Held(Volume volume, long saved) {
            this.volume = volume;
            this.saved = saved;
        }
    }

    VolumeStore(Memory memory) {
        this.memory = memory;
    }

    /** The volume of a key, made where there is none yet. */
    Volume get(String key, Image image, Supplier<Volume> fresh) {
        Held found = held.get(key);
        if (found == null) {
            byte[] bytes = memory.get(PREFIX + key);
            Volume volume = bytes == null ? fresh.get() : Volume.load(key, image, bytes);
            found = new Held(volume, bytes == null ? -1 : volume.revision());
            held.put(key, found);
        }
        return found.volume;
    }

    /** Writes back what has changed; true if anything had. */
    boolean save() {
        boolean any = false;
        for (Map.Entry<String, Held> each : held.entrySet()) {
            Held one = each.getValue();
            if (one.saved != one.volume.revision()) {
                one.saved = one.volume.revision();
                memory.put(PREFIX + each.getKey(), one.volume.save());
                any = true;
            }
        }
        return any;
    }

    /** Removes the volumes whose keys start so. */
    void remove(String prefix) {
        held.keySet().removeIf(key -> key.startsWith(prefix));
        for (String key = memory.first(PREFIX + prefix); key != null; key = memory.first(PREFIX + prefix)) {
            memory.delete(key);
        }
    }

    /** Forgets what it holds: somebody else may have changed the memory. */
    void forget() {
        held.clear();
    }
}
