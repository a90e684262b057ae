package dev.converge.timezone;

import dev.converge.model.KeptInFiles;
import dev.converge.model.Resource;
import dev.converge.schema.Derived;
import dev.converge.schema.Id;
import dev.converge.schema.ResourceType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The host's time zone: where {@code /etc/localtime} leads, and the name in {@code /etc/timezone} on systems that have
 * that file. A host has one, so a manifest declares one for each host. Programs that run already keep the zone that they
 * began with until they are restarted: let their services {@code subscribe} to it.
 *
 * @param zone its name in the IANA database, such as {@code Europe/Berlin} or {@code Etc/UTC}; the host needs the
 *     package {@code tzdata}
 * @param localtime the zone that {@code /etc/localtime} leads to: follows from zone
 * @param name the zone that {@code /etc/timezone} names: follows from zone
 */
@ResourceType(
        name = "timezone",
        provider = TimezoneProvider.class,
        absentable = false,
        after = "pkg[tzdata]",
        example = """
                timezone 'Europe/Berlin'
                """)
public record TimezoneResource(
        @Id Zone zone,
        @Derived Optional<String> localtime,
        @Derived Optional<String> name) implements Resource, KeptInFiles {
    public TimezoneResource {
        localtime = localtime.or(() -> Optional.of(zone.text()));
        name = name.or(() -> Optional.of(zone.text()));
    }

    @Override
    public List<Path> files() {
        return List.of(TimezoneProvider.LINK, TimezoneProvider.NAME);
    }

    @Override
    public List<Path> wholeFiles() {
        return List.of(TimezoneProvider.LINK);
    }
}
