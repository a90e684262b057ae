package dev.converge.aptrepository;

import dev.converge.provider.Host;

/** A key that was fetched and is one. */
record PublicKey(byte[] bytes, KeyForm form) {
    /** Reads the key of a repository that has one; from the network, when it is there. */
    static PublicKey fetch(AptRepositoryResource desired, Host host) {
        RepositoryKey key = desired.key().orElseThrow();
        byte[] bytes = key.on(host).bytes();
        String from = key.origin().orElse("The key of the repository \"" + desired.name() + "\"");
        return new PublicKey(bytes, KeyForm.of(bytes, from));
    }
}
