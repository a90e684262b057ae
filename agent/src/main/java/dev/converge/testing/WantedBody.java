package dev.converge.testing;

import dev.converge.diagnostic.Suggestions;
import dev.converge.language.Words;
import dev.converge.model.Attribute;
import dev.converge.schema.TypeRegistry;
import dev.converge.schema.TypeSchema;
import dev.converge.schema.WordForm;
import groovy.lang.GroovyObjectSupport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.codehaus.groovy.runtime.InvokerHelper;

/** What stands between the braces of a resource in a spec: takes down each word, with what follows it. */
public final class WantedBody extends GroovyObjectSupport {
    /** A word and what follows it. */
    record Said(String word, List<Object> values) {
        /** The one value, or all of them as a list. */
        Object value() {
            return values.size() == 1 ? values.get(0) : values;
        }
    }

    private final TypeSchema<?> schema;
    private final TypeRegistry types;
    private final ManifestSpec spec;
    private final List<Said> said = new ArrayList<>();

    /** @param spec whose methods and properties may be used between the braces */
    WantedBody(TypeSchema<?> schema, TypeRegistry types, ManifestSpec spec) {
        this.schema = schema;
        this.types = types;
        this.spec = spec;
    }

    List<Said> said() {
        return said;
    }

    /** @throws SpecFailure when the type knows no such word */
    @Override
    public Object invokeMethod(String word, Object arguments) {
        if (!words().contains(word)) {
            if (!InvokerHelper.getMetaClass(spec).respondsTo(spec, word).isEmpty()) {
                return InvokerHelper.invokeMethod(spec, word, arguments);
            }
            throw new SpecFailure(schema.name() + " has no attribute \"" + word + "\". "
                    + Suggestions.didYouMean(word, words())
                            .orElse("converge explain " + schema.name() + " lists them."));
        }
        List<Object> values = arguments instanceof Object[] several ? Arrays.asList(several) : List.of(arguments);
        said.add(new Said(word, values));
        return null;
    }

    private List<String> words() {
        return Stream.of(
                        schema.attributes().stream().filter(Attribute::isWord).map(Attribute::name),
                        schema.words().stream().map(WordForm::word),
                        Words.COMMON.stream())
                .flatMap(words -> words)
                .toList();
    }

    /** The name of a type, for {@code requires pkg['nginx']}; every other name is the spec's. */
    @Override
    public Object getProperty(String name) {
        return types.find(name).<Object>map(TypeWord::new).orElseGet(() -> InvokerHelper.getProperty(spec, name));
    }

    @Override
    public void setProperty(String name, Object value) {
        throw new SpecFailure("An attribute is a call: write " + name + " "
                + (value instanceof Map<?, ?> ? "with what it takes" : value) + " without an equals sign.");
    }
}
