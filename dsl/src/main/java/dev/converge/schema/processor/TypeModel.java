package dev.converge.schema.processor;

import dev.converge.model.Attribute.Role;
import dev.converge.model.Attribute.Shape;
import dev.converge.schema.Argument;
import dev.converge.schema.AutoRequire;
import dev.converge.schema.Default;
import dev.converge.schema.Derived;
import dev.converge.schema.EnsureWord;
import dev.converge.schema.Id;
import dev.converge.schema.Parameter;
import dev.converge.schema.Recreates;
import dev.converge.schema.Required;
import dev.converge.schema.ResourceType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.MirroredTypeException;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

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
        List<String> after,
        List<EnsureWord> words,
        String doc,
        List<String> nameParts,
        Optional<Component> argument,
        List<WordModel> bodyWords,
        List<Component> components) {

    /**
     * One component of the record.
     *
     * @param valueType the qualified, boxed name of one value's type
     * @param type the component's own type, as source
     */
    record Component(
            int index,
            String name,
            String valueType,
            String type,
            Kind kind,
            boolean takesFiles,
            Shape shape,
            Role role,
            Optional<String> defaultValue,
            List<String> autoRequires,
            boolean ancestors,
            boolean removedFirst,
            boolean required,
            boolean recreates,
            String doc) {

        /** Whether a manifest may give it. */
        boolean isWord() {
            return role == Role.PROPERTY || role == Role.PARAMETER;
        }
    }

    /** How one value is made from text. */
    enum Kind {
        STRING,
        PATH,
        INTEGER,
        LONG,
        BOOLEAN,
        DURATION,
        ENUM,
        /** {@code Text}, {@code Secret}, {@code Content}: the language builds them itself, since they carry secrets. */
        SENSITIVE,
        /** A class with a static {@code parse}. */
        PARSED
    }

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
        List<Component> components = new ArrayList<>();
        for (RecordComponentElement component : record.getRecordComponents()) {
            components.add(component(component, components.size(), javadoc.params(), env));
        }
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

    private static Component component(
            RecordComponentElement component, int index, Map<String, String> docs, ProcessingEnvironment env) {
        String name = component.getSimpleName().toString();
        String doc = docs.get(name);
        if (doc == null) {
            throw new ModelException("document it: @param " + name + " in the record's Javadoc", component);
        }
        TypeMirror declared = component.asType();
        Shape shape = shapeOf(declared);
        TypeMirror value = valueOf(declared, shape);
        TypeMirror boxed = boxed(value, env);
        AutoRequire auto = component.getAnnotation(AutoRequire.class);
        Default fallback = component.getAnnotation(Default.class);
        Role role = roleOf(component);
        Kind kind = kindOf(boxed, component);
        return new Component(
                index,
                name,
                boxed.toString(),
                declared.toString(),
                kind,
                kind == Kind.PARSED && parseTakesFiles(boxed),
                shape,
                role,
                fallback == null ? Optional.empty() : Optional.of(fallback.value()),
                auto == null ? List.of() : List.of(auto.value()),
                auto != null && auto.ancestors(),
                auto != null && auto.removedFirst(),
                component.getAnnotation(Required.class) != null,
                component.getAnnotation(Recreates.class) != null,
                doc);
    }

    private static Role roleOf(RecordComponentElement component) {
        if (component.getAnnotation(Id.class) != null) {
            return Role.ID;
        }
        if (component.getAnnotation(Derived.class) != null) {
            return Role.DERIVED;
        }
        return component.getAnnotation(Parameter.class) != null ? Role.PARAMETER : Role.PROPERTY;
    }

    private static Shape shapeOf(TypeMirror type) {
        String raw = rawName(type);
        return switch (raw) {
            case "java.util.List" -> Shape.LIST;
            case "java.util.Map" -> Shape.MAP;
            case "java.util.Optional" ->
                switch (rawName(argument(type, 0))) {
                    case "java.util.List" -> Shape.OPTIONAL_LIST;
                    case "java.util.Set" -> Shape.OPTIONAL_SET;
                    case "java.util.Map" -> Shape.OPTIONAL_MAP;
                    default -> Shape.OPTIONAL;
                };
            default -> Shape.ONE;
        };
    }

    private static TypeMirror valueOf(TypeMirror type, Shape shape) {
        return switch (shape) {
            case ONE -> type;
            case OPTIONAL, LIST -> argument(type, 0);
            case MAP -> argument(type, 1);
            case OPTIONAL_LIST, OPTIONAL_SET -> argument(argument(type, 0), 0);
            case OPTIONAL_MAP -> argument(argument(type, 0), 1);
        };
    }

    private static TypeMirror argument(TypeMirror type, int index) {
        return ((DeclaredType) type).getTypeArguments().get(index);
    }

    private static String rawName(TypeMirror type) {
        return type.getKind() == TypeKind.DECLARED
                ? ((TypeElement) ((DeclaredType) type).asElement())
                        .getQualifiedName()
                        .toString()
                : type.toString();
    }

    static TypeMirror boxed(TypeMirror type, ProcessingEnvironment env) {
        return type.getKind().isPrimitive()
                ? env.getTypeUtils()
                        .boxedClass(env.getTypeUtils().getPrimitiveType(type.getKind()))
                        .asType()
                : type;
    }

    /** @param place where to say that there is none */
    static Kind kindOf(TypeMirror boxed, Element place) {
        switch (boxed.toString()) {
            case "java.lang.String":
                return Kind.STRING;
            case "java.nio.file.Path":
                return Kind.PATH;
            case "java.lang.Integer":
                return Kind.INTEGER;
            case "java.lang.Long":
                return Kind.LONG;
            case "java.lang.Boolean":
                return Kind.BOOLEAN;
            case "java.time.Duration":
                return Kind.DURATION;
            case "dev.converge.model.Text", "dev.converge.model.Secret", "dev.converge.model.Content":
                return Kind.SENSITIVE;
            default:
                break;
        }
        TypeElement element = (TypeElement) ((DeclaredType) boxed).asElement();
        if (element.getKind() == ElementKind.ENUM) {
            return Kind.ENUM;
        }
        boolean parses =
                ElementFilter.methodsIn(element.getEnclosedElements()).stream().anyMatch(TypeModel::isParse);
        if (!parses) {
            throw new ModelException(boxed + " has no public static parse(String)", place);
        }
        return Kind.PARSED;
    }

    private static boolean isParse(ExecutableElement method) {
        return method.getSimpleName().contentEquals("parse")
                && method.getModifiers().contains(Modifier.STATIC)
                && !method.getParameters().isEmpty()
                && method.getParameters().get(0).asType().toString().equals("java.lang.String");
    }

    private static boolean parseTakesFiles(TypeMirror boxed) {
        TypeElement element = (TypeElement) ((DeclaredType) boxed).asElement();
        return ElementFilter.methodsIn(element.getEnclosedElements()).stream()
                .filter(TypeModel::isParse)
                .anyMatch(method -> method.getParameters().size() == 2);
    }

    /** The parts of a Javadoc comment that are used: what stands before the tags, and the {@code @param} texts. */
    record Javadoc(String body, Map<String, String> params) {
        static Javadoc parse(Optional<String> comment) {
            Map<String, String> params = new HashMap<>();
            String[] parts = plain(comment.orElse("")).split("(?m)(^|\\s)@param\\s+");
            for (int i = 1; i < parts.length; i++) {
                String part = parts[i].strip();
                int space = part.indexOf(' ');
                if (space > 0) {
                    params.put(part.substring(0, space), part.substring(space).strip());
                }
            }
            return new Javadoc(parts[0].strip(), params);
        }

        /** One line, {@code {@code x}} as {@code x}, without HTML tags. */
        private static String plain(String comment) {
            return comment.replaceAll("\\{@(?:code|link|value|literal)\\s+([^}]*)}", "$1")
                    .replaceAll("</?[a-z]+>", "")
                    .replaceAll("\\s+", " ")
                    .replace("&lt;", "<")
                    .replace("&gt;", ">")
                    .replace("&amp;", "&")
                    .strip();
        }
    }
}
