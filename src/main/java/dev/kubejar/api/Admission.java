package dev.kubejar.api;

/**
 * One admission plugin. Every plugin's {@link #admit} runs before any plugin's {@link #validate}; both refuse by
 * throwing {@link dev.kubejar.object.ApiError}.
 */
public interface Admission {
    /** May change the object before it is validated. */
    default void admit(Attributes request) {}

    /** Judges the object as it will be stored. */
    default void validate(Attributes request) {}
}
