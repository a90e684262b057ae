package dev.converge.git

import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import org.eclipse.jgit.util.FS
import spock.lang.Requires
import spock.lang.Specification

class IsolationSpec extends Specification {
    @Requires({ Files.isWritable(Path.of('/dev/shm')) })
    def "how exact the times of a file system are is not measured, which takes seconds and writes into the checkout"() {
        given: 'a file system on which no other test has a checkout'
        def folder = Files.createTempDirectory(Path.of('/dev/shm'), 'converge-git')
        Isolation.begin()

        expect:
        FS.getFileStoreAttributes(folder).fsTimestampResolution == Duration.ofSeconds(2)
        Files.list(folder).withCloseable { it.count() } == 0

        cleanup:
        folder.toFile().deleteDir()
    }
}
