package dev.converge.schema.processor;

import dev.converge.model.Attribute.Shape;
import dev.converge.schema.Word;
import dev.converge.schema.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/**
 * A word that adds an element to a list, as the processor reads it from the element's class.
 *
 * @param attribute the list's place in the record
 * @param type the element's class
 */
record WordModel(int attribute, String type, String name, List<Part> parts, String doc) {

    /** A parameter of the method that makes the element. */
    record Part(String name, String valueType, Kind kind) {}

    static List<WordModel> read(TypeElement record, List<Component> components, ProcessingEnvironment env) {
        List<WordModel> words = new ArrayList<>();
        for (RecordComponentElement element : record.getRecordComponents()) {
            if (element.getAnnotation(Words.class) == null) {
                continue;
            }
            Component component = components.get(record.getRecordComponents().indexOf(element));
            boolean list = component.shape() == Shape.LIST || component.shape() == Shape.OPTIONAL_LIST;
            if (!list || component.kind() != Kind.PARSED || !component.isWord()) {
                throw new ModelException("@Words is for lists of a class with a static parse(String)", element);
            }
            words.addAll(of(component, env.getElementUtils().getTypeElement(component.valueType()), env));
        }
        components.forEach(component -> refuseSame(component, words, record));
        return words;
    }

    private static void refuseSame(Component component, List<WordModel> words, TypeElement record) {
        if (words.stream().anyMatch(word -> word.name().equals(component.name()))) {
            throw new ModelException("\"" + component.name() + "\" is both a component and a @Word", record);
        }
    }

    private static List<WordModel> of(Component component, TypeElement type, ProcessingEnvironment env) {
        List<WordModel> words = new ArrayList<>();
        for (ExecutableElement method : ElementFilter.methodsIn(type.getEnclosedElements())) {
            if (method.getAnnotation(Word.class) != null) {
                words.add(of(component, type, method, env));
            }
        }
        if (words.isEmpty()) {
            throw new ModelException("no method is marked with @Word", type);
        }
        return words;
    }

    private static WordModel of(
            Component component, TypeElement type, ExecutableElement method, ProcessingEnvironment env) {
        if (!method.getModifiers().containsAll(Set.of(Modifier.PUBLIC, Modifier.STATIC))
                || !method.getReturnType().toString().equals(component.valueType())) {
            throw new ModelException("a @Word is a public static method that returns a " + type, method);
        }
        Javadoc javadoc =
                Javadoc.parse(Optional.ofNullable(env.getElementUtils().getDocComment(method)));
        if (javadoc.body().isEmpty()) {
            throw new ModelException("a @Word needs Javadoc: it is the word's documentation", method);
        }
        List<Part> parts = new ArrayList<>();
        for (VariableElement parameter : method.getParameters()) {
            TypeMirror boxed = Component.boxed(parameter.asType(), env);
            Kind kind = Kind.of(boxed, parameter);
            parts.add(new Part(parameter.getSimpleName().toString(), boxed.toString(), kind));
        }
        return new WordModel(
                component.index(),
                type.getQualifiedName().toString(),
                method.getSimpleName().toString(),
                parts,
                javadoc.body());
    }
}
