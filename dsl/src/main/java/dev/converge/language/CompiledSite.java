package dev.converge.language;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The classes that a site's manifests have become.
 *
 * @param sources paths of the site's Groovy files, by number
 * @param scriptClasses for each source the class of its top-level statements, whether or not it has any
 * @param classes byte code by class name
 */
record CompiledSite(List<String> sources, List<String> scriptClasses, Map<String, byte[]> classes) {

    /** The number of the source that a stack frame is in, by the file name that the compiler gave it. */
    Optional<Integer> sourceOf(String frameFile) {
        for (int number = 0; number < scriptClasses.size(); number++) {
            if ((scriptClasses.get(number) + ".groovy").equals(frameFile)) {
                return Optional.of(number);
            }
        }
        return Optional.empty();
    }

    /** Loads the classes; forget the loader to be rid of them. */
    ClassLoader loader(ClassLoader parent) {
        return new SiteClassLoader(parent, classes);
    }

    private static final class SiteClassLoader extends ClassLoader {
        private final Map<String, byte[]> classes;

        private SiteClassLoader(ClassLoader parent, Map<String, byte[]> classes) {
            super("site", parent);
            this.classes = classes;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] code = classes.get(name);
            if (code == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, code, 0, code.length);
        }
    }
}
