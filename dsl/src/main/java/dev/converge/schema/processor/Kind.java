package dev.converge.schema.processor;

import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

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
    PARSED;

    /** @param place where to say that there is none */
    static Kind of(TypeMirror boxed, Element place) {
        switch (boxed.toString()) {
            case "java.lang.String":
                return STRING;
            case "java.nio.file.Path":
                return PATH;
            case "java.lang.Integer":
                return INTEGER;
            case "java.lang.Long":
                return LONG;
            case "java.lang.Boolean":
                return BOOLEAN;
            case "java.time.Duration":
                return DURATION;
            case "dev.converge.model.Text", "dev.converge.model.Secret", "dev.converge.model.Content":
                return SENSITIVE;
            default:
                break;
        }
        TypeElement element = (TypeElement) ((DeclaredType) boxed).asElement();
        if (element.getKind() == ElementKind.ENUM) {
            return ENUM;
        }
        boolean parses =
                ElementFilter.methodsIn(element.getEnclosedElements()).stream().anyMatch(Kind::isParse);
        if (!parses) {
            throw new ModelException(boxed + " has no public static parse(String)", place);
        }
        return PARSED;
    }

    private static boolean isParse(ExecutableElement method) {
        return method.getSimpleName().contentEquals("parse")
                && method.getModifiers().contains(Modifier.STATIC)
                && !method.getParameters().isEmpty()
                && method.getParameters().get(0).asType().toString().equals("java.lang.String");
    }

    static boolean parseTakesFiles(TypeMirror boxed) {
        TypeElement element = (TypeElement) ((DeclaredType) boxed).asElement();
        return ElementFilter.methodsIn(element.getEnclosedElements()).stream()
                .filter(Kind::isParse)
                .anyMatch(method -> method.getParameters().size() == 2);
    }
}
