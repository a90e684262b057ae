package dev.converge.serve

import dev.converge.diagnostic.Diagnostic
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout
import spock.util.concurrent.PollingConditions

/** A site with hosts, and a server of it. */
@Timeout(120)
abstract class ServeSpecification extends Specification {
    static final String MANIFEST = 'file("/etc/motd") { content "${facts.fqdn} in rack ${facts[\'rack\']} of ${lookup(\'owner\', String)}\\n"; mode \'0644\' }\n'
    static final String HOSTS = '''\
        owner: Ada
        serve:
          facts: { os: { family: debian, name: debian }, rack: 1 }
          vendorData: "#cloud-config\\n{}\\n"
          hosts:
            web-1.example.com: { mac: '52:54:00:00:00:05', serial: VMware-42, facts: { rack: 4 }, boot: { kernel: 'http://boot/linux', initrd: 'http://boot/initrd' } }
            web-2.example.com:
            rancher-1: { target: rancheros, boot: { kernel: 'http://boot/linux', arguments: quiet } }
            closed-1.example.com: { token: 0123456789abcdef0123 }
        '''.stripIndent()
    static final PollingConditions SOON = new PollingConditions(timeout: 20, delay: 0.02)

    @TempDir
    Path folder

    @AutoCleanup
    RunningServer server

    @Shared
    @TempDir
    Path common

    @Shared
    @AutoCleanup
    RunningServer shared

    /** One for all features of a specification that leave it as it is. */
    RunningServer usual() {
        shared = shared ?: RunningServer.of(new SiteOrigin.Folder(siteIn(common, MANIFEST, HOSTS)), common.resolve('state'))
    }

    Path site(String manifest = MANIFEST, String hosts = HOSTS) {
        siteIn(folder, manifest, hosts)
    }

    private static Path siteIn(Path folder, String manifest, String hosts) {
        def site = Files.createDirectories(folder.resolve('site'))
        Files.createDirectories(site.resolve('data'))
        Files.writeString(site.resolve('site.groovy'), manifest)
        Files.writeString(site.resolve('data/common.yaml'), hosts)
        site
    }

    RunningServer serve(Map options = [:], Path site = site()) {
        server = RunningServer.of(options, new SiteOrigin.Folder(site), folder.resolve('state'))
    }

    /** What keeps it from beginning. */
    List<Diagnostic> refused(Map options = [:], Path site) {
        def begun = RunningServer.begin(new SiteOrigin.Folder(site), folder.resolve('state'), options)
        assert begun instanceof List
        begun
    }

    int status(String path, String from) {
        server.raw("GET $path HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", from).split(' ')[1] as int
    }

    String metrics() {
        def text = server.get('/metrics').body()
        def process = ['promtool', 'check', 'metrics'].execute()
        process.outputStream.withCloseable { it << text }
        assert process.waitFor() == 0 : process.text
        text
    }
}
