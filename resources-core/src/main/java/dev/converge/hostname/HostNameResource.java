package dev.converge.hostname;

import dev.converge.model.KeptInFiles;
import dev.converge.model.Resource;
import dev.converge.schema.Derived;
import dev.converge.schema.Id;
import dev.converge.schema.ResourceType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The name of the host, at once and after each boot: the kernel's own and the one in {@code /etc/hostname}. A host has
 * one, so a manifest declares one for each host. Lines of {@code /etc/hosts} are not touched: declare a
 * {@code hostsEntry} where the name must resolve without DNS. Programs that asked for the name before keep what they
 * were told until they are restarted, and facts keep the old name until the next run.
 *
 * @param name the name; with a domain, such as {@code web-1.example.com}, only where that is the custom of the place
 * @param live the name that the running kernel has: follows from name. In a root folder, which no kernel runs in, only
 *     the next boot counts
 * @param atBoot the name in {@code /etc/hostname}: follows from name
 */
@ResourceType(name = "hostName", provider = HostNameProvider.class, absentable = false, example = """
                hostName 'web-1'
                """)
public record HostNameResource(
        @Id HostName name,
        @Derived Optional<String> live,
        @Derived Optional<String> atBoot) implements Resource, KeptInFiles {
    public HostNameResource {
        live = live.or(() -> Optional.of(name.text()));
        atBoot = atBoot.or(() -> Optional.of(name.text()));
    }

    @Override
    public List<Path> files() {
        return List.of(HostNameProvider.FILE);
    }
}
