package dev.converge.target;

import dev.converge.schema.TypeRegistry;
import java.util.List;
import java.util.Optional;

/**
 * The targets that there are.
 *
 * @param all in the order in which help lists them
 */
public record OutputTargets(List<OutputTarget> all) {
    public OutputTargets {
        all = List.copyOf(all);
    }

    /** @param types of the catalogs that are to be rendered */
    public static OutputTargets of(TypeRegistry types) {
        return of(types, UserDataSize.any());
    }

    /**
     * @param types of the catalogs that are to be rendered
     * @param size how much user-data the platform takes
     */
    public static OutputTargets of(TypeRegistry types, UserDataSize size) {
        return new OutputTargets(List.of(
                new CloudInitTarget(size),
                new RancherTarget(),
                new ShellTarget(),
                new DotTarget(),
                new JsonTarget(types)));
    }

    public Optional<OutputTarget> find(String name) {
        return all.stream().filter(target -> target.name().equals(name)).findFirst();
    }

    public List<String> names() {
        return all.stream().map(OutputTarget::name).toList();
    }
}
