package dev.kubejar.controllers;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.client.Conditions;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.sim.Outcome;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Readies ranges of Services' addresses, and keeps those that are in use from going. */
final class ServiceRanges extends Controller {
    private static final String VERSION = "networking.k8s.io/v1";
    private static final GroupVersionResource RANGES = GroupVersionResource.of(VERSION, "servicecidrs");
    private static final GroupVersionResource ADDRESSES = GroupVersionResource.of(VERSION, "ipaddresses");
    private static final String FINALIZER = "networking.k8s.io/service-cidr-finalizer";
    private static final String READY = "Ready";

    /** How long allocators may take to hear of a deletion; Kubernetes' own figure. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    ServiceRanges(ActorContext context) {
        super(context, "service-cidrs-controller");
    }

    @Override
    void watch(Change change, Consumer<Ref> wake) {
        if (change.of(RANGES) && !change.deleted()) {
            wake.accept(change.ref());
        } else if (change.of(ADDRESSES) && change.deleted()) {
            for (Obj range : client.list(RANGES, "")) {
                if (range.deleting()) {
                    wake.accept(Ref.of(RANGES, range));
                }
            }
        }
    }

    @Override
    Outcome reconcile(Ref ref) {
        Obj range = client.find(ref).orElse(null);
        if (range == null) {
            return Outcome.done();
        }
        if (range.deleting()) {
            return release(range);
        }
        List<String> finalizers = new ArrayList<>(range.texts("metadata.finalizers"));
        if (!finalizers.contains(FINALIZER)) {
            finalizers.add(FINALIZER);
            Obj held = range.copy();
            held.child("metadata").setTexts("finalizers", finalizers);
            range = client.update(RANGES, held);
        }
        tell(range, "True", "", "Kubernetes Service CIDR is ready");
        return Outcome.done();
    }

    private void tell(Obj range, String status, String reason, String message) {
        Obj known = Conditions.find(range, READY);
        if (known != null
                && known.text("status").equals(status)
                && known.text("reason").equals(reason)
                && known.text("message").equals(message)) {
            return;
        }
        Obj changed = range.copy();
        Conditions.put(changed, Conditions.make(READY, status, reason, message, now()));
        writeStatus(RANGES, range, changed);
    }

    private Outcome release(Obj range) {
        List<String> finalizers = new ArrayList<>(range.texts("metadata.finalizers"));
        if (!finalizers.contains(FINALIZER)) {
            return Outcome.done();
        }
        if (used(range)) {
            tell(
                    range,
                    "False",
                    "Terminating",
                    "There are still IPAddresses referencing the ServiceCIDR, please remove them or create a new"
                            + " ServiceCIDR");
            return Outcome.done();
        }
        Instant due = range.time("metadata.deletionTimestamp").plus(GRACE);
        Duration left = Duration.between(now(), due);
        if (!left.isNegative() && !left.isZero()) {
            return Outcome.again(left);
        }
        finalizers.remove(FINALIZER);
        Obj free = range.copy();
        free.child("metadata").setTexts("finalizers", finalizers);
        client.update(RANGES, free);
        return Outcome.done();
    }

    /** Whether an address of the range is taken that no other range holds. */
    private boolean used(Obj range) {
        List<Obj> others = new ArrayList<>();
        for (Obj other : client.list(RANGES, "")) {
            if (!other.name().equals(range.name()) && !other.deleting()) {
                others.add(other);
            }
        }
        for (Obj address : client.list(ADDRESSES, "")) {
            boolean managed =
                    address.label("ipaddress.kubernetes.io/managed-by").equals("ipallocator.k8s.io");
            if (managed
                    && holds(range, address.name())
                    && others.stream().noneMatch(other -> holds(other, address.name()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean holds(Obj range, String address) {
        byte[] bytes = bytes(address);
        for (String each : range.texts("spec.cidrs")) {
            int slash = each.indexOf('/');
            byte[] first = bytes(each.substring(0, slash));
            int free = first.length * 8 - Integer.parseInt(each.substring(slash + 1));
            if (first.length == bytes.length
                    && new BigInteger(1, first).shiftRight(free).equals(new BigInteger(1, bytes).shiftRight(free))) {
                return true;
            }
        }
        return false;
    }

    /** A literal address's bytes: nothing is looked up. */
    private static byte[] bytes(String address) {
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an address: " + address, e);
        }
    }
}
