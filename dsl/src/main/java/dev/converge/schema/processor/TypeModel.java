package dev.converge.schema.processor;

import dev.converge.model.Attribute.Role;
import dev.converge.model.Attribute.Shape;
import dev.converge.schema.Argument;
import dev.converge.schema.EnsureWord;
import dev.converge.schema.Id;
import dev.converge.schema.ResourceType;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.MirroredTypeException;

/** What the processor reads from one record. */
record TypeModel(
        String packageName,
        String base,
        String record,
        String name,
        String provider,
        String creation,
        String example,
        boolean absentable,
        boolean removesBelow,
        List<String> after,
        List<EnsureWord> words,
        String doc,
        List<String> nameParts,
        Optional<Component> argument,
        List<WordModel> bodyWords,
        List<Component> components) {

    static TypeModel read(TypeElement record, ProcessingEnvironment env) {
        if (record.getKind() != ElementKind.RECORD) {
            throw new ModelException("@ResourceType is for records", record);
        }
        String simple = record.getSimpleName().toString();
        if (!simple.endsWith("Resource")) {
            throw new ModelException("a resource type's record is named XResource", record);
        }
        ResourceType type = record.getAnnotation(ResourceType.class);
        Javadoc javadoc =
                Javadoc.parse(Optional.ofNullable(env.getElementUtils().getDocComment(record)));
        if (javadoc.body().isEmpty()) {
            throw new ModelException("a resource type needs Javadoc: it is the type's documentation", record);
        }
        List<Component> components = Component.allOf(record, javadoc, env);
        if (components.stream().filter(c -> c.role() == Role.ID).count() != 1) {
            throw new ModelException("a resource type has exactly one @Id component", record);
        }
        return new TypeModel(
                env.getElementUtils().getPackageOf(record).getQualifiedName().toString(),
                simple.substring(0, simple.length() - "Resource".length()),
                simple,
                type.name(),
                providerOf(type),
                type.creation(),
                type.example().strip(),
                type.absentable(),
                type.removesBelow(),
                List.of(type.after()),
                List.of(type.ensureWords()),
                javadoc.body(),
                nameParts(record),
                argument(record, components),
                WordModel.read(record, components, env),
                components);
    }

    private static List<String> nameParts(TypeElement record) {
        List<String> parts = record.getRecordComponents().stream()
                .map(component -> component.getAnnotation(Id.class))
                .filter(Objects::nonNull)
                .flatMap(id -> Arrays.stream(id.parts()))
                .toList();
        if (parts.size() == 1) {
            throw new ModelException("a name of one part has no parts", record);
        }
        return parts;
    }

    private static Optional<Component> argument(TypeElement record, List<Component> components) {
        List<Component> arguments = components.stream()
                .filter(c -> record.getRecordComponents().get(c.index()).getAnnotation(Argument.class) != null)
                .toList();
        boolean fits =
                arguments.stream().allMatch(c -> c.isWord() && (c.shape() == Shape.ONE || c.shape() == Shape.OPTIONAL));
        if (arguments.size() > 1 || !fits) {
            throw new ModelException("one attribute that holds one value can be the @Argument", record);
        }
        return arguments.stream().findFirst();
    }

    private static String providerOf(ResourceType type) {
        try {
            return type.provider().getCanonicalName();
        } catch (MirroredTypeException e) {
            return e.getTypeMirror().toString();
        }
    }
}
