package dev.converge.serve;

import dev.converge.facts.FactSource;
import dev.converge.model.Secret;
import java.util.List;
import java.util.Optional;

/**
 * A machine that may boot from here: a row of {@code serve.hosts}.
 *
 * @param name with its domain, where it has one
 * @param macs addresses of its network cards, as {@code 52:54:00:00:00:05}
 * @param serial what its firmware says
 * @param form what its user-data is
 * @param token with which it is asked for, once; without one it is anybody's to ask for
 * @param boot what its iPXE loads; empty when it does not boot by that
 * @param facts what manifests know of it
 */
record ServedHost(
        String name,
        List<String> macs,
        Optional<String> serial,
        Form form,
        Optional<Secret> token,
        Optional<Boot> boot,
        FactSource facts) {
    ServedHost {
        macs = List.copyOf(macs);
    }

    /**
     * What iPXE loads.
     *
     * @param kernel its address
     * @param initrd its initial RAM disk
     * @param arguments of the kernel, besides where user-data is
     */
    record Boot(String kernel, Optional<String> initrd, String arguments) {}

    /** Without the domain. */
    String shortName() {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
