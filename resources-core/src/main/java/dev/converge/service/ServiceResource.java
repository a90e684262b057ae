package dev.converge.service;

import dev.converge.model.InvalidValueException;
import dev.converge.model.Resource;
import dev.converge.schema.AutoRequire;
import dev.converge.schema.Default;
import dev.converge.schema.Id;
import dev.converge.schema.Parameter;
import dev.converge.schema.ResourceType;
import java.time.Duration;
import java.util.Optional;

/**
 * A service of the host, under systemd, OpenRC or SysV: whether it runs, and whether it starts at boot. The two are
 * independent, and what is left out stays as it is. Under systemd it may be any unit that can be started: a socket, a
 * timer, a target, an instance. When something that notifies it has changed, a running service is restarted once; a
 * stopped one stays stopped, and one that this run has just started is not started twice. Unit files that changed are
 * read anew before the next start. A service that the host does not have counts as stopped and disabled.
 *
 * @param name what it is called: {@code nginx} or {@code nginx.service}, which are one; {@code getty@tty1},
 *     {@code backup.timer}
 * @param running whether it runs now. A service that fails to start fails the resource, with the last lines of its log
 * @param enabled whether it starts at boot. A masked one is unmasked before it is enabled
 * @param masked whether nothing at all may start it, neither by hand nor as a dependency; systemd only
 * @param user whose own service it is, instead of the system's; the user's systemd must be running
 * @param refresh what happens when something that notifies it has changed: {@code restart}, {@code reload},
 *     {@code reload-or-restart} or {@code none}
 * @param timeout how long to wait for it to start, stop or reload; systemd itself usually gives up after 90 seconds
 */
@ResourceType(name = "service", provider = ServiceProvider.class, absentable = false, example = """
                service('nginx') {
                    running true
                    enabled true
                    refresh 'reload'
                }
                """)
public record ServiceResource(
        @Id @AutoRequire({"unit", "timer", "pkg"}) ServiceName name,
        Optional<Boolean> running,
        Optional<Boolean> enabled,
        Optional<Boolean> masked,
        @Parameter @AutoRequire("user") Optional<String> user,
        @Parameter @Default("restart") RefreshBy refresh,
        @Parameter @Default("5m") Duration timeout)
        implements Resource {
    /** @throws InvalidValueException when a masked service is wished to start */
    public ServiceResource {
        boolean mask = masked.orElse(false);
        if (mask && enabled.orElse(false)) {
            throw new InvalidValueException(
                    "A masked service cannot be enabled: nothing may start it.", "Leave one of them out.");
        }
        if (enabled.orElse(false) && masked.isEmpty()) {
            masked = Optional.of(false);
        }
    }

    /** The service in another state. */
    ServiceResource observed(Optional<Boolean> runs, Optional<Boolean> starts, Optional<Boolean> isMasked) {
        return new ServiceResource(name, runs, starts, isMasked, user, refresh, timeout);
    }
}
