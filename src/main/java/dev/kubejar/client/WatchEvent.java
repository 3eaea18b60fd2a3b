package dev.kubejar.client;

import dev.kubejar.object.Obj;

/** {@code ADDED}, {@code MODIFIED}, {@code DELETED}, {@code BOOKMARK} or {@code ERROR}, with the object. */
public record WatchEvent(String type, Obj object) {}
