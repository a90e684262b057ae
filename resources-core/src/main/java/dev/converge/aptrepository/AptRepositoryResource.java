package dev.converge.aptrepository;

import dev.converge.file.Checksum;
import dev.converge.model.InvalidValueException;
import dev.converge.model.KeptInFiles;
import dev.converge.model.Resource;
import dev.converge.schema.AutoRequire;
import dev.converge.schema.Default;
import dev.converge.schema.Id;
import dev.converge.schema.Parameter;
import dev.converge.schema.Required;
import dev.converge.schema.ResourceType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A package source of apt, in the form of deb822: {@code /etc/apt/sources.list.d/NAME.sources}, its key in
 * {@code /etc/apt/keyrings}, trusted for this repository alone. Every {@code pkg} comes after every repository. A new or
 * changed one is tried before it takes its place: apt reads its lists with its key, and where that fails, apt's words are
 * reported and the host stays as it was. {@code ensure 'absent'} removes the repository, its key and its priority; what
 * was installed from it stays. Fields of the file that are not given here stay as they are.
 *
 * @param name what its files are called
 * @param uris where it is: {@code https://}, {@code http://}, {@code file:} and whatever else apt reads
 * @param suites parts of it, mostly the release of the distribution such as {@code bookworm}; {@code ./} or another
 *     path that ends with a slash for a repository without parts
 * @param components parts of its suites, such as {@code main}
 * @param architectures the only ones to read, such as {@code amd64}; all of the host's when left out
 * @param sources whether source packages are listed too
 * @param enabled whether apt reads it
 * @param key the public key that signs it, armored or not: its text, a name in the site's {@code files/}, an absolute
 *     path on the host, or an https address together with {@code keyChecksum}
 * @param keyChecksum what the digest of the key must be, such as {@code sha256:…}
 * @param signedBy a keyring that the host already has, instead of a key
 * @param trusted whether its packages are taken although nobody signs them
 * @param pinPriority how much apt prefers its packages: 990 and more to those of the distribution's release, below 100
 *     only when no other is there; see apt_preferences(5). It holds for all packages of the repository's servers, so no
 *     other source may have one of these
 */
@ResourceType(name = "aptRepository", provider = AptRepositoryProvider.class, example = """
                aptRepository('nginx') {
                    uris 'https://nginx.org/packages/debian'
                    suites 'bookworm'
                    components 'nginx'
                    signedBy '/usr/share/keyrings/nginx-archive-keyring.gpg'
                }
                """)
public record AptRepositoryResource(
        @Id RepositoryName name,
        @Required Optional<List<String>> uris,
        @Required Optional<List<String>> suites,
        Optional<List<String>> components,
        Optional<List<String>> architectures,
        @Default("false") boolean sources,
        @Default("true") boolean enabled,
        @AutoRequire("file") Optional<RepositoryKey> key,
        @Parameter Optional<Checksum> keyChecksum,
        @AutoRequire("file") Optional<Path> signedBy,
        Optional<Boolean> trusted,
        Optional<Integer> pinPriority)
        implements Resource, KeptInFiles {
    /** @throws InvalidValueException when attributes contradict each other */
    public AptRepositoryResource {
        uris.ifPresent(all -> all.forEach(uri -> require(
                isAddress(uri),
                uri,
                "is no address.",
                "Write one such as 'https://deb.debian.org/debian' or 'file:/srv/repository'.")));
        uris.ifPresent(all -> all.forEach(uri -> require(
                !SourcesText.hasLogin(uri),
                uri.replaceFirst("://[^/\\s]*@", "://…@"),
                "has a login in it, and everybody may read the file that it goes to.",
                "Write it without; the login belongs to a file in /etc/apt/auth.conf.d, see apt_auth.conf(5).")));
        suites.ifPresent(AptRepositoryResource::requireWords);
        components.ifPresent(AptRepositoryResource::requireWords);
        architectures.ifPresent(AptRepositoryResource::requireWords);
        if (key.isPresent() && signedBy.isPresent()) {
            throw new InvalidValueException(
                    "A repository is signed by \"key\" or by \"signedBy\", not by both.", "Leave one of them out.");
        }
        if (keyChecksum.isPresent()) {
            if (key.isEmpty() || key.get().isWritten()) {
                throw new InvalidValueException(
                        "A \"keyChecksum\" belongs to a \"key\" that is copied.", "Give such a key, or leave it out.");
            }
            key = Optional.of(key.get().verifiedBy(keyChecksum.get()));
        } else if (key.isPresent() && key.get().isRemote()) {
            throw new InvalidValueException(
                    "A key from the network needs a checksum, or nobody knows whom apt trusts.",
                    "Add keyChecksum 'sha256:…', as sha256sum prints it.");
        }
        requireParts(suites, components);
    }

    static boolean isAddress(String uri) {
        return uri.matches("[a-z+]+:\\S+");
    }

    private static void requireParts(Optional<List<String>> suites, Optional<List<String>> components) {
        for (String suite : suites.orElse(List.of())) {
            boolean whole = suite.endsWith("/");
            boolean parts = !components.orElse(List.of()).isEmpty();
            require(
                    whole || parts,
                    suite,
                    "is a suite with components, and none is given.",
                    "Add them, such as components 'main'; the path of a repository without parts ends with a slash.");
            require(!whole || !parts, suite, "is a path, and a path has no components.", "Leave components out.");
        }
    }

    private static void requireWords(List<String> words) {
        words.forEach(word -> require(word.matches("\\S+"), word, "is not one word.", "Give several as a list."));
    }

    private static void require(boolean right, String text, String wrong, String advice) {
        if (!right) {
            throw new InvalidValueException("\"" + text + "\" " + wrong, advice);
        }
    }

    @Override
    public List<Path> files() {
        return name.files();
    }

    @Override
    public List<Path> wholeFiles() {
        return List.of(name.sources());
    }
}
