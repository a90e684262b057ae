package dev.converge.agent;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.provider.ResourceFailure;
import dev.converge.report.IoReason;
import dev.converge.source.SiteCopy;
import dev.converge.source.SiteSource;
import dev.converge.systemd.Supervisor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What an agent is made of.
 *
 * @param file its settings, for reading them anew
 * @param machine what it works on
 * @param log takes what it has to say
 * @param supervisor is told how it is
 * @param sources opens where a site comes from
 */
public record AgentParts(Path file, Machine machine, AgentLog log, Supervisor supervisor, Sources sources) {
    private static final int TRIES = 30;

    /** Opens where a site comes from. */
    public interface Sources {
        /** @throws dev.converge.provider.ResourceFailure when another process has it */
        SiteSource open(AgentSettings settings) throws IOException;
    }

    /** The last good commit, for whoever only looks. */
    Optional<SiteCopy> seen(AgentSettings settings) {
        return SiteSource.seen(settings.source(), machine.state().path());
    }

    /** The source, or why it cannot be used. */
    Checked<SiteSource> source(AgentSettings settings) {
        try {
            return Checked.of(sources.open(settings));
        } catch (ResourceFailure e) {
            return Checked.failed(
                    Diagnostic.error(Code.SOURCE, "The source cannot be used", String.valueOf(e.getMessage()))
                            .suggest(e.advice()));
        } catch (IOException e) {
            return Checked.failed(Diagnostic.error(
                            Code.STATE, "Cannot keep state", IoReason.of(e).sentence())
                    .suggest(IoReason.of(e).advice()));
        }
    }

    /** The same, with patience: a run by hand may be fetching at this moment. */
    Checked<SiteSource> awaitSource(AgentSettings settings) throws InterruptedException {
        Checked<SiteSource> source = source(settings);
        for (int i = 0; i < TRIES && !source.isOk(); i++) {
            TimeUnit.SECONDS.sleep(1);
            source = source(settings);
        }
        return source;
    }
}
