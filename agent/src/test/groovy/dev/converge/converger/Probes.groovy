package dev.converge.converger

import dev.converge.model.Attribute
import dev.converge.model.Resource
import dev.converge.model.ResourceId
import dev.converge.model.SiteFiles
import dev.converge.provider.Backups
import dev.converge.provider.BatchProvider
import dev.converge.provider.Change
import dev.converge.provider.Commands
import dev.converge.provider.Host
import dev.converge.provider.Provider
import dev.converge.provider.Recovers
import dev.converge.provider.Refresh
import dev.converge.provider.ResourceFailure
import dev.converge.schema.TypeRegistry
import dev.converge.schema.TypeSchema
import java.nio.file.Path
import java.util.concurrent.Callable
import java.util.concurrent.ConcurrentHashMap

/** A thing with one value, in a world that a test makes up. */
record Probe(String name, Optional<String> value) implements Resource {}

/** A host that is nothing but values by name, with something to happen at the steps that a test names. */
final class World implements Host {
    final Map<String, String> values = new ConcurrentHashMap<>()

    /** By step and name, such as {@code apply a}. */
    final Map<String, Callable<?>> events = new ConcurrentHashMap<>()

    final Set<String> refreshable = ConcurrentHashMap.newKeySet()
    final List<String> steps = Collections.synchronizedList([])

    /** Called when all that was read shall be read again. */
    Closure<?> forgetting = { }

    /** What applied together, in each transaction. */
    final List<List<String>> transactions = Collections.synchronizedList([])

    /** The world behind the host that a provider is given. */
    static World of(Host host) {
        host.database(World) { throw new IllegalStateException('a world is not read') }
    }

    void step(String step, String name) {
        steps << "$step $name".toString()
        events["$step $name".toString()]?.call()
    }

    @Override
    Path root() { Path.of('/') }

    @Override
    Commands commands() { throw new IllegalStateException('a probe runs no commands') }

    @Override
    Backups backups() { throw new IllegalStateException('a probe keeps nothing') }

    @Override
    <T> T database(Class<T> type, Host.DatabaseReader<T> reader) { type == World ? (T) this : reader.read(this) }

    @Override
    void invalidate(Class<?> database) {}

    @Override
    void invalidateAll() { forgetting.call() }
}

class ProbeProvider implements Recovers<Probe> {
    @Override
    void recover(Probe desired, Host host) {
        World.of(host).step('recover', desired.name())
    }

    @Override
    Optional<Probe> observe(Probe desired, Host host) {
        World.of(host).step('observe', desired.name())
        Optional.ofNullable(World.of(host).values[desired.name()])
            .map { new Probe(desired.name(), Optional.of(it)) }
    }

    @Override
    void check(Change<Probe> change, Host host) {
        World.of(host).step('check', change.desired().name())
    }

    @Override
    void apply(Change<Probe> change, Host host) {
        write(change, World.of(host))
    }

    protected static void write(Change<Probe> change, World world) {
        Probe desired = change.desired()
        world.step('apply', desired.name())
        world.values[desired.name()] = desired.value().orElse('')
    }

    @Override
    Refresh refresh(Probe desired, Optional<Change<Probe>> made, Host host) {
        World.of(host).step('refresh', desired.name())
        refreshed(desired)
    }

    @Override
    Refresh checkRefresh(Probe desired, Optional<Change<Probe>> due, Host host) {
        World.of(host).step('checkRefresh', desired.name())
        refreshed(desired)
    }

    private static Refresh refreshed(Probe desired) {
        desired.name().startsWith('idle') ? Refresh.skipped('it is not running') : Refresh.done()
    }

    @Override
    boolean refreshes(Probe desired) {
        !desired.name().startsWith('deaf')
    }
}

/** Changes probes together; one whose {@code apply} event throws fails alone. */
final class ProbesProvider extends ProbeProvider implements BatchProvider<Probe> {
    @Override
    Map<ResourceId, ResourceFailure> applyAll(List<Change<Probe>> changes, Host host) {
        World.of(host).transactions << changes*.desired()*.name()
        World.of(host).step('transaction', changes*.desired()*.name().join(' '))
        changes.collectEntries { change ->
            try {
                write(change, World.of(host))
                [:]
            } catch (ResourceFailure failure) {
                [(change.id()): failure]
            }
        }
    }

    @Override
    void apply(Change<Probe> change, Host host) {
        throw new IllegalStateException('a batch is applied as one')
    }
}

class ProbeType extends TypeSchema<Probe> {
    ProbeType() {
        this('probe')
    }

    ProbeType(String name) {
        super(name, 'A probe.', 'created', true, [
            attribute(0, 'name', Attribute.Shape.ONE, Attribute.Role.ID),
            attribute(1, 'value', Attribute.Shape.OPTIONAL, Attribute.Role.PROPERTY)
        ], [])
    }

    private static Attribute attribute(int index, String name, Attribute.Shape shape, Attribute.Role role) {
        new Attribute(index, name, String, shape, role, Optional.empty(), [], false, false, false, false, false, false, '')
    }

    @Override
    Object[] values(Probe probe) {
        [probe.name(), probe.value()] as Object[]
    }

    @Override
    Probe create(Object[] values) {
        new Probe(values[0] as String, values[1] as Optional<String>)
    }

    @Override
    Object parse(int attribute, String text, SiteFiles files) {
        text
    }

    @Override
    Provider<Probe> newProvider() {
        new ProbeProvider()
    }
}

final class ProbesType extends ProbeType {
    ProbesType() {
        super('probes')
    }

    @Override
    Provider<Probe> newProvider() {
        new ProbesProvider()
    }
}

/** The probe types, which no other test shall see in its registry. */
final class ProbeTypes {
    private ProbeTypes() {}

    static TypeRegistry registry() {
        TypeRegistry.of(new ClassLoader(ProbeTypes.classLoader) {
            @Override
            Enumeration<URL> getResources(String name) {
                Collections.enumeration([ProbeTypes.getResource('probe-types')])
            }
        })
    }
}
