package dev.converge.language;

import dev.converge.schema.TypeRegistry;
import java.util.ArrayList;
import java.util.List;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.PropertyNode;

/** What a pair of braces in a manifest stands behind, and so what the words between them mean. */
sealed interface Braces {
    /** What may be written between them. */
    List<String> words(TypeRegistry types);

    default boolean has(String word, TypeRegistry types) {
        return words(types).contains(word);
    }

    /** Those of a resource. */
    record OfResource(String type) implements Braces {
        @Override
        public List<String> words(TypeRegistry types) {
            return Words.inBody(types, type);
        }
    }

    /** Those of an {@code include}. */
    record OfComposite(ClassNode composite) implements Braces {
        @Override
        public List<String> words(TypeRegistry types) {
            List<String> words = new ArrayList<>(Words.OF_COMPOSITES);
            words.addAll(parameters());
            return words;
        }

        List<String> parameters() {
            List<String> names = new ArrayList<>();
            for (ClassNode type = composite; type != null && Sandbox.isSite(type); type = type.getSuperClass()) {
                type.getProperties().stream().map(PropertyNode::getName).forEach(names::add);
            }
            return names;
        }
    }

    /** Those of something that is itself a mistake: what stands in them is not judged. */
    record Misplaced() implements Braces {
        @Override
        public List<String> words(TypeRegistry types) {
            return List.of();
        }
    }
}
