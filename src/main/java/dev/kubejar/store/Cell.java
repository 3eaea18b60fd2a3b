package dev.kubejar.store;

/** A key of the machine's memory and its value: part of every commit, without revision, watch or index. */
public record Cell(String key, byte[] value) {}
