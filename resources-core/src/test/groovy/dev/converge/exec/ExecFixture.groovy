package dev.converge.exec

import dev.converge.diagnostic.SourceRange
import dev.converge.host.LocalCommands
import dev.converge.host.LocalHost
import dev.converge.model.Declared
import dev.converge.model.Ensure
import dev.converge.model.Mode
import dev.converge.model.Policy
import dev.converge.model.ResourceId
import dev.converge.model.Text
import dev.converge.provider.Backups
import dev.converge.provider.Change
import dev.converge.provider.Host
import dev.converge.schema.Difference
import java.nio.file.Path
import java.time.Duration
import spock.lang.Specification
import spock.lang.TempDir

/** A command by the attributes that matter to a test, on the machine that runs it. */
abstract class ExecFixture extends Specification {
    @TempDir
    Path folder

    ExecProvider provider = new ExecProvider()

    static Host host() {
        new LocalHost(Path.of('/'), new LocalCommands(Path.of('/')), { } as Backups)
    }

    /** What separates the machine from the resource; empty when the command is not to run. */
    Optional<Change<ExecResource>> change(ExecResource desired) {
        def declared = new Declared<>(
                new ResourceId('exec', desired.name()), desired, Ensure.PRESENT, SourceRange.point('site.groovy', 1, 1), Policy.none())
        Difference.between(new ExecType(), declared, provider.observe(desired, host()))
    }

    /** Observes, checks and applies, as a run does; what was changed, when something was. */
    Optional<Change<ExecResource>> converge(ExecResource desired) {
        def needed = change(desired)
        needed.ifPresent {
            provider.check(it, host())
            provider.apply(it, host())
        }
        needed
    }

    /** The file that tells that a command ran. */
    Path made() {
        folder.resolve('made')
    }

    static Text secretly(Object... parts) {
        Text.of(parts.toList())
    }

    private static Text text(Object value) {
        value instanceof Text ? value : Text.of(value.toString())
    }

    static ExecResource exec(Map given) {
        new ExecResource(
                (given.name ?: 'a command').toString(),
                Optional.ofNullable(given.command).map { it.collect { word -> text(word) } },
                Optional.ofNullable(given.shell).map { text(it) },
                (given.creates ?: []).collect { Path.of(it.toString()) },
                (given.onlyIf ?: []).collect { text(it) },
                (given.unless ?: []).collect { text(it) },
                given.refreshOnly ?: false,
                Optional.ofNullable(given.user),
                Optional.ofNullable(given.cwd),
                (given.environment ?: [:]).collectEntries { key, value -> [key, text(value)] },
                given.path ?: [],
                Optional.ofNullable(given.umask).map { Mode.parse(it) },
                Optional.ofNullable(given.input).map { text(it) },
                given.timeout ?: Duration.ofMinutes(5),
                given.tries == null ? 1 : given.tries,
                given.trySleep ?: Duration.ZERO,
                given.returns == null ? [0] : given.returns,
                given.sensitive ?: false)
    }
}
