package dev.converge.pkg;

import dev.converge.provider.CommandResult;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The program of a package manager that changes packages: asks nothing, waits for its turn, takes many at once. */
interface Installer {
    /** How it is told of a package; of any version of it when none is given. */
    String word(PkgName name, Optional<String> version);

    /** Installs, upgrades or downgrades in one transaction that removes nothing else. */
    CommandResult install(List<String> words, Terms terms) throws IOException, InterruptedException;

    /** @param purge whether their configuration files go too, where the packages leave some */
    CommandResult remove(List<PkgName> names, boolean purge, Terms terms) throws IOException, InterruptedException;

    /**
     * What else would have to go with these packages. Reads only.
     *
     * @throws ResourceFailure when that cannot be told: then nothing may be removed
     */
    Set<String> othersRemoved(List<PkgName> names, Terms terms) throws IOException, InterruptedException;

    /**
     * Keeps packages at their versions, or releases them, all in as few calls as can be.
     *
     * @return why it could not be done
     */
    Optional<ResourceFailure> hold(Map<PkgName, Boolean> wanted, Terms terms) throws IOException, InterruptedException;

    /** Tells what went wrong from what the program printed. */
    ResourceFailure failure(String what, CommandResult result);

    /** Tells which packages a failed transaction is about from what the program printed. */
    Setback setback(CommandResult result);
}
