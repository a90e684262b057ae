package dev.converge.aptrepository;

import dev.converge.file.Checksum;
import dev.converge.file.Source;
import dev.converge.filesystem.FileContent;
import dev.converge.model.Content;
import dev.converge.model.InvalidValueException;
import dev.converge.model.SiteFiles;
import dev.converge.provider.Host;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The public key that a repository is signed with: its text, or where it is copied from. */
public final class RepositoryKey implements Content {
    private final Content content;

    private RepositoryKey(Content content) {
        this.content = content;
    }

    /**
     * Reads what an author wrote.
     *
     * @param text an armored key, a name below the site's {@code files/}, an absolute path on the host, or a URL
     * @throws InvalidValueException when the site has no such file, or the URL is none that can be read
     */
    public static RepositoryKey parse(String text, SiteFiles files) {
        return text.contains(KeyForm.BEGIN)
                ? new RepositoryKey(Content.of(text.strip() + "\n"))
                : new RepositoryKey(Source.parse(text, files));
    }

    static RepositoryKey observed(FileContent found, Host host) {
        return new RepositoryKey(Source.observed(found, host));
    }

    RepositoryKey verifiedBy(Checksum expected) {
        return content instanceof Source source ? new RepositoryKey(source.verifiedBy(expected)) : this;
    }

    boolean isRemote() {
        return content instanceof Source source && source.isRemote();
    }

    boolean isOnHost() {
        return content instanceof Source source && source.isOnHost();
    }

    boolean isWritten() {
        return !(content instanceof Source);
    }

    /** The same key, its path that of a host. */
    RepositoryKey on(Host host) {
        return content instanceof Source source ? new RepositoryKey(source.on(host)) : this;
    }

    /** A file on the host may be missing yet. */
    boolean isReadable() {
        return !(content instanceof Source source) || source.isReadable();
    }

    @Override
    public boolean satisfiedBy(Content observed) {
        return content.satisfiedBy(observed instanceof RepositoryKey key ? key.content : observed);
    }

    @Override
    public long size() {
        return content.size();
    }

    @Override
    public boolean isSensitive() {
        return content.isSensitive();
    }

    @Override
    public InputStream open() throws IOException {
        return content.open();
    }

    @Override
    public Optional<String> origin() {
        return content.origin();
    }

    @Override
    public Optional<String> digest() {
        return content.digest();
    }

    @Override
    public Optional<String> text() {
        return content.text();
    }

    @Override
    public String identity() {
        return content.identity();
    }

    @Override
    public boolean movesByItself() {
        return content.movesByItself();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RepositoryKey key && key.content.equals(content);
    }

    @Override
    public int hashCode() {
        return content.hashCode();
    }

    @Override
    public String toString() {
        return content.toString();
    }
}
