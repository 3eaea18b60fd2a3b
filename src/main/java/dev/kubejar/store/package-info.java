/**
 * The cluster's state on disk: a manifest, a few tiers of immutable sorted files, a journal with one checksummed record a commit,
 * and a lock. Its terms are etcd's: revisions, compare-and-set over several keys, ranges, watch from a revision, compaction.
 *
 * <pre>
 * manifest            what belongs to the state; replaced by rename, so it is the one point where the state changes shape
 * journal-00000007    laid over the tiers when the store is opened; each commit appends one record and fsyncs
 * tier-00000006       a MapDB B-tree with page checksums and a Bloom filter, written whole, never changed
 * tier-00000001       the genesis: a flat sorted file, read without MapDB
 * lock                held by the writer, names its process
 * </pre>
 *
 * A key is looked up in the journal's overlay, then in the tiers, newest first. Index entries are keys of the same sorted space that
 * start with U+0001, so tiers and merges know nothing about them.
 */
package dev.kubejar.store;
