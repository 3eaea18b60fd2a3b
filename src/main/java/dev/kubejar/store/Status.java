package dev.kubejar.store;

/**
 * How the state lies on disk, for {@code sim status}.
 *
 * @param oldestChange the oldest revision from which changes can be asked for
 * @param tiers how many sorted runs there are, at most 8
 * @param files how many files they have
 * @param tierBytes how large they are in all
 * @param journalBytes the length of the present journal
 * @param historyBytes the length of the earlier ones that are kept
 * @param merging whether a merge is under way
 */
public record Status(
        long revision,
        long oldestChange,
        int tiers,
        int files,
        long tierBytes,
        long journalBytes,
        long historyBytes,
        boolean merging) {}
