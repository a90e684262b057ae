package dev.converge.file;

import dev.converge.filesystem.FileContent;
import dev.converge.model.Content;
import dev.converge.model.InvalidValueException;
import dev.converge.model.SiteFiles;
import dev.converge.provider.Host;
import dev.converge.schema.Parsing;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Where a file's content is copied from: the site, the host itself, or the network. */
public final class Source implements Content {
    private final String written;
    private final Content content;
    private final Optional<Path> onHost;
    private final Optional<Checksum> checksum;
    private final Optional<Host> seenOn;
    private final boolean sensitive;

    private Source(String written, Content content, Optional<Path> onHost) {
        this(written, content, onHost, Optional.empty(), Optional.empty(), false);
    }

    private Source(
            String written,
            Content content,
            Optional<Path> onHost,
            Optional<Checksum> checksum,
            Optional<Host> seenOn,
            boolean sensitive) {
        this.seenOn = seenOn;
        this.sensitive = sensitive;
        this.written = written;
        this.content = content;
        this.onHost = onHost;
        this.checksum = checksum;
    }

    /**
     * Reads what an author wrote.
     *
     * @param text a name below the site's {@code files/}, an absolute path on the host, or a URL
     * @throws InvalidValueException when the site has no such file, or the URL is none that can be read
     */
    public static Source parse(String text, SiteFiles files) {
        if (text.startsWith("/")) {
            return ofHost(text, Parsing.path(text));
        }
        int scheme = text.indexOf("://");
        if (scheme > 0) {
            return ofUrl(text, text.substring(0, scheme).toLowerCase(Locale.ROOT));
        }
        Path file = files.resolve(text);
        if (Files.isDirectory(file)) {
            throw new InvalidValueException("\"" + text + "\" is a folder.", "Give it as the source of a directory.");
        }
        return new Source(text, FileContent.from(file), Optional.empty());
    }

    private static Source ofUrl(String text, String scheme) {
        URI address = address(text);
        return switch (scheme) {
            case "http", "https" -> new Source(text, new Download(address), Optional.empty());
            case "file" ->
                ofHost(text, Parsing.path(Optional.ofNullable(address.getPath()).orElse("")));
            default ->
                throw new InvalidValueException(
                        "A file cannot be copied from \"" + scheme + "://\".",
                        "Use https://, http://, an absolute path on the host, or a name below files/.");
        };
    }

    private static URI address(String text) {
        try {
            URI address = new URI(text);
            if (address.getScheme().startsWith("http") && address.getHost() == null) {
                throw new InvalidValueException("The URL \"" + text + "\" names no server.");
            }
            return address;
        } catch (URISyntaxException e) {
            throw new InvalidValueException(
                    "\"" + text + "\" is not a URL: " + e.getReason() + ".", "Write a space in it as %20.");
        }
    }

    private static Source ofHost(String text, Path path) {
        return new Source(text, FileContent.from(path), Optional.of(path));
    }

    /** What was found at a file that has a source. */
    public static Source observed(Content content, Host host) {
        return new Source("", content, Optional.empty(), Optional.empty(), Optional.of(host), content.isSensitive());
    }

    /** The same source, whose content must have this digest. */
    public Source verifiedBy(Checksum expected) {
        return isObserved() ? this : new Source(written, content, onHost, Optional.of(expected), seenOn, sensitive);
    }

    @Override
    public Source hidden() {
        return sensitive ? this : new Source(written, content, onHost, checksum, seenOn, true);
    }

    /** The same source, its path that of a host. */
    public Source on(Host host) {
        return onHost.isEmpty()
                ? this
                : new Source(
                        written,
                        FileContent.from(host.path(onHost.get())),
                        Optional.empty(),
                        checksum,
                        Optional.empty(),
                        sensitive);
    }

    /** Whether it is on the host already. */
    public boolean isOnHost() {
        return onHost.isPresent();
    }

    /** Where it is on the host; empty when it is elsewhere. */
    Optional<Path> onHost() {
        return onHost;
    }

    /** As the author wrote it, with a login that may be in an address. */
    public String address() {
        return written;
    }

    /** Whether it comes from the network. */
    public boolean isRemote() {
        return content instanceof Download;
    }

    private boolean isObserved() {
        return seenOn.isPresent();
    }

    /** Keeps of an observed file what a report needs after it was replaced. */
    void remember() {
        if (content instanceof FileContent file) {
            file.remember();
        }
    }

    @Override
    public Optional<String> origin() {
        return isObserved() ? Optional.empty() : Optional.of(toString());
    }

    @Override
    public long size() {
        return content.size();
    }

    @Override
    public boolean isSensitive() {
        return sensitive;
    }

    @Override
    public InputStream open() throws IOException {
        return checksum.isEmpty()
                ? content.open()
                : new VerifiedStream(content.open(), checksum.get(), this.toString());
    }

    @Override
    public byte[] bytes() {
        return content.bytes();
    }

    @Override
    public Optional<String> digest() {
        return sensitive ? Optional.empty() : content.digest();
    }

    @Override
    public Optional<String> text() {
        return sensitive ? Optional.empty() : content.text();
    }

    /** With a checksum the source itself need not be read, let alone fetched. */
    @Override
    public boolean satisfiedBy(Content observed) {
        if (this == observed) {
            return true;
        }
        if (checksum.isPresent()) {
            return observed.digest(checksum.get().algorithm())
                    .equals(checksum.get().hex());
        }
        Source here = observed instanceof Source found && found.seenOn.isPresent() ? on(found.seenOn.get()) : this;
        return here.isReadable() && here.content.satisfiedBy(observed);
    }

    /** What is on the host or on the network is not looked at: it may be missing, large, or far away. */
    @Override
    public String identity() {
        String verified = checksum.map(Checksum::toString).orElse("");
        return onHost.isPresent() || isRemote() || !verified.isEmpty() ? written + ' ' + verified : content.identity();
    }

    @Override
    public boolean movesByItself() {
        return onHost.isPresent() && checksum.isEmpty();
    }

    /** A source on the host may be missing yet: what should make it comes before. */
    public boolean isReadable() {
        return !(content instanceof FileContent file) || file.isReadable();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Source source
                && source.written.equals(written)
                && source.checksum.equals(checksum)
                && source.content.equals(content);
    }

    @Override
    public int hashCode() {
        return written.hashCode();
    }

    @Override
    public String toString() {
        if (isObserved()) {
            return content.toString();
        }
        return content instanceof Download ? content.toString() : written;
    }
}
