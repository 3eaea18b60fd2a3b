package dev.kubejar.store;

import java.util.List;

/**
 * Decides which tiers to merge. Three neighbours of a size become one; when there are nearly too many tiers, the two neighbours that fit
 * best do. Several merges go on at once, so that a long one does not keep the small ones from finishing; the smallest goes first.
 *
 * <pre>
 * tiers   1 1 1 3 3 10 30      merges (1 1 1)
 * tiers   1 3 3 3 10 30        merges (3 3 3)
 * </pre>
 *
 * With four bytes of merging for each appended one and never more than eight tiers, a load of 100 journals' worth of new keys is
 * absorbed without a backlog; while there are eight tiers the journal grows instead.
 */
final class MergePlan {
    static final int MOST_TIERS = 8;
    private static final int CROWDED = 7;
    private static final int WIDTH = 3;
    private static final int MOST_UNEQUAL = 8;

    private MergePlan() {}

    /** Adds merges for tiers that are in none yet, as long as there are some worth it. */
    static void extend(Manifest manifest) {
        for (int[] pick = pick(manifest); pick != null; pick = pick(manifest)) {
            add(manifest, pick[0], pick[1]);
        }
    }

    /** One merge of all tiers in place of those under way; none when there is nothing to gain. */
    static void everything(Manifest manifest) {
        manifest.merges.clear();
        if (manifest.tiers.size() > 1) {
            add(manifest, 0, manifest.tiers.size() - 1);
        }
    }

    private static void add(Manifest manifest, int newest, int oldest) {
        List<TierRef> tiers = manifest.tiers;
        manifest.merges.add(
                new MergeRef(tiers.get(newest).id(), tiers.get(oldest).id(), "", List.of()));
    }

    private static int[] pick(Manifest manifest) {
        List<TierRef> tiers = manifest.tiers;
        boolean[] busy = busy(manifest);
        for (int i = 0; i + WIDTH <= tiers.size(); i++) {
            if (isFree(busy, i, i + WIDTH) && isAlike(tiers.subList(i, i + WIDTH))) {
                return new int[] {i, i + WIDTH - 1};
            }
        }
        return tiers.size() >= CROWDED ? bestPair(tiers, busy) : null;
    }

    private static int[] bestPair(List<TierRef> tiers, boolean[] busy) {
        int best = -1;
        double least = MOST_UNEQUAL;
        for (int i = 0; i + 1 < tiers.size(); i++) {
            double ratio = (double) tiers.get(i + 1).bytes() / tiers.get(i).bytes();
            if (isFree(busy, i, i + 2) && ratio < least) {
                least = ratio;
                best = i;
            }
        }
        return best < 0 ? null : new int[] {best, best + 1};
    }

    private static boolean[] busy(Manifest manifest) {
        boolean[] busy = new boolean[manifest.tiers.size()];
        for (MergeRef merge : manifest.merges) {
            for (int i = place(manifest.tiers, merge.newest()); i <= place(manifest.tiers, merge.oldest()); i++) {
                busy[i] = true;
            }
        }
        return busy;
    }

    private static boolean isFree(boolean[] busy, int from, int to) {
        for (int i = from; i < to; i++) {
            if (busy[i]) {
                return false;
            }
        }
        return true;
    }

    /** Of a size, or the oldest not larger than the newer ones together. */
    private static boolean isAlike(List<TierRef> tiers) {
        long least = Long.MAX_VALUE;
        long most = 0;
        for (TierRef tier : tiers) {
            least = Math.min(least, tier.bytes());
            most = Math.max(most, tier.bytes());
        }
        long oldest = tiers.get(tiers.size() - 1).bytes();
        return 2 * most <= 3 * least || 2 * oldest <= bytes(tiers);
    }

    static long bytes(List<TierRef> tiers) {
        long bytes = 0;
        for (TierRef tier : tiers) {
            bytes += tier.bytes();
        }
        return bytes;
    }

    /** The merge with the least left to do. */
    static int smallest(Manifest manifest) {
        int smallest = 0;
        for (int i = 1; i < manifest.merges.size(); i++) {
            if (left(manifest, i) < left(manifest, smallest)) {
                smallest = i;
            }
        }
        return smallest;
    }

    /** About how many bytes are left to merge. */
    static long left(Manifest manifest, int place) {
        MergeRef merge = manifest.merges.get(place);
        return Math.max(0, bytes(inputs(manifest.tiers, merge)) - new TierRef(0, merge.done()).bytes());
    }

    /** The part of the list that a merge replaces. */
    static List<TierRef> inputs(List<TierRef> tiers, MergeRef merge) {
        return tiers.subList(place(tiers, merge.newest()), place(tiers, merge.oldest()) + 1);
    }

    private static int place(List<TierRef> tiers, long id) {
        for (int i = 0; i < tiers.size(); i++) {
            if (tiers.get(i).id() == id) {
                return i;
            }
        }
        throw new IllegalStateException("no tier " + id + " among " + tiers.size());
    }
}
