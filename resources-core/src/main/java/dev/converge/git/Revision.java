package dev.converge.git;

import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/**
 * What a name of a revision means in a repository.
 *
 * @param commit the commit
 * @param branch the branch that it is the head of, when a branch is meant
 */
record Revision(ObjectId commit, Optional<String> branch) {}
