package dev.converge.provider;

import dev.converge.model.Declared;
import java.nio.file.Path;
import java.util.List;

/** What takes a change back: said before the change is made, and kept for {@code converge restore}. */
public sealed interface Undo {
    /**
     * States to converge to.
     *
     * @param resources in the order in which they are converged
     * @param paths what the change keeps at these is put back too, such as the home of a removed user
     * @param lost what stays lost all the same, a sentence each
     */
    record States(List<Declared<?>> resources, List<Path> paths, List<String> lost) implements Undo {
        public States {
            resources = List.copyOf(resources);
            paths = List.copyOf(paths);
            lost = List.copyOf(lost);
        }
    }

    /**
     * The files that the change keeps before it replaces them are put back.
     *
     * @param otherwise the states to converge to where others have changed those files since; where there are none,
     *     such files are left alone
     */
    record Files(List<Declared<?>> otherwise) implements Undo {
        public Files {
            otherwise = List.copyOf(otherwise);
        }
    }

    /**
     * Nothing does.
     *
     * @param why a sentence
     */
    record Never(String why) implements Undo {}

    static Undo to(Declared<?> state) {
        return new States(List.of(state), List.of(), List.of());
    }

    static Undo byFiles() {
        return new Files(List.of());
    }
}
