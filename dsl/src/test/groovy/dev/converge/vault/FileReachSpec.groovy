package dev.converge.vault

import java.nio.file.FileSystemException
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import spock.lang.Specification
import spock.lang.TempDir

class FileReachSpec extends Specification {
    @TempDir
    Path folder

    def "a file of mode #mode is within reach of #reach, by a link too"() {
        given:
        def file = Files.writeString(folder.resolve('secret'), '')
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode))

        expect:
        FileReach.of(file) == reach
        FileReach.of(Files.createSymbolicLink(folder.resolve('link'), file)) == reach

        where:
        mode        | reach
        'rw-------' | FileReach.OWNER
        'r--------' | FileReach.OWNER
        'rw-r-----' | FileReach.GROUP_READS
        'rwx--x---' | FileReach.GROUP_READS
        'rw-rw----' | FileReach.GROUP_WRITES
        'rw-r--r--' | FileReach.EVERYBODY
        'rw-----w-' | FileReach.EVERYBODY
    }

    def "a folder has no secret in it, whoever may enter, and so has no device"() {
        given:
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString('rwxr-xr-x'))

        expect:
        FileReach.of(Path.of('/dev/null')) == FileReach.OWNER

        when:
        FileReach.of(folder)

        then:
        def e = thrown(FileSystemException)
        e.file == folder.toString()
        e.reason == 'Is a directory'
    }
}
