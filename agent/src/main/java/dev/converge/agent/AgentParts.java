package dev.converge.agent;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.provider.ResourceFailure;
import dev.converge.report.IoReason;
import dev.converge.source.SiteSource;
import dev.converge.systemd.Supervisor;
import java.io.IOException;
import java.nio.file.Path;

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

    /** Opens where a site comes from. */
    public interface Sources {
        /** @throws dev.converge.provider.ResourceFailure when another process has it */
        SiteSource open(AgentSettings settings) throws IOException;
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
}
