package dev.kubejar.store;

import java.util.List;

/** A write of the running batch, as its record will hold it. */
record Write(String key, Slot slot, List<String> removedIndexes, List<String> addedIndexes) {}
