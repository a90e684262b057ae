package dev.converge.git;

import java.util.Optional;

/**
 * Where a branch or a tag is.
 *
 * @param commit all digits of the commit
 * @param tag all digits of the annotated tag, when it is one
 * @param name the whole name, such as {@code refs/heads/production}; empty when a commit was asked for by its digits
 */
public record RefTip(String commit, Optional<String> tag, Optional<String> name) {}
