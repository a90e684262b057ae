package dev.converge.service;

import dev.converge.provider.Host;
import java.io.IOException;

/** Lets systemd read all units, once in a run, however many of them a killed run had in hand. */
final class UnitsAnew {
    private UnitsAnew() {}

    static void read(Host host) throws IOException, InterruptedException {
        host.database(UnitsAnew.class, ignored -> {
            SystemdUnits units = new SystemdUnits(host);
            units.changed();
            units.reload();
            return new UnitsAnew();
        });
    }
}
