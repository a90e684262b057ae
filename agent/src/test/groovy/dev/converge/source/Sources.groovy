package dev.converge.source

import dev.converge.git.GitAddress
import groovy.transform.CompileStatic
import java.nio.file.Path
import java.time.Duration

/** Settings by name; what is not named is left out. */
@CompileStatic
final class Sources {
    private Sources() {}

    static SourceSettings settings(Map<String, Object> given, Object url) {
        new SourceSettings(
                GitAddress.parse(url as String), (given.ref ?: 'main') as String, (given.path ?: '') as String,
                path(given.allowedSigners), path(given.pgpKeys), path(given.sshKey), path(given.knownHosts),
                Optional.ofNullable(given.username as String), path(given.passwordFile), path(given.caFile),
                given.allowRewind as boolean, given.submodules as boolean, (given.timeLimit ?: Duration.ofSeconds(100)) as Duration,
                (given.sizeLimit ?: 1L << 30) as long, given.hasFile != false)
    }

    private static Optional<Path> path(Object given) {
        Optional.ofNullable(given as Path)
    }
}
