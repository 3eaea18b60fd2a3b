package dev.kubejar.store;

/**
 * What became of a transaction.
 *
 * @param succeeded whether every comparison held and the writes were made
 * @param revision the transaction's revision, or the store's when nothing was changed
 * @param failed the first comparison that did not hold, or null
 * @param current the entry that the failed comparison found, or null when there is none
 */
public record TxnResult(boolean succeeded, long revision, Compare failed, Entry current) {}
