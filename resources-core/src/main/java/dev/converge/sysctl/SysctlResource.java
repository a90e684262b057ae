package dev.converge.sysctl;

import dev.converge.model.InvalidValueException;
import dev.converge.model.KeptInFiles;
import dev.converge.model.Resource;
import dev.converge.schema.Argument;
import dev.converge.schema.Default;
import dev.converge.schema.Derived;
import dev.converge.schema.Id;
import dev.converge.schema.Parameter;
import dev.converge.schema.ResourceType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A parameter of the kernel, such as {@code vm.swappiness}: its value now, and its value after the next boot. Each has a
 * file of its own, {@code /etc/sysctl.d/99-converge-KEY.conf}. A file that a boot reads later, such as
 * {@code /etc/sysctl.conf}, could set it otherwise: that is reported as a failure which names the file. Removing a
 * parameter removes its file; the value of the running kernel stays until the next boot, since the kernel does not
 * remember another one.
 *
 * @param key the parameter, with dots or slashes. As in sysctl.d(5), a dot within a part is a slash when the parts are
 *     separated by dots: {@code net.ipv4.conf.eth0/100.forwarding}
 * @param value its value as text; numbers of a list are separated by one space, as in {@code '1024 65000'}
 * @param atBoot its value after the next boot: follows from value and persist
 * @param live whether the running kernel gets the value at once. In a root folder, which no kernel runs in, only the
 *     next boot counts
 * @param persist whether it is kept over a boot
 */
@ResourceType(name = "sysctl", provider = SysctlProvider.class, example = """
                sysctl 'vm.swappiness', '10'
                """)
public record SysctlResource(
        @Id SysctlKey key,
        @Argument String value,
        @Derived Optional<AtBoot> atBoot,
        @Parameter @Default("true") boolean live,
        @Parameter @Default("true") boolean persist)
        implements Resource, KeptInFiles {
    /** @throws InvalidValueException when it is neither live nor persistent, or no one line */
    public SysctlResource {
        value = normal(value);
        if (!live && !persist) {
            throw new InvalidValueException(
                    "Both \"live\" and \"persist\" are false, so nothing is left to do.", "Leave one of them out.");
        }
        if (persist && atBoot.isEmpty()) {
            atBoot = Optional.of(AtBoot.wanted(value));
        }
    }

    /** The kernel separates the numbers of a list by tabs, people by spaces. */
    static String normal(String value) {
        return value.strip().replaceAll("\\s+", " ");
    }

    /** The file that is about this parameter alone. */
    Path file() {
        return SysctlFiles.LOCAL.resolve("99-converge-" + key.toString().replace('/', '~') + ".conf");
    }

    @Override
    public List<Path> files() {
        return List.of(file());
    }

    @Override
    public List<Path> wholeFiles() {
        return persist ? files() : List.of();
    }
}
