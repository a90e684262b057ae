package dev.converge.schema.processor;

import dev.converge.schema.PolicyRegistry;
import dev.converge.schema.ResourceType;
import dev.converge.schema.SitePolicy;
import dev.converge.schema.TypeRegistry;
import java.io.IOException;
import java.io.Writer;
import java.util.Map;
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
 * braces), {@code XDeclarations} (the methods that declare it), and a line in the index of types; from each with
 * {@link SitePolicy} {@code XType}, {@code XBody} and a line in the index of policies.
 */
@SupportedAnnotationTypes({"dev.converge.schema.ResourceType", "dev.converge.schema.SitePolicy"})
public final class ResourceTypeProcessor extends AbstractProcessor {
    private final TreeMap<String, String> types = new TreeMap<>();
    private final TreeMap<String, String> policies = new TreeMap<>();

    private interface Generation {
        void of(TypeElement record) throws IOException;
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        for (Element element : round.getElementsAnnotatedWith(ResourceType.class)) {
            generate(element, this::resourceType);
        }
        for (Element element : round.getElementsAnnotatedWith(SitePolicy.class)) {
            generate(element, this::policy);
        }
        if (round.processingOver()) {
            writeIndex(TypeRegistry.INDEX, types);
            writeIndex(PolicyRegistry.INDEX, policies);
        }
        return true;
    }

    private void generate(Element element, Generation generation) {
        try {
            generation.of((TypeElement) element);
        } catch (ModelException e) {
            processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, e.getMessage(), e.element());
        } catch (IOException e) {
            processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, e.toString(), element);
        }
    }

    private void policy(TypeElement record) throws IOException {
        PolicyModel model = PolicyModel.read(record, processingEnv);
        String qualified = model.packageName() + "." + model.record();
        write(qualified + "Type", record, PolicySource.schema(model));
        write(qualified + "Body", record, PolicySource.body(model));
        policies.put(model.name(), model.name() + " " + qualified + "Type " + qualified + "Body");
    }

    private void resourceType(TypeElement record) throws IOException {
        TypeModel model = TypeModel.read(record, processingEnv);
        String qualified = model.packageName() + "." + model.base();
        write(qualified + "Type", record, SchemaSource.of(model));
        write(qualified + "Body", record, LanguageSource.body(model));
        write(qualified + "Declarations", record, LanguageSource.declarations(model));
        types.put(model.name(), model.name() + " " + qualified + "Type " + qualified + "Declarations");
    }

    private void write(String name, Element origin, String source) throws IOException {
        try (Writer out =
                processingEnv.getFiler().createSourceFile(name, origin).openWriter()) {
            out.write(source);
        }
    }

    private void writeIndex(String path, Map<String, String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        try (Writer out = processingEnv
                .getFiler()
                .createResource(StandardLocation.CLASS_OUTPUT, "", path)
                .openWriter()) {
            for (String line : lines.values()) {
                out.write(line + "\n");
            }
        } catch (IOException e) {
            processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, e.toString());
        }
    }
}
