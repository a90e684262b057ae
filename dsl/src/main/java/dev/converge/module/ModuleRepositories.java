package dev.converge.module;

import dev.converge.diagnostic.Checked;
import dev.converge.module.ModuleList.Wanted;
import java.util.List;
import java.util.Optional;

/** The Git repositories that modules come from, as far as choosing has to know them. */
public interface ModuleRepositories {
    /**
     * One commit that could be taken.
     *
     * @param revision the tag, branch or commit that was asked for
     * @param version what its tag says; empty where none was asked for
     * @param commit its 40 hexadecimal digits
     */
    record Candidate(String revision, Optional<Version> version, String commit) {}

    /** What an entry of the list allows, the best first; at least one, unless something is wrong. */
    Checked<List<Candidate>> candidates(Wanted wanted);

    /** The {@code module.yaml} of a candidate; empty when it has none. */
    Optional<String> description(Wanted wanted, Candidate candidate);
}
