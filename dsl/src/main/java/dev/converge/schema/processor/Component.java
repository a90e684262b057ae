package dev.converge.schema.processor;

import dev.converge.model.Attribute.Role;
import dev.converge.model.Attribute.Shape;
import dev.converge.schema.AutoRequire;
import dev.converge.schema.Default;
import dev.converge.schema.Derived;
import dev.converge.schema.Id;
import dev.converge.schema.Parameter;
import dev.converge.schema.Recreates;
import dev.converge.schema.Required;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/**
 * One component of a record.
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
        boolean before,
        boolean yields,
        boolean removedFirst,
        boolean required,
        boolean recreates,
        String doc) {

    /** Whether a manifest may give it. */
    boolean isWord() {
        return role == Role.PROPERTY || role == Role.PARAMETER;
    }

    /** All of a record, in order. */
    static List<Component> allOf(TypeElement record, Javadoc javadoc, ProcessingEnvironment env) {
        List<Component> components = new ArrayList<>();
        for (RecordComponentElement component : record.getRecordComponents()) {
            components.add(of(component, components.size(), javadoc.params(), env));
        }
        return components;
    }

    private static Component of(
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
        Kind kind = Kind.of(boxed, component);
        return new Component(
                index,
                name,
                boxed.toString(),
                declared.toString(),
                kind,
                kind == Kind.PARSED && Kind.parseTakesFiles(boxed),
                shape,
                role,
                fallback == null ? Optional.empty() : Optional.of(fallback.value()),
                auto == null ? List.of() : List.of(auto.value()),
                auto != null && auto.ancestors(),
                auto != null && auto.before(),
                auto != null && auto.yields(),
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
}
