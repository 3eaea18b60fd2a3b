package dev.kubejar.store;

/** A key found under an index entry. */
public record IndexHit(String index, String key) {}
