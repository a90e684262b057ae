package dev.converge.file;

import dev.converge.filesystem.Kind;
import dev.converge.filesystem.Target;
import dev.converge.filesystem.Validation;
import dev.converge.model.Content;
import dev.converge.model.InvalidValueException;
import dev.converge.model.KeepsContent;
import dev.converge.model.Mode;
import dev.converge.model.OwnsPath;
import dev.converge.model.Resource;
import dev.converge.model.WrittenContent;
import dev.converge.provider.Host;
import dev.converge.schema.AutoRequire;
import dev.converge.schema.Default;
import dev.converge.schema.Derived;
import dev.converge.schema.Id;
import dev.converge.schema.Parameter;
import dev.converge.schema.ResourceType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A regular file: its content, owner, group and mode. A new content is written beside the file and takes its place in
 * one step, and what it replaces is kept. A file without content or source is made empty when it is missing, and its
 * content is left alone when it is there. {@code ensure 'absent'} removes a file or a link, never what the link leads
 * to.
 *
 * @param path where it is; its folder must exist or be declared
 * @param kind always {@code file}; anything else at the path is reported as a difference
 * @param content its exact content, written to the disk in UTF-8; it may hold secrets
 * @param source what to copy its content from: a name below the site's {@code files/}, an absolute path on the host, or
 *     an {@code https://} or {@code http://} address with a checksum
 * @param owner name or number of the user that owns it; a new file belongs to the one that runs Converge
 * @param group name or number of its group
 * @param mode permission bits as chmod takes them, such as {@code '0644'} or {@code 'u=rw,go=r'}; a new file gets
 *     {@code 0644} when none is given ({@code 0600} when its content holds a secret), and a symbolic mode starts from that or from what the file has
 * @param encoding how {@code content} is written: {@code text}, or {@code base64} for bytes that are no text
 * @param checksum the digest that the source must have, such as {@code 'sha256:…'}; a source from the network needs
 *     one, and is fetched only when the file has another
 * @param validate a command, without shell, that must accept the new file before it takes its place; {@code %} stands
 *     for the path of the new file, as in {@code 'visudo -cf %'}
 * @param replace whether a file that exists gets the content too; {@code false} writes it only when it is missing
 * @param backup whether what is replaced or removed is kept
 * @param showDiff whether reports may show what changes in the content
 * @param force whether a directory, FIFO, socket or device at the path may be removed for it
 * @param links what happens when a symbolic link is at the path: {@code follow} manages the file that it leads to, when
 *     root or the user that runs Converge made the link; {@code replace} puts a file in the link's place
 */
@ResourceType(name = "file", provider = FileProvider.class, example = """
                file('/etc/motd') {
                    content "Welcome to ${facts.fqdn}\\n"
                    mode '0644'
                }
                """)
public record FileResource(
        @Id
        @AutoRequire(
                value = {"mount", "directory", "link"},
                ancestors = true)
        Path path,

        @Derived @Default("file") Kind kind,
        Optional<Content> content,
        Optional<Source> source,
        @AutoRequire("user") Optional<String> owner,
        @AutoRequire("group") Optional<String> group,
        Optional<Mode> mode,
        @Parameter @Default("text") Encoding encoding,
        @Parameter Optional<Checksum> checksum,
        @Parameter List<String> validate,
        @Parameter @Default("true") boolean replace,
        @Parameter @Default("true") boolean backup,
        @Parameter @Default("true") boolean showDiff,
        @Parameter @Default("false") boolean force,
        @Parameter @Default("follow") Links links)
        implements Resource, KeepsContent, OwnsPath {
    /** @throws InvalidValueException when attributes contradict each other */
    public FileResource {
        kind = Kind.FILE.orSeen(kind);
        if (content.isPresent() && source.isPresent() && source.get().origin().isPresent()) {
            throw new InvalidValueException(
                    "A file takes its content from \"content\" or from \"source\", not from both.",
                    "Leave one of them out.");
        }
        if (checksum.isPresent() && source.isEmpty()) {
            throw new InvalidValueException("A checksum belongs to a source.", "Give a source, or leave it out.");
        }
        if (source.isPresent() && source.get().isRemote() && checksum.isEmpty()) {
            throw new InvalidValueException(
                    "A source from the network needs a checksum, or nobody knows what comes.",
                    "Add checksum 'sha256:…', as sha256sum prints it.");
        }
        Validation.of(validate, List.of());
        if (encoding == Encoding.BASE64 && content.isPresent() && content.get() instanceof WrittenContent text) {
            content = Optional.of(text.decoded());
        }
        if (checksum.isPresent()) {
            source = Optional.of(source.get().verifiedBy(checksum.get()));
        }
        if (!showDiff) {
            content = content.map(Content::hidden);
            source = source.map(Source::hidden);
        }
        validate = List.copyOf(validate);
    }

    /** Without {@code replace}, only a new file gets its content. */
    @Override
    public boolean keepsContent() {
        return replace && wanted().isPresent();
    }

    @Override
    public Optional<String> writtenText() {
        return content.filter(WrittenContent.class::isInstance)
                .filter(text -> encoding == Encoding.TEXT)
                .flatMap(text -> Content.decode(text.bytes()));
    }

    @Override
    public Thing thing() {
        return Thing.FILE;
    }

    @Override
    public boolean followsLink() {
        return links == Links.FOLLOW;
    }

    /** What is at the path, or where links lead from it. */
    Target target(Host host) throws IOException {
        return links == Links.REPLACE ? Target.at(path, host) : Target.followed(path, host);
    }

    Validation validation() {
        return Validation.of(validate, wanted().map(Content::secrets).orElse(List.of()));
    }

    /** What shall be in it, wherever it comes from. */
    Optional<? extends Content> wanted() {
        return content.isPresent() ? content : source;
    }
}
