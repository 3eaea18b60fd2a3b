package dev.kubejar.api;

import dev.kubejar.schema.KindCatalog;
import dev.kubejar.sim.Clock;
import dev.kubejar.sim.Memory;
import dev.kubejar.sim.Randoms;

/** What the stages of the pipeline share. */
record Parts(
        KindCatalog kinds,
        Registry registry,
        Decoding decoding,
        FieldManagement fields,
        Admissions admissions,
        Strategies strategies,
        Clock clock,
        Randoms randoms,
        Memory memory) {}
