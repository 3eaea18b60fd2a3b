package dev.kubejar.cli.create;

import dev.kubejar.cli.Flags;

/** {@code kubectl create service loadbalancer}. */
public final class CreateServiceLoadBalancer extends ServiceGenerator {
    @Override
    void declare(Flags flags) {
        flags.slice("tcp");
    }

    @Override
    String type() {
        return "LoadBalancer";
    }
}
