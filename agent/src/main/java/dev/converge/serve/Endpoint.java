package dev.converge.serve;

import java.util.Optional;

/** What can be asked of a host, by the last word of the path. */
enum Endpoint {
    USER_DATA("user-data"),
    META_DATA("meta-data"),
    VENDOR_DATA("vendor-data"),
    /** Newer cloud-inits ask for it too, and for long when it is not there; an empty one leaves the network as it is. */
    NETWORK_CONFIG("network-config"),
    RANCHEROS("rancheros"),
    IPXE("ipxe"),
    HEALTHZ("healthz"),
    METRICS("metrics"),
    OTHER("other");

    private final String word;

    Endpoint(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    /** One that is of a host. */
    static Optional<Endpoint> ofHost(String word) {
        for (Endpoint endpoint : values()) {
            if (endpoint.word.equals(word) && endpoint.ordinal() <= IPXE.ordinal()) {
                return Optional.of(endpoint);
            }
        }
        return Optional.empty();
    }
}
