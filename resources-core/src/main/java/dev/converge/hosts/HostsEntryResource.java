package dev.converge.hosts;

import dev.converge.model.InvalidValueException;
import dev.converge.model.KeptInFiles;
import dev.converge.model.Resource;
import dev.converge.schema.Argument;
import dev.converge.schema.AutoRequire;
import dev.converge.schema.Default;
import dev.converge.schema.Derived;
import dev.converge.schema.Id;
import dev.converge.schema.Parameter;
import dev.converge.schema.Required;
import dev.converge.schema.ResourceType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A name that the host resolves by itself: a line of {@code /etc/hosts} (hosts(5)) with an address and this name first.
 * Only that line changes, and lines that would give the name another address of the same family (IPv4 or IPv6), since
 * the first one counts: they lose it. So {@code ::1 localhost} stays when {@code localhost} is {@code 127.0.0.1}. All
 * else stays as it is, and the file is kept before it changes. {@code ensure 'absent'} removes the lines that start with
 * the name, and takes it off others.
 *
 * @param name the host's canonical name
 * @param ip its IPv4 or IPv6 address
 * @param aliases its other names, in this order; those that the line has stay when none are given
 * @param comment what the comment at the end of the line says; one that is there stays when none is given
 * @param elsewhere other lines that give the name, or one of its aliases, another address: always {@code none}
 * @param file the file, where it is not {@code /etc/hosts}
 */
@ResourceType(name = "hostsEntry", provider = HostsEntryProvider.class, example = """
                hostsEntry('db.example.com', '10.0.0.5') {
                    aliases 'db'
                }
                """)
public record HostsEntryResource(
        @Id HostsName name,
        @Argument @Required Optional<IpAddress> ip,
        Optional<List<HostsName>> aliases,
        Optional<String> comment,
        @Derived @Default("none") String elsewhere,

        @Parameter
        @Default("/etc/hosts")
        @AutoRequire(
                value = {"file", "mount", "directory", "link"},
                ancestors = true)
        Path file)
        implements Resource, KeptInFiles {
    /** @throws InvalidValueException when the comment cannot stand at the end of a line */
    public HostsEntryResource {
        if (comment.filter(text -> !text.equals(text.strip()) || text.indexOf('\n') >= 0)
                .isPresent()) {
            throw new InvalidValueException(
                    "The comment begins or ends with a space, or has a line break in it.", "Write one line.");
        }
    }

    HostsEntryResource seen(HostsLine line, String others) {
        List<HostsName> names =
                line.words().stream().skip(1).map(HostsName::seen).toList();
        return new HostsEntryResource(
                name, Optional.of(line.ip()), Optional.of(names), Optional.of(line.comment()), others, file);
    }

    /** The same, without saying that there are no aliases and no comment. */
    HostsEntryResource withoutEmpty() {
        return new HostsEntryResource(
                name,
                ip,
                aliases.filter(names -> !names.isEmpty()),
                comment.filter(text -> !text.isEmpty()),
                elsewhere,
                file);
    }

    @Override
    public List<Path> files() {
        return List.of(file);
    }
}
