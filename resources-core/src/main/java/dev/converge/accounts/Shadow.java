package dev.converge.accounts;

import dev.converge.model.Secret;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Password hashes and expiry dates from {@code /etc/shadow}: read only when a resource manages one of them. */
final class Shadow {
    private final Map<String, ShadowEntry> entries = new HashMap<>();

    private Shadow(Host host) throws IOException {
        AccountFile.read(host, AccountFile.SHADOW, 8, line -> entries.putIfAbsent(line.get(0), entry(line)));
    }

    static Shadow of(Host host) throws IOException, InterruptedException {
        try {
            return host.database(Shadow.class, Shadow::new);
        } catch (AccessDeniedException e) {
            throw new ResourceFailure(
                    "Passwords and expiry dates are in /etc/shadow, which this account may not read.",
                    "Run Converge as root.");
        }
    }

    ShadowEntry get(String user) {
        return entries.getOrDefault(user, ShadowEntry.NONE);
    }

    private static ShadowEntry entry(List<String> line) {
        return new ShadowEntry(
                Secret.of(line.get(1)),
                days(line.get(3)),
                days(line.get(4)),
                days(line.get(5)),
                AccountExpiry.ofDays(line.get(7)));
    }

    private static int days(String field) {
        return AccountFile.id(field).orElse(-1);
    }
}
