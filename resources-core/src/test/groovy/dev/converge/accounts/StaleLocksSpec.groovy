package dev.converge.accounts

import dev.converge.FolderHost
import dev.converge.provider.Commands
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.FileTime
import java.time.Instant
import spock.lang.Specification
import spock.lang.TempDir

/** Locks of the account files, in a root folder. */
class StaleLocksSpec extends Specification {
    private static final long NOBODY = 4194305

    @TempDir
    Path root

    private Path lock(String name, Object content, Instant taken) {
        def file = root.resolve("etc/$name")
        Files.createDirectories(file.parent)
        Files.write(file, content as byte[])
        Files.setLastModifiedTime(file, FileTime.from(taken))
        file
    }

    def "a lock of #what is #then"() {
        given:
        def lock = lock('passwd.lock', content, taken)

        when:
        StaleLocks.remove(new FolderHost(root, {} as Commands))

        then:
        Files.exists(lock) == (then == 'left')

        where:
        what                                        | content                                 | taken             || then
        'a process that is gone'                    | "$NOBODY\0".bytes                      | Instant.now()     || 'removed'
        'a process that goes on'                    | "${ProcessHandle.current().pid()}\0".bytes | Instant.now() || 'left'
        'one whose number has another process now'  | "${ProcessHandle.current().pid()}\0".bytes | Instant.EPOCH || 'removed'
        'nobody'                                    | new byte[0]                             | Instant.now()     || 'removed'
    }

    def "what is no lock file stays"() {
        given:
        def folder = Files.createDirectories(root.resolve('etc/shadow.lock'))
        def passwd = lock('passwd', 'root:x:0:0::/root:/bin/sh\n'.bytes, Instant.EPOCH)

        when:
        StaleLocks.remove(new FolderHost(root, {} as Commands))

        then:
        Files.exists(folder)
        Files.exists(passwd)
    }
}
