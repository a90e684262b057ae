package dev.converge.session;

import dev.converge.converger.RunOptions;
import dev.converge.memory.SiteIdentity;
import dev.converge.plan.ReviewedPlan;
import dev.converge.provider.Commands;
import dev.converge.report.RunKind;
import dev.converge.schema.TypeRegistry;
import dev.converge.state.Debtor;
import dev.converge.state.StateDirectory;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a session is about.
 *
 * @param types the resource types there are
 * @param root the folder that is the host's {@code /}
 * @param commands runs programs on the host
 * @param state where it keeps what outlives it
 * @param kind whether it may change the host
 * @param options what the user asked for
 * @param command what the user started, for whoever meets the lock
 * @param plan what it is held to
 * @param site where the site is, whatever links lead there; empty when it is about none
 * @param taughtBy the site whose modules bring some of the types; empty when Converge has them all
 */
public record Settings(
        TypeRegistry types,
        Path root,
        Commands commands,
        StateDirectory state,
        RunKind kind,
        RunOptions options,
        String command,
        Optional<ReviewedPlan> plan,
        Optional<String> site,
        Optional<Path> taughtBy) {

    /** Those of a session that is held to no plan, and about no site. */
    public Settings(
            TypeRegistry types,
            Path root,
            Commands commands,
            StateDirectory state,
            RunKind kind,
            RunOptions options,
            String command) {
        this(
                types,
                root,
                commands,
                state,
                kind,
                options,
                command,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same with types of which modules of a site bring some. */
    public Settings taughtBy(Optional<Path> teacher) {
        return new Settings(types, root, commands, state, kind, options, command, plan, site, teacher);
    }

    /** The same, held to a plan. */
    public Settings by(Optional<ReviewedPlan> reviewed) {
        return new Settings(types, root, commands, state, kind, options, command, reviewed, site, taughtBy);
    }

    /** The same for a site. */
    public Settings of(SiteIdentity identity) {
        Optional<String> name = Optional.of(identity.name());
        return new Settings(types, root, commands, state, kind, options, command, plan, name, taughtBy);
    }

    /** Who answers for what the session leaves undone. */
    Debtor debtor() {
        return new Debtor(command, site);
    }
}
