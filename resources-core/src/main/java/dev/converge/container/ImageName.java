package dev.converge.container;

import dev.converge.model.InvalidValueException;
import dev.converge.model.NamesResources;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an image is called, as Docker reads it: {@code nginx} is {@code docker.io/library/nginx:latest}. Two names are
 * equal when they name the same image, however short they are written.
 *
 * @param registry the host that serves it, with a port where it has one
 * @param repository its path there
 * @param tag empty when a digest says which one is meant; {@code latest} when neither was written
 * @param digest of the image's manifest, such as {@code sha256:…}, which never names another image later
 * @see <a href="https://github.com/distribution/reference">the grammar of references</a>
 */
public record ImageName(String registry, String repository, Optional<String> tag, Optional<String> digest)
        implements NamesResources {
    static final String DOCKER_HUB = "docker.io";

    private static final String ADVICE =
            "Write it as [registry/]repository[:tag][@digest], such as 'nginx:1.27' or 'registry.example.com/shop/web:7'.";
    private static final Pattern REFERENCE =
            Pattern.compile("(?<path>[^:@]+(?::[0-9]+(?=/)[^:@]+)?)(?::(?<tag>[^@]*))?(?:@(?<digest>.*))?");
    private static final Pattern REGISTRY = Pattern.compile(
            "(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*(?::[0-9]+)?");
    private static final Pattern REPOSITORY =
            Pattern.compile("[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}");
    private static final int LONGEST = 255;

    /** @throws InvalidValueException when no image can be called so */
    public static ImageName parse(String text) {
        Matcher parts = REFERENCE.matcher(text);
        require(parts.matches() && text.indexOf("://") < 0, text, "it is no reference to an image");
        String path = parts.group("path");
        String registry = registryIn(path);
        String repository = registry.isEmpty() ? path : path.substring(registry.length() + 1);
        if (registry.isEmpty()) {
            registry = DOCKER_HUB;
        }
        if (registry.equals(DOCKER_HUB) && repository.indexOf('/') < 0) {
            repository = "library/" + repository;
        }
        require(REGISTRY.matcher(registry).matches(), text, "\"" + registry + "\" is no registry");
        requireRepository(text, repository);
        Optional<String> tag = Optional.ofNullable(parts.group("tag"));
        Optional<String> digest = Optional.ofNullable(parts.group("digest"));
        require(tag.filter(word -> !TAG.matcher(word).matches()).isEmpty(), text, "its tag is no tag");
        require(
                digest.filter(word -> !DIGEST.matcher(word).matches()).isEmpty(),
                text,
                "its digest is not sha256: and 64 hexadecimal digits");
        return new ImageName(
                registry, repository, tag.isEmpty() && digest.isEmpty() ? Optional.of("latest") : tag, digest);
    }

    /** The first part is a registry when it cannot be one of a repository on Docker Hub. */
    private static String registryIn(String path) {
        int slash = path.indexOf('/');
        String first = slash < 0 ? "" : path.substring(0, slash);
        boolean named = first.indexOf('.') >= 0 || first.indexOf(':') >= 0 || first.equals("localhost");
        return named ? first : "";
    }

    private static void requireRepository(String text, String repository) {
        require(
                repository.chars().noneMatch(Character::isUpperCase),
                text,
                "\"" + repository + "\" has capital letters, which no repository has");
        require(
                REPOSITORY.matcher(repository).matches() && repository.length() <= LONGEST,
                text,
                "\"" + repository + "\" is no repository");
    }

    private static void require(boolean right, String text, String why) {
        if (!right) {
            throw new InvalidValueException("\"" + text + "\" is not the name of an image: " + why + ".", ADVICE);
        }
    }

    /** Registry and repository, without what says which of its images is meant. */
    public String path() {
        return registry + "/" + repository;
    }

    /** The name in full, as every engine understands it. */
    public String reference() {
        return path()
                + tag.map(word -> ":" + word).orElse("")
                + digest.map(word -> "@" + word).orElse("");
    }

    /** However the author of an image's own declaration wrote it. */
    @Override
    public List<String> resourceNames() {
        String shortest = toString();
        String latest = ":latest";
        String bare = shortest.endsWith(latest) ? shortest.substring(0, shortest.length() - latest.length()) : shortest;
        return List.of(shortest, bare, reference());
    }

    /** As short as people write it. */
    @Override
    public String toString() {
        String full = reference();
        String hub = DOCKER_HUB + "/";
        // docker.io/localhost/x without its registry would be an image of another one.
        boolean shortens = full.startsWith(hub)
                && repository.indexOf('/') > 0
                && registryIn(repository).isEmpty();
        String shorter = shortens ? full.substring(hub.length()) : full;
        return shorter.startsWith("library/") && repository.indexOf('/') == repository.lastIndexOf('/')
                ? shorter.substring("library/".length())
                : shorter;
    }
}
