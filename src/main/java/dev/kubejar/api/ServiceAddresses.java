package dev.kubejar.api;

import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.KindCatalog;
import dev.kubejar.sim.Randoms;

/**
 * Cluster IPs of 10.96.0.0/16, each taken by an IPAddress object. Addresses that the server picks come from above the first
 * 256, which are left to those who name one, as long as there are others.
 */
final class ServiceAddresses {
    private static final GroupVersionResource ADDRESSES =
            GroupVersionResource.of("networking.k8s.io/v1", "ipaddresses");
    private static final int SIZE = 65_536;
    private static final int NAMED_BAND = 256;
    private static final int DRAWS = 64;

    private final KindCatalog kinds;
    private final Registry registry;
    private final Randoms randoms;
    private final Create create;

    ServiceAddresses(Parts parts, Create create) {
        kinds = parts.kinds();
        registry = parts.registry();
        randoms = parts.randoms();
        this.create = create;
    }

    /** Takes the address for a service; null where it worked, else why not. */
    String take(Obj service, String address) {
        if (!address.startsWith("10.96.") || offset(address) < 1 || offset(address) >= SIZE - 1) {
            return "the provided network does not match the current range";
        }
        if (registry.find(kind(), "", address) != null) {
            return "provided IP is already allocated";
        }
        write(service, address);
        return null;
    }

    /** Takes any free address; null where there is none. */
    String takeAny(Obj service) {
        for (int i = 0; i < DRAWS; i++) {
            String address = address(NAMED_BAND + randoms.below("cluster-ip", SIZE - 1 - NAMED_BAND));
            if (registry.find(kind(), "", address) == null) {
                write(service, address);
                return address;
            }
        }
        for (int i = NAMED_BAND; i < SIZE - 1 + NAMED_BAND; i++) {
            int offset = i < SIZE - 1 ? i : i - (SIZE - 1) + 1;
            if (registry.find(kind(), "", address(offset)) == null) {
                write(service, address(offset));
                return address(offset);
            }
        }
        return null;
    }

    void release(String address) {
        Obj taken = registry.find(kind(), "", address);
        if (taken != null) {
            registry.remove(kind(), taken);
        }
    }

    private void write(Obj service, String address) {
        Obj taken = Obj.create("networking.k8s.io/v1", "IPAddress", "", address);
        taken.setLabel("ipaddress.kubernetes.io/ip-family", "IPv4");
        taken.setLabel("ipaddress.kubernetes.io/managed-by", "ipallocator.k8s.io");
        taken.set("spec.parentRef.name", service.name());
        taken.set("spec.parentRef.namespace", service.namespace());
        taken.set("spec.parentRef.resource", "services");
        registry.put(kind(), null, create.initialized(taken));
    }

    private Kind kind() {
        return kinds.byResource(ADDRESSES).orElseThrow();
    }

    private static String address(int offset) {
        return "10.96." + (offset >> 8) + "." + (offset & 255);
    }

    private static int offset(String address) {
        String[] parts = address.split("\\.");
        return parts.length != 4 ? -1 : Integer.parseInt(parts[2]) * 256 + Integer.parseInt(parts[3]);
    }
}
