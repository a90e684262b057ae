package dev.converge.agent

import dev.converge.cli.Main
import dev.converge.source.GitRepository
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import java.util.concurrent.TimeUnit
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout
import spock.util.concurrent.PollingConditions

/** The whole agent is killed at any moment, from its first start on, while commits come: no file is ever half, and the next one goes on. */
@Requires({ ['git', '--version'].execute().waitFor() == 0 })
@Timeout(600)
class AgentKilledSpec extends Specification {
    private static final int KILLS = Integer.getInteger('converge.kills', 8)
    private static final int FILES = 200

    @TempDir
    Path folder

    def soon = new PollingConditions(timeout: 120, delay: 0.02)

    def "killed again and again, it leaves whole files, and keeps the host in the end"() {
        given:
        def origin = new GitRepository(folder.resolve('site'))
        settings(origin)
        def random = new Random(9)
        Process process = null

        when:
        KILLS.times { version ->
            origin.commit('site.groovy': manifest(version))
            process = start()
            soon.eventually { assert moment(version % 3, version) }
            TimeUnit.MILLISECONDS.sleep(random.nextInt(60))
            process.destroyForcibly().waitFor()
            assert here().every { file, text -> !(file ==~ /f\d+/) || (0..version).any { text == body(it) } } : 'a file is half'
        }
        process = start()

        then:
        soon.eventually { assert here() == (0..<FILES).collectEntries { ["f$it".toString(), body(KILLS - 1)] } }

        cleanup:
        process?.destroy()
        process?.waitFor()
    }

    /** What is waited for before the kill: its start, its fetch, its first file. */
    private boolean moment(int which, int version) {
        switch (which) {
            case 0: return here().containsValue(body(version))
            case 1: return Files.readString(folder.resolve('log')).contains('Keeps this host')
            default: return Files.readString(folder.resolve('log')).contains('is in force')
        }
    }

    private void settings(GitRepository origin) {
        def file = Files.writeString(folder.resolve('agent.yaml'), "source: { url: 'file://$origin.folder' }\nstateDir: $folder/state\n")
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString('rw-------'))
    }

    private String manifest(int version) {
        "directory '$folder/host'\nfor (int f = 0; f < $FILES; f++) {\n    file(\"$folder/host/f\$f\") { content '${body(version)}' }\n}\n"
    }

    private static String body(int version) {
        "version $version, " * 1000
    }

    /** What is in the folder that the agent keeps, whatever its name. */
    private Map<String, String> here() {
        def files = folder.resolve('host').toFile().listFiles() ?: [] as File[]
        files.collectEntries { [it.name, it.isFile() ? it.text : ''] }
    }

    private Process start() {
        new ProcessBuilder("${System.getProperty('java.home')}/bin/java", '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', System.getProperty('java.class.path'),
            Main.name, 'agent', 'run', '--agent-file', folder.resolve('agent.yaml') as String)
            .redirectErrorStream(true).redirectOutput(folder.resolve('log').toFile()).start()
    }
}
