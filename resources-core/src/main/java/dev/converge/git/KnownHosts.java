package dev.converge.git;

import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.sshd.ServerKeyDatabase;

/** The servers whose keys are known; see sshd(8), SSH_KNOWN_HOSTS FILE FORMAT. No other is spoken to, and none is added. */
final class KnownHosts implements ServerKeyDatabase {
    private static final String REVOKED = "revoked";

    private final Path file;
    private final AtomicReference<ResourceFailure> refusal;

    /** @param refusal set to why a server was not spoken to */
    KnownHosts(Path file, AtomicReference<ResourceFailure> refusal) {
        this.file = file;
        this.refusal = refusal;
    }

    @Override
    public List<PublicKey> lookup(String address, InetSocketAddress remote, Configuration config) {
        List<PublicKey> keys = new ArrayList<>();
        for (KnownHostEntry entry : entries()) {
            if (entry.getMarker() == null && isOf(entry, address, remote)) {
                addKey(entry, keys);
            }
        }
        return keys;
    }

    @Override
    public boolean accept(
            String address, InetSocketAddress remote, PublicKey key, Configuration config, CredentialsProvider nobody) {
        String host = remote.getHostString();
        String scan = "ssh-keyscan -p " + remote.getPort() + " " + host;
        String now = PublicKeyEntry.toString(key).replaceFirst(" .*", "") + " " + KeyUtils.getFingerPrint(key);
        if (isRevoked(key)) {
            return refuse(
                    "The SSH server " + host + " has the key " + now + ", which " + file + " revokes.",
                    "Find out whether the server was replaced by somebody else's.");
        }
        List<PublicKey> known = lookup(address, remote, config);
        if (known.isEmpty()) {
            return refuse(
                    "The SSH server " + host + " is not in " + file + ". Its key is " + now + ".",
                    "Compare that with what its operator says; if it is right: " + scan + " >> " + file);
        }
        for (PublicKey one : known) {
            if (KeyUtils.compareKeys(one, key)) {
                return true;
            }
        }
        return refuse(
                "The SSH server " + host + " has another key than " + file + " says. It is " + now
                        + " now: somebody may have put himself between.",
                "Ask its operator whether the key was changed. If it was, take the old one out of " + file + ", then: "
                        + scan + " >> " + file);
    }

    private boolean refuse(String message, String advice) {
        refusal.compareAndSet(null, new ResourceFailure(message, advice));
        return false;
    }

    private boolean isRevoked(PublicKey key) {
        List<PublicKey> revoked = new ArrayList<>();
        entries().stream().filter(entry -> REVOKED.equals(entry.getMarker())).forEach(entry -> addKey(entry, revoked));
        return revoked.stream().anyMatch(one -> KeyUtils.compareKeys(one, key));
    }

    private static boolean isOf(KnownHostEntry entry, String address, InetSocketAddress remote) {
        SshdSocketAddress named = SshdSocketAddress.toSshdSocketAddress(remote);
        if (entry.isHostMatch(named.getHostName(), named.getPort())) {
            return true;
        }
        int colon = address.lastIndexOf(':');
        String host = (colon > 0 && address.indexOf(':') == colon) || address.startsWith("[")
                ? address.replaceFirst("^\\[(.*)\\]:\\d+$", "$1").replaceFirst("^([^:]*):\\d+$", "$1")
                : address;
        return entry.isHostMatch(host, remote.getPort());
    }

    private static void addKey(KnownHostEntry entry, List<PublicKey> keys) {
        try {
            PublicKey key = entry.getKeyEntry().resolvePublicKey(null, PublicKeyEntryResolver.IGNORING);
            if (key != null) {
                keys.add(key);
            }
        } catch (IOException | GeneralSecurityException e) {
            // of a kind that is not known here, so the server is not asked for it
        }
    }

    private List<KnownHostEntry> entries() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            return KnownHostEntry.readKnownHostEntries(file);
        } catch (IOException | RuntimeException e) {
            refuse(
                    "The file of known hosts " + file + " cannot be read: " + e.getMessage() + ".",
                    "Write it anew with ssh-keyscan, and compare what it prints.");
            return List.of();
        }
    }
}
