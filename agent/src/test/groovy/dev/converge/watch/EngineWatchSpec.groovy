package dev.converge.watch

import java.nio.file.Files
import spock.lang.Requires
import spock.util.concurrent.PollingConditions

/** A podman of its own, whose containers are made and removed, and never run. */
@Requires({ System.getProperty('user.name') == 'root' && ['podman', 'busybox'].every { new File("/usr/bin/$it").canExecute() } })
class EngineWatchSpec extends WatchSpecification {
    private Process service

    private Map<String, String> environment() {
        [CONTAINERS_CONF: "$folder/containers.conf" as String, CONTAINERS_STORAGE_CONF: "$folder/storage.conf" as String,
         XDG_RUNTIME_DIR: "$folder/run" as String]
    }

    private ProcessBuilder podman(String... arguments) {
        def builder = new ProcessBuilder(['podman'] + (arguments as List)).redirectErrorStream(true)
        builder.environment().putAll(environment())
        builder
    }

    private void must(String... arguments) {
        def process = podman(arguments).start()
        def said = process.inputStream.text
        assert process.waitFor() == 0 : said
    }

    private void start() {
        service = podman('system', 'service', '--time=0', "unix://$folder/engine.sock").redirectOutput(folder.resolve('log').toFile()).start()
        new PollingConditions(timeout: 30).eventually { assert Files.exists(folder.resolve('engine.sock')) }
    }

    def setup() {
        folder.resolve('containers.conf').toFile().text = """\
            [engine]
            events_logger = "file"
            cgroup_manager = "cgroupfs"
            tmp_dir = "$folder/tmp"
            static_dir = "$folder/static"
            """.stripIndent()
        folder.resolve('storage.conf').toFile().text = """\
            [storage]
            driver = "vfs"
            graphroot = "$folder/data"
            runroot = "$folder/run"
            """.stripIndent()
        sh('mkdir -p run rootfs/bin; cp /usr/bin/busybox rootfs/bin/; tar cf image.tar -C rootfs .')
        must('import', '-q', "$folder/image.tar", 'localhost/web:1')
        start()
    }

    def cleanup() {
        service?.destroyForcibly()?.waitFor()
        podman('rm', '-af').start().waitFor()
        podman('rmi', '-af').start().waitFor()
    }

    def "what an engine makes and removes moves its resources, and so does its own end and return"() {
        given:
        open().watch(catalog("""
            container('web') { image 'localhost/web:1'
                engine 'unix://$folder/engine.sock' }
            container('other') { image 'localhost/web:1'
                engine 'unix://$folder/engine.sock' }
        """))

        expect: 'whatever was before is not known'
        moved(['web', 'other'] as Set) == ['web', 'other'] as Set

        when:
        settle()
        must('create', '--name', 'web', '--network', 'none', 'localhost/web:1', '/bin/busybox')

        then:
        moved(['web'] as Set) == ['web'] as Set

        when:
        settle()
        must('rm', '-f', 'web')

        then:
        moved(['web'] as Set) == ['web'] as Set

        when:
        service.destroyForcibly().waitFor()

        then:
        moved(['web', 'other'] as Set) == ['web', 'other'] as Set

        when:
        Files.deleteIfExists(folder.resolve('engine.sock'))
        settle()
        start()

        then:
        moved(['web', 'other'] as Set) == ['web', 'other'] as Set
    }
}
