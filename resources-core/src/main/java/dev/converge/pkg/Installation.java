package dev.converge.pkg;

import dev.converge.provider.Change;

/**
 * One package that shall be installed.
 *
 * @param word what the package manager is told: a name, a name with its version, or a path
 * @param terms under which it may be in one transaction with others
 */
record Installation(Change<PkgResource> change, String word, Terms terms) {}
