package dev.converge.language;

import dev.converge.data.Data;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Related;
import dev.converge.diagnostic.SourceRange;
import dev.converge.facts.Facts;
import dev.converge.model.Declared;
import dev.converge.model.Edge;
import dev.converge.model.Policy;
import dev.converge.model.ResourceId;
import dev.converge.model.SiteFiles;
import dev.converge.model.TurnRules;
import dev.converge.schema.TypeRegistry;
import dev.converge.schema.TypeSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** One run of a site's manifests: what they have declared so far, and where the run stands. */
public final class Evaluation {
    /** Nobody reads more of them in one go. */
    private static final int PROBLEMS = 500;

    /** Stops a run whose problems fill a screen many times over; they have all been reported. */
    static final class TooManyProblems extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final TypeRegistry types;
    private final Facts facts;
    private final Data data;
    private final Templates templates;
    private final List<String> sources;
    private final Manifests manifests;
    private final SecretVault vault = new SecretVault();
    private final ValueCoercion coercion;
    private final Set<Diagnostic> diagnostics = new LinkedHashSet<>();
    private final Set<ResourceId> refused = new HashSet<>();
    private final Map<ResourceId, Declared<?>> declared = new LinkedHashMap<>();
    private final Map<String, Policy> policies = new HashMap<>();
    private final List<WrittenOrder> orders = new ArrayList<>();
    private final Composites composites = new Composites(this);
    private final Policies sitePolicies = new Policies(this);
    private final ParameterBinding parameters = new ParameterBinding(this);
    private Lookups lookups;
    private volatile int file;
    private volatile int line = 1;
    private volatile int column = 1;
    private volatile int endColumn = 1;

    /**
     * @param types the resource types that the manifests may use
     * @param facts of the host that is compiled for
     * @param data of the site, for that host
     * @param files the site's {@code files/}
     * @param templates the site's {@code templates/}
     * @param manifests the site's compiled manifests
     */
    Evaluation(TypeRegistry types, Facts facts, Data data, SiteFiles files, Templates templates, Manifests manifests) {
        this.types = types;
        this.facts = facts;
        this.data = data;
        this.templates = templates;
        this.manifests = manifests;
        this.sources = manifests.sources();
        this.coercion = new ValueCoercion(vault, files, this::report);
    }

    /** Called by compiled code before each statement that calls something. */
    void at(int newFile, int newLine, int newColumn, int newEndColumn) {
        file = newFile;
        line = newLine;
        column = newColumn;
        endColumn = newEndColumn;
    }

    SourceRange position() {
        return new SourceRange(sources.get(file), line, column, line, endColumn);
    }

    void position(SourceRange place) {
        at(sources.indexOf(place.file()), place.line(), place.column(), place.endColumn());
    }

    Facts facts() {
        return facts;
    }

    Data data() {
        return data;
    }

    ParameterBinding parameters() {
        return parameters;
    }

    Lookups lookups() {
        if (lookups == null) {
            lookups = new Lookups(data, vault, this::position, this::report);
        }
        return lookups;
    }

    Templates templates() {
        return templates;
    }

    SecretVault vault() {
        return vault;
    }

    ValueCoercion coercion() {
        return coercion;
    }

    Policies policies() {
        return sitePolicies;
    }

    Composites composites() {
        return composites;
    }

    /** What the name of a type consists of; empty when it is one. */
    Optional<List<String>> nameParts(String type) {
        return types.find(type).map(TypeSchema::nameParts).filter(parts -> !parts.isEmpty());
    }

    /** Keeps a problem; one that a loop meets again is the same one. */
    void report(Diagnostic diagnostic) {
        synchronized (diagnostics) {
            diagnostics.add(SecretVault.mask(diagnostic));
            if (diagnostics.size() >= PROBLEMS) {
                throw new TooManyProblems();
            }
        }
    }

    /** What is wrong so far; may be asked while a run that was given up goes on. */
    List<Diagnostic> diagnostics() {
        synchronized (diagnostics) {
            return List.copyOf(diagnostics);
        }
    }

    /** Whether a resource was declared, but with something wrong that has been reported. */
    boolean isRefused(ResourceId id) {
        return refused.contains(id);
    }

    List<Declared<?>> declared() {
        return List.copyOf(declared.values());
    }

    List<WrittenOrder> orders() {
        return orders;
    }

    DeclarationBuilder begin(String type, Declaring owner) {
        Scope scope = owner instanceof Scope around ? around : Scope.NONE;
        return new DeclarationBuilder(this, types.get(type), scope);
    }

    /** The policy of a resource that has nothing of its own: one for each type. */
    Policy policy(String type) {
        return policies.computeIfAbsent(type, name -> new Policy(new TreeSet<>(Set.of(name)), TurnRules.NONE));
    }

    Reference declare(ResourceBody body) {
        DeclarationBuilder builder = body.declaration();
        List<Declared<?>> built = builder.build();
        built.forEach(this::add);
        if (built.isEmpty()) {
            refused.addAll(builder.ids());
        } else {
            builder.ids().forEach(composites::contain);
        }
        return new Reference(this, builder.ids(), builder.at());
    }

    private void add(Declared<?> resource) {
        Declared<?> first = declared.putIfAbsent(resource.id(), resource);
        if (first != null) {
            report(Diagnostic.error(
                            Code.DUPLICATE_RESOURCE, "Duplicate resource", resource.id() + " is declared twice.")
                    .at(resource.source())
                    .suggest("Declare it once, or give one of them another name.")
                    .related(Related.at("first declared here", first.source())));
        }
    }

    /** Runs another manifest of the site, once. */
    void include(String path) {
        SourceRange at = position();
        manifests.run(path, this);
        position(at);
    }

    /** A reference that a manifest writes, such as {@code pkg['nginx']} or {@code pkg['nginx', 'curl']}. */
    Reference reference(String type, Object names) {
        List<ResourceId> ids = new ArrayList<>();
        for (Object name : names instanceof Iterable<?> several ? several : List.of(names)) {
            ids.add(types.get(type).id(String.valueOf(name)));
        }
        return new Reference(this, ids, position());
    }

    void link(Reference first, Reference second, Edge.Kind kind, String word) {
        orders.add(new WrittenOrder(first, second, kind, word, position()));
    }
}
