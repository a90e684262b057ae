package dev.converge.cli;

import dev.converge.agent.AgentSettings;
import dev.converge.agent.HandRun;
import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.model.TurnRules;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What {@code converge} without a site is about: what the agent of this host follows, as the agent would do it. */
final class DefaultSite {
    private final AgentSettings settings;
    private final HandRun.Chosen chosen;

    private DefaultSite(AgentSettings settings, HandRun.Chosen chosen) {
        this.settings = settings;
        this.chosen = chosen;
    }

    /**
     * The one of a command line that names none.
     *
     * @throws Failure when no agent was set up here, or it has no commit yet
     */
    static Optional<DefaultSite> of(Arguments arguments, Terminal terminal, Workbench bench)
            throws InterruptedException, IOException {
        if (arguments.operand(0).isPresent() || arguments.has(Option.PLAN)) {
            return Optional.empty();
        }
        AgentBench agent = new AgentBench(arguments, terminal, bench);
        if (!agent.isThere()) {
            throw Misuse.missing(
                    CommandName.CONVERGE, CommandName.CONVERGE.operands().get(0).label());
        }
        AgentSettings settings = agent.settings();
        bench.keepIn(settings.stateDir());
        HandRun run = new HandRun(
                agent.parts(settings, Optional.of(bench.state().path()), (level, event, text, fields) -> {}),
                settings,
                arguments.line());
        Checked<HandRun.Chosen> chosen = run.choose(!arguments.has(Option.DRY_RUN));
        return Optional.of(
                new DefaultSite(settings, chosen.value().orElseThrow(() -> new Failure(chosen.diagnostics()))));
    }

    Path folder() {
        return chosen.commit().copy().folder();
    }

    String commit() {
        return chosen.commit().copy().commit();
    }

    /** What is wrong with a newer commit, or with asking for one. */
    List<Diagnostic> problems() {
        return chosen.problems();
    }

    /** The same for every commit. */
    String name() {
        return HandRun.siteName(settings);
    }

    AgentSettings settings() {
        return settings;
    }

    /** What holds for resources of which the manifest says nothing. */
    TurnRules rules() {
        return settings.conduct().rules(settings.schedule().windows());
    }
}
