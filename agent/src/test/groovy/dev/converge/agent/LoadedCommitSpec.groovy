package dev.converge.agent

import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

@Timeout(180)
class LoadedCommitSpec extends Specification {
    @TempDir
    Path folder

    /** In a process of its own, which has the launcher's word on how long softly held classes stay. */
    def "the classes of a commit go when others take its place"() {
        when:
        def process = new ProcessBuilder("${System.getProperty('java.home')}/bin/java".toString(), '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1',
            '-XX:SoftRefLRUPolicyMSPerMB=0', '-cp', System.getProperty('java.class.path'), CommitClasses.name, folder.toString(), '60')
            .redirectError(ProcessBuilder.Redirect.INHERIT).start()
        def counts = process.inputStream.readLines()*.toInteger()

        then:
        process.waitFor() == 0
        counts.size() == 6
        counts[5] - counts[1] < 50
    }
}
