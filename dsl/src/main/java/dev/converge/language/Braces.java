package dev.converge.language;

import dev.converge.schema.RecordSchema;
import dev.converge.schema.TypeRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.PropertyNode;

/** What a pair of braces in a manifest stands behind, and so what the words between them mean. */
sealed interface Braces {
    /** What may be written between them. */
    List<String> words(TypeRegistry types);

    /** What stands between them, when it is attributes. */
    default Optional<RecordSchema<?>> schema(TypeRegistry types) {
        return Optional.empty();
    }

    default boolean has(String word, TypeRegistry types) {
        return words(types).contains(word);
    }

    /** Those of a resource. */
    record OfResource(String type) implements Braces {
        @Override
        public List<String> words(TypeRegistry types) {
            return Words.inBody(types, type);
        }

        @Override
        public Optional<RecordSchema<?>> schema(TypeRegistry types) {
            return types.find(type).map(schema -> schema);
        }
    }

    /** Those of a policy, such as {@code images}. */
    record OfPolicy(String policy) implements Braces {
        @Override
        public List<String> words(TypeRegistry types) {
            return schema(types).map(Words::of).orElse(List.of());
        }

        @Override
        public Optional<RecordSchema<?>> schema(TypeRegistry types) {
            return types.policies().find(policy).map(schema -> schema);
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
