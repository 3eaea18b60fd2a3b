package dev.kubejar.sim;

import java.time.Instant;

/** The cluster's virtual time: never runs backwards, and stands still while the loop works off what is due. */
public interface Clock {
    Instant now();
}
