package dev.converge.container;

import dev.converge.diagnostic.Diagnostic;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.model.InvalidValueException;
import dev.converge.schema.CatalogPolicy;
import dev.converge.schema.Default;
import dev.converge.schema.SitePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which images a site lets its hosts run.
 *
 * @param requireDigest whether a name must say by its digest which image is meant, since a tag can be moved
 * @param allow where images may come from, such as 'registry.example.com/*'; anywhere when nothing is given
 */
@SitePolicy(name = "images")
public record ImagePolicy(@Default("false") boolean requireDigest, List<Source> allow) implements CatalogPolicy {
    /**
     * Where images may come from: a registry with a path, in which each {@code *} stands for any text, slashes too.
     * Without a registry it is one of Docker Hub, as in an {@link ImageName}.
     */
    public record Source(String pattern) {
        /** @throws InvalidValueException when it names a tag or digest, which would say more than where */
        public static Source parse(String text) {
            String path = text.indexOf('/') < 0 ? text : text.substring(text.lastIndexOf('/'));
            if (text.isBlank() || text.indexOf('@') >= 0 || path.indexOf(':') >= 0) {
                throw new InvalidValueException(
                        "\"" + text + "\" does not say where images come from.",
                        "Write a registry and a path without tag or digest, such as 'registry.example.com/*'.");
            }
            return new Source(text);
        }

        boolean matches(ImageName image) {
            return glob(pattern, image.path()) || glob(pattern, shortPath(image));
        }

        private static String shortPath(ImageName image) {
            return new ImageName(image.registry(), image.repository(), Optional.empty(), Optional.empty()).toString();
        }

        private static boolean glob(String pattern, String text) {
            int star = pattern.indexOf('*');
            if (star < 0) {
                return pattern.equals(text);
            }
            if (!text.startsWith(pattern.substring(0, star))) {
                return false;
            }
            String rest = pattern.substring(star + 1);
            for (int at = star; at <= text.length(); at++) {
                if (glob(rest, text.substring(at))) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public String toString() {
            return pattern;
        }
    }

    public ImagePolicy {
        allow = List.copyOf(allow);
    }

    @Override
    public List<Diagnostic> judge(List<Declared<?>> resources) {
        List<Diagnostic> broken = new ArrayList<>();
        for (Declared<?> resource : resources) {
            if (resource.ensure() == Ensure.PRESENT && resource.desired() instanceof UsesImage user) {
                user.usedImage()
                        .flatMap(this::refusal)
                        .map(why -> CatalogPolicy.refusal(resource, why.getMessage())
                                .suggest(why.advice()))
                        .ifPresent(broken::add);
            }
        }
        return broken;
    }

    /** Why the image is refused, in a whole sentence, and what to write instead; empty when it is allowed. */
    public Optional<InvalidValueException> refusal(ImageName image) {
        if (!allow.isEmpty() && allow.stream().noneMatch(source -> source.matches(image))) {
            return Optional.of(new InvalidValueException(
                    "The site's policy does not allow the image " + image + ".",
                    "Allowed is "
                            + String.join(
                                    ", ", allow.stream().map(Source::toString).toList()) + "."));
        }
        if (requireDigest && image.digest().isEmpty()) {
            return Optional.of(new InvalidValueException(
                    "The site's policy wants each image by its digest, and " + image + " has none.",
                    "Write it with the digest, as in '" + image + "@sha256:…'."));
        }
        return Optional.empty();
    }
}
