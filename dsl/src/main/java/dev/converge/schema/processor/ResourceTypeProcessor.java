package dev.converge.schema.processor;

import dev.converge.schema.ResourceType;
import dev.converge.schema.TypeRegistry;
import java.io.IOException;
import java.io.Writer;
import java.util.Set;
import java.util.TreeMap;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import javax.tools.StandardLocation;

/**
 * From each record with {@link ResourceType} makes {@code XType} (its schema), {@code XBody} (the methods between its
 * braces), {@code XDeclarations} (the methods that declare it), and a line in the index of types.
 */
@SupportedAnnotationTypes("dev.converge.schema.ResourceType")
public final class ResourceTypeProcessor extends AbstractProcessor {
    private final TreeMap<String, String> index = new TreeMap<>();

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        for (Element element : round.getElementsAnnotatedWith(ResourceType.class)) {
            try {
                generate((TypeElement) element);
            } catch (ModelException e) {
                processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, e.getMessage(), e.element());
            } catch (IOException e) {
                processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, e.toString(), element);
            }
        }
        if (round.processingOver() && !index.isEmpty()) {
            writeIndex();
        }
        return true;
    }

    private void generate(TypeElement record) throws IOException {
        TypeModel model = TypeModel.read(record, processingEnv);
        String qualified = model.packageName() + "." + model.base();
        write(qualified + "Type", record, SchemaSource.of(model));
        write(qualified + "Body", record, LanguageSource.body(model));
        write(qualified + "Declarations", record, LanguageSource.declarations(model));
        index.put(model.name(), model.name() + " " + qualified + "Type " + qualified + "Declarations");
    }

    private void write(String name, Element origin, String source) throws IOException {
        try (Writer out =
                processingEnv.getFiler().createSourceFile(name, origin).openWriter()) {
            out.write(source);
        }
    }

    private void writeIndex() {
        try (Writer out = processingEnv
                .getFiler()
                .createResource(StandardLocation.CLASS_OUTPUT, "", TypeRegistry.INDEX)
                .openWriter()) {
            for (String line : index.values()) {
                out.write(line + "\n");
            }
        } catch (IOException e) {
            processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, e.toString());
        }
    }
}
