package dev.converge.pkg;

import dev.converge.model.Ensure;
import dev.converge.model.Resource;
import dev.converge.schema.AutoRequire;
import dev.converge.schema.Default;
import dev.converge.schema.EnsureWord;
import dev.converge.schema.Id;
import dev.converge.schema.Parameter;
import dev.converge.schema.ResourceType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A package of the distribution, by the package manager that the host has: apt, dnf or apk. Being present never upgrades it; {@code ensure 'latest'} does. {@code ensure} also
 * takes {@code 'purged'} (absent, with its configuration files) and {@code 'held'} (present, and kept at its version by
 * whoever upgrades). All packages that a run installs go into one transaction, which asks no questions. A transaction
 * that would remove what the manifest does not name is refused.
 *
 * <p>With dnf and apk a version without its release means any release of it. dnf keeps packages at their versions by its
 * versionlock plugin; nothing is left to purge, for rpm removes configuration files with their package. apk keeps a
 * package at a version by naming it in its world, which is how any given version is installed, and takes dependencies
 * that nothing wants any more along; its side of this type was tested with texts of apk, not with apk itself.
 *
 * @param name what the package is called, with an architecture where it is not the host's own: {@code libc6:i386}. A
 *     virtual package, one that others provide, is never installed under its own name
 * @param version a version such as {@code 1.24.0-2}, its beginning such as {@code 1.24.*}, {@code latest}, or
 *     {@code installed} for any
 * @param hold whether the package is kept at its version by upgrades, Converge's too unless the manifest says both
 * @param source a package file to install from, by its absolute path on the host or its name in the site's
 *     {@code files/}; upgraded when the file has a newer version; not with apk
 * @param purge whether an absent package's configuration files go too
 * @param options further options for apt-get, dnf or apk, such as {@code ['-t', 'bookworm-backports']}
 * @param recommends whether recommended packages are installed too; the package manager's own setting when left out;
 *     without meaning for apk
 * @param allowDowngrade whether an older version than the installed one may be installed
 * @param configFiles what becomes of configuration files that were changed on the host when the package brings new
 *     ones: {@code keep} or, with apt, {@code replace}
 * @param updateMaxAge how old the lists of available packages may be before an installation refreshes them; they are
 *     refreshed too when the list of sources is newer, and when a package or version is unknown
 * @param lockTimeout how long to wait for another program that installs packages
 */
@ResourceType(
        name = "pkg",
        provider = PkgProvider.class,
        creation = "installed",
        after = "aptRepository",
        example = """
                pkg('nginx-light') {
                    version '1.22.*'
                    recommends false
                }
                """,
        ensureWords = {
            @EnsureWord(value = "installed", attribute = "version", is = "installed"),
            @EnsureWord(value = "latest", attribute = "version", is = "latest"),
            @EnsureWord(value = "held", attribute = "hold", is = "true"),
            @EnsureWord(value = "purged", ensure = Ensure.ABSENT, attribute = "purge", is = "true"),
        })
public record PkgResource(
        @Id PkgName name,
        @Default("installed") PkgVersion version,
        Optional<Boolean> hold,
        @AutoRequire("file") Optional<PkgSource> source,
        @Parameter @Default("false") boolean purge,
        @Parameter List<String> options,
        @Parameter Optional<Boolean> recommends,
        @Parameter @Default("false") boolean allowDowngrade,
        @Parameter @Default("keep") ConfigFiles configFiles,
        @Parameter @Default("24h") Duration updateMaxAge,
        @Parameter @Default("5m") Duration lockTimeout)
        implements Resource {
    /** This package in another state. */
    PkgResource observed(PkgVersion seen, boolean held, Optional<PkgSource> from) {
        return new PkgResource(
                name,
                seen,
                Optional.of(held),
                from,
                purge,
                options,
                recommends,
                allowDowngrade,
                configFiles,
                updateMaxAge,
                lockTimeout);
    }
}
