package dev.kubejar.cel;

/** A value of one of Kubernetes' own types. */
interface Typed {
    Type type();
}
