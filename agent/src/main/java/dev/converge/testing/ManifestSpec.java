package dev.converge.testing;

import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Suggestions;
import dev.converge.facts.Facts;
import dev.converge.model.ResourceId;
import dev.converge.schema.TypeRegistry;
import dev.converge.schema.TypeSchema;
import groovy.lang.Closure;
import groovy.lang.MissingPropertyException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.spockframework.runtime.model.SpecMetadata;
import spock.lang.Specification;

/**
 * Tests manifests without a machine: gives facts and data, compiles, and asks the catalog.
 *
 * <pre>
 * class NginxSpec extends ManifestSpec {
 *     def "a site listens on its port on #system"() {
 *         given:
 *         facts system
 *
 *         when:
 *         compile { include(NginxSite, 'shop') { port 8080 } }
 *
 *         then:
 *         contains file('/etc/nginx/conf.d/shop.conf') { content ~/listen 8080;/ }
 *
 *         where:
 *         system &lt;&lt; systems('debian', 'ubuntu')
 *     }
 * }
 * </pre>
 *
 * <p>What stands between the braces of {@code compile} is a manifest, checked as one; it can use the variables of the
 * spec. After {@code contains} a resource is written as in a manifest: what is not said is not compared, a pattern has to
 * be found, a closure has to accept the value.
 */
// Spock's compiler says so of each spec, and has not seen this one.
@SpecMetadata(filename = "ManifestSpec.java", line = 1)
public abstract class ManifestSpec extends Specification {
    /** What facts are those of, when the spec says nothing. */
    private static final String USUAL_SYSTEM = "debian-12";

    private final TestRun run = TestRun.current();
    private TypeRegistry types = run.types();
    private final Map<String, Object> data = new LinkedHashMap<>();
    private Facts facts;
    private Optional<Compilation> compilation = Optional.empty();
    private Optional<CatalogUnderTest> catalog = Optional.empty();
    private boolean problemsSeen;

    /** The systems whose facts ship with Converge; only those whose names begin so when beginnings are given. */
    public static List<String> systems(String... beginnings) {
        return FactSets.SHIPPED.stream()
                .filter(name ->
                        beginnings.length == 0 || List.of(beginnings).stream().anyMatch(name::startsWith))
                .toList();
    }

    /** Compiles for a host with the facts of a system, such as {@code debian-12}. */
    public void facts(String system) {
        facts(Map.of(), system);
    }

    /** The same, with some facts changed: {@code facts 'debian-12', cpus: 64, 'os.release': '12.9'}. */
    public void facts(Map<?, ?> changes, String system) {
        facts = new Facts(FactSets.with(FactSets.named(system, run.home()), changes));
    }

    /** Compiles for a host with the usual facts, with some changed. */
    public void facts(Map<?, ?> changes) {
        facts(changes, USUAL_SYSTEM);
    }

    /** The facts that manifests are compiled for. */
    public Facts getFacts() {
        if (facts == null) {
            facts(USUAL_SYSTEM);
        }
        return facts;
    }

    /** Data for {@code lookup} and for the parameters of composites; what is given twice is as it was given last. */
    public void data(Map<String, ?> values) {
        data.putAll(values);
    }

    /** Compiles a manifest of the tested site: {@code compile 'site.groovy'}. */
    public void compile(String manifest) throws IOException {
        compile(TrialSite.of(run.home(), manifest, data));
    }

    /** Compiles the manifest between the braces. */
    public void compile(InlineManifest manifest) throws IOException {
        compile(TrialSite.of(run.home(), manifest, data));
    }

    /** For editors: what stands between the braces is not run, but compiled as a manifest. */
    public void compile(Closure<?> manifest) {
        throw new SpecFailure("A manifest has to stand where it is compiled: compile { … }");
    }

    private void compile(TrialSite site) {
        try (site) {
            problemsSeen = false;
            catalog = Optional.empty();
            compilation = Optional.of(Compilation.of(site, getFacts(), run));
            types = compilation.get().types();
            if (compilation.get().catalog().isPresent()) {
                catalog = Optional.of(new CatalogUnderTest(compilation.get(), run));
            }
        }
    }

    /** What was compiled; fails when that was refused. */
    public CatalogUnderTest getCatalog() {
        Compilation made = compiled();
        return catalog.orElseThrow(() -> {
            problemsSeen = true;
            return new SpecFailure("The manifest does not compile.\n" + made.problems());
        });
    }

    /** Errors and warnings, for specs of what a manifest refuses. */
    public List<Diagnostic> getDiagnostics() {
        problemsSeen = true;
        return compiled().diagnostics();
    }

    private Compilation compiled() {
        return compilation.orElseThrow(() -> new SpecFailure("Nothing was compiled yet: compile { … }"));
    }

    /** A spec that looks at nothing of a manifest that does not compile must not pass. */
    public void cleanup() {
        if (compilation.isPresent() && catalog.isEmpty() && !problemsSeen) {
            getCatalog();
        }
    }

    /** @see CatalogUnderTest#contains */
    public boolean contains(Object... wanted) {
        return getCatalog().contains(wanted);
    }

    /** @see CatalogUnderTest#lacks */
    public boolean lacks(Object... wanted) {
        return getCatalog().lacks(wanted);
    }

    /** @see CatalogUnderTest#containsNothingElse */
    public boolean containsNothingElse() {
        return getCatalog().containsNothingElse();
    }

    /** @see CatalogUnderTest#orders */
    public boolean orders(Object... inOrder) {
        return getCatalog().orders(inOrder);
    }

    /** @see CatalogUnderTest#notifies */
    public boolean notifies(Object source, Object target) {
        return getCatalog().notifies(source, target);
    }

    /** @see CatalogUnderTest#matchesGolden */
    public boolean matchesGolden(String name) {
        return getCatalog().matchesGolden(name);
    }

    /** Called by Groovy for each word that is no method: the name of a resource type. */
    public Object methodMissing(String word, Object arguments) {
        Optional<TypeSchema<?>> type = types.find(word);
        if (type.isEmpty()) {
            throw new SpecFailure("There is no resource type or method \"" + word + "\". "
                    + Suggestions.didYouMean(word, types.names()).orElse("converge explain lists the types."));
        }
        return wanted(type.get(), new ArrayList<>(List.of((Object[]) arguments)));
    }

    private WantedResource wanted(TypeSchema<?> type, List<Object> arguments) {
        WantedBody body = new WantedBody(type, types, this);
        Object last = arguments.isEmpty() ? null : arguments.get(arguments.size() - 1);
        if (last instanceof Closure<?> attributes) {
            arguments.remove(arguments.size() - 1);
            Closure<?> own = (Closure<?>) attributes.clone();
            own.setDelegate(body);
            own.setResolveStrategy(Closure.DELEGATE_ONLY);
            own.call();
        }
        int parts = Math.max(1, type.nameParts().size());
        if (arguments.size() > parts && type.argument().isPresent()) {
            body.invokeMethod(type.argument().get().name(), arguments.remove(parts));
        }
        if (arguments.size() != parts && !(arguments.size() == 1 && parts > 1)) {
            throw new SpecFailure(type.name() + " needs its name: " + type.name() + "('…') { … }");
        }
        return new WantedResource(type, ids(type, arguments), body.said());
    }

    private static List<ResourceId> ids(TypeSchema<?> type, List<Object> names) {
        if (names.get(0) instanceof Collection<?> several) {
            return several.stream().map(name -> type.id(name.toString())).toList();
        }
        List<String> parts = names.stream().map(Object::toString).toList();
        return List.of(type.id(String.join(TypeSchema.NAME_SEPARATOR, parts)));
    }

    /** Called by Groovy for each name that is no property: the name of a resource type, for {@code pkg['nginx']}. */
    public Object propertyMissing(String name) {
        return types.find(name).map(TypeWord::new).orElseThrow(() -> new MissingPropertyException(name, getClass()));
    }
}
