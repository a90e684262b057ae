package dev.converge.service;

import dev.converge.model.ResourceId;
import dev.converge.provider.Change;
import dev.converge.provider.Host;
import dev.converge.provider.Refresh;
import dev.converge.provider.ResourceFailure;
import dev.converge.provider.WatchPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What starts services on a host. */
interface InitSystem {
    /** See {@code sd_booted(3)}: systemd is there when it runs, not when it is installed. */
    Path SYSTEMD_RUNS = Path.of("/run/systemd/system");

    /** The one that runs; on a host that is not booted, such as an image that is being built, the one that will. */
    static InitSystem of(Host host) throws IOException {
        if (Files.isDirectory(host.path(SYSTEMD_RUNS))) {
            return new Systemd(true);
        }
        if (Files.isDirectory(host.path(OpenRc.STATE))) {
            return new OpenRc();
        }
        if (willBeSystemd(host)) {
            return new Systemd(false);
        }
        return Files.isExecutable(host.path(Path.of("/sbin/openrc-run"))) ? new OpenRc() : new SysV();
    }

    private static boolean willBeSystemd(Host host) throws IOException {
        Path init = host.path(Path.of("/sbin/init"));
        if (Files.isSymbolicLink(init)) {
            return Files.readSymbolicLink(init).endsWith("systemd");
        }
        return !Files.exists(init, LinkOption.NOFOLLOW_LINKS)
                && (Files.exists(host.path(Path.of("/usr/bin/systemctl")))
                        || Files.exists(host.path(Path.of("/bin/systemctl"))));
    }

    /**
     * What moves when a service does; systemd tells most of it, and of the rest what is done by hand to its files.
     *
     * @param unit as systemd names it
     */
    default List<WatchPoint> watched(String unit) {
        return List.of();
    }

    /** The properties that are wished for, as they are now; a service that is missing is stopped and disabled. */
    ServiceResource observe(ServiceResource desired, Host host) throws IOException, InterruptedException;

    /** Fails when the change could not be made; reads only. */
    void check(Change<ServiceResource> change, Host host) throws IOException, InterruptedException;

    /** Makes the changes, and returns those that failed. */
    Map<ResourceId, ResourceFailure> apply(List<Change<ServiceResource>> changes, Host host)
            throws IOException, InterruptedException;

    /** Restarts or reloads a service when it runs, and says so when not. */
    Refresh refresh(ServiceResource desired, Host host) throws IOException, InterruptedException;

    /** What {@link #refresh} would do; reads only. */
    Refresh checkRefresh(ServiceResource desired, Host host) throws IOException, InterruptedException;

    /** The services that a manifest could declare, sorted. */
    List<String> names(Host host) throws IOException, InterruptedException;

    /** All that is known of one service; empty when the host has none of that name. */
    Optional<ServiceResource> inspect(ServiceResource asked, Host host) throws IOException, InterruptedException;
}
