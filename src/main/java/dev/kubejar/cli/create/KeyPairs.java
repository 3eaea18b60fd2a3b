package dev.kubejar.cli.create;

import dev.kubejar.cli.CliError;
import dev.kubejar.object.KeyPair;

/** Refuses a certificate and a private key that do not belong together. */
final class KeyPairs {
    private KeyPairs() {}

    static void check(byte[] certificate, byte[] key) {
        String fault = KeyPair.fault(certificate, key);
        if (fault != null) {
            throw new CliError(fault);
        }
    }
}
