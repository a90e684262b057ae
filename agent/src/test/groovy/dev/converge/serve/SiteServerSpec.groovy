package dev.converge.serve

import com.sun.net.httpserver.HttpServer
import dev.converge.git.GitAddress
import dev.converge.sink.Collector
import dev.converge.source.GitWebServer
import dev.converge.source.SourceSettings
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import java.security.KeyStore
import java.security.cert.CertificateFactory
import java.time.Duration
import java.util.concurrent.Callable
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.Executors
import java.util.concurrent.atomic.AtomicBoolean
import javax.net.ssl.SSLContext
import javax.net.ssl.TrustManagerFactory
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout
import spock.util.concurrent.PollingConditions
import tools.jackson.databind.json.JsonMapper

/** Machines ask for what makes them, over real sockets, while their site changes. */
@Timeout(120)
class SiteServerSpec extends Specification {
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

    private Path site(String manifest = MANIFEST, String hosts = HOSTS) {
        def site = Files.createDirectories(folder.resolve('site'))
        Files.createDirectories(site.resolve('data'))
        Files.writeString(site.resolve('site.groovy'), manifest)
        Files.writeString(site.resolve('data/common.yaml'), hosts)
        site
    }

    private RunningServer serve(Map options = [:]) {
        server = RunningServer.of(options, new SiteOrigin.Folder(site()), folder.resolve('state'))
    }

    def "a host is known by its name, its network card and its serial number"() {
        given:
        serve()

        expect:
        ['web-1.example.com', 'web-1', 'WEB-1', '52:54:00:00:00:05', '52-54-00-00-00-05', 'VMware-42'].each {
            def got = server.get("/$it/user-data")
            assert got.statusCode() == 200
            assert got.headers().firstValue('content-type').get() == 'text/cloud-config; charset=utf-8'
            assert got.body().startsWith('#cloud-config\n') && got.body().contains('web-1.example.com in rack 4 of Ada')
        }
        server.get('/web-2/user-data').body().contains('web-2.example.com in rack 1 of Ada')
        server.get('/web-2/meta-data').body() == 'instance-id: "web-2.example.com"\nlocal-hostname: "web-2.example.com"\n'
        server.get('/web-2/network-config').body() == ''
        server.get('/web-2/vendor-data').body() == '#cloud-config\n{}\n'
        server.get('/rancher-1/user-data').body() == server.get('/rancher-1/rancheros').body()
    }

    def "iPXE is told what to load, and where all else is"() {
        given:
        serve(url: 'http://10.0.0.1:8069')

        expect:
        server.get('/52-54-00-00-00-05/ipxe').body() == '''\
            #!ipxe
            echo Converge: booting web-1.example.com
            kernel http://boot/linux initrd=initrd ip=dhcp ds=nocloud;dsmode=net;s=http://10.0.0.1:8069/web-1.example.com/ || exit 1
            initrd --name initrd http://boot/initrd || exit 1
            boot || exit 1
            '''.stripIndent()
        server.get('/rancher-1/ipxe').body().contains('kernel http://boot/linux quiet rancher.cloud_init.datasources=[url:http://10.0.0.1:8069/rancher-1/rancheros] || exit 1')
        server.get('/web-2/ipxe').statusCode() == 404
    }

    def "what nobody may have and what is not there look the same"() {
        given:
        serve()
        def answers = ['/nobody/user-data', '/closed-1/user-data', '/0123456789abcdef0124/closed-1/user-data', '/closed-1/ipxe?token=', '/web-1/shadow', '/', '/a/b/user-data/x/y']
            .collect { server.raw("GET $it HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").replaceFirst(/Date: .*/, '') }

        expect:
        answers.toUnique().size() == 1
        answers[0].startsWith('HTTP/1.1 404 Not Found')
        def lines = server.log.findAll { it.contains(' GET ') }*.replaceFirst(/.* GET (\S+) 404 11 \d+ us/, '$1')
        lines == [
            '/nobody/user-data: unknown host', '/closed-1/user-data: came without the host\'s token', '/********/closed-1/user-data: not the host\'s token',
            '/closed-1/ipxe: not the host\'s token', '/web-1/shadow: unknown path', '/: unknown path', '/********/b/user-data/x/y: unknown path',
        ]
    }

    def "who has it already is not sent it again, and gets it when it is another one"() {
        given:
        serve()
        def first = server.get('/web-1/user-data')
        def tag = first.headers().firstValue('etag').get()

        expect:
        tag ==~ /"[0-9a-f]{32}"/
        server.get('/web-1/user-data', ['If-None-Match': sent.replace('TAG', tag)]).statusCode() == status
        server.get('/web-2/user-data').headers().firstValue('etag').get() != tag

        where:
        sent              || status
        'TAG'             || 304
        'W/TAG'           || 304
        '"other", TAG'    || 304
        '*'               || 304
        '"other"'         || 200
    }

    def "a token is good for the client that used it first, for a while, also after a restart, and in no log"() {
        given:
        serve(grace: Duration.ofSeconds(20))
        def path = '/0123456789abcdef0123/closed-1/user-data'

        expect: 'what comes before user-data uses nothing up'
        server.get('/0123456789abcdef0123/closed-1/meta-data').statusCode() == 200
        status(path, '127.0.0.2') == 200
        status(path, '127.0.0.2') == 200
        status(path, '127.0.0.3') == 404
        status('/closed-1/vendor-data?token=0123456789abcdef0123', '127.0.0.2') == 200
        status('/0123456789abcdef0123/user-data', '127.0.0.2') == 404
        !server.text().contains('0123456789abcdef')
        server.log.contains(server.log.find { it.startsWith('127.0.0.3 GET /********/closed-1/user-data 404 ') })

        when: 'it starts anew'
        server.close()
        serve(grace: grace)

        then:
        status(path, '127.0.0.2') == same
        status(path, '127.0.0.3') == 404

        where:
        grace                  || same
        Duration.ofMinutes(10) || 200
        Duration.ZERO          || 404
    }

    def "what a fallen machine wrote half of a token does not bring another one back to life"() {
        given:
        def state = Files.createDirectories(folder.resolve('state'))
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString('rwx------'))
        Files.writeString(state.resolve('tokens-used'), '0a1b2c')
        serve()
        def path = '/0123456789abcdef0123/closed-1/user-data'

        expect:
        status(path, '127.0.0.2') == 200

        when: 'it starts anew'
        server.close()
        serve()

        then:
        status(path, '127.0.0.3') == 404
    }

    private int status(String path, String from) {
        server.raw("GET $path HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", from).split(' ')[1] as int
    }

    def "a host that cannot be rendered learns nothing but that, and its author where and why"() {
        given:
        site(MANIFEST + "if (facts.hostname == 'web-2') { file('/etc/token') { content secret('xyzzy'); mode '0600' } }\n")
        server = RunningServer.of(new SiteOrigin.Folder(folder.resolve('site')), folder.resolve('state'))

        expect:
        server.get('/web-1/user-data').statusCode() == 200
        with(server.get('/web-2/user-data')) {
            statusCode() == 500
            body() == 'This host cannot be rendered; the log says why.\n'
        }
        SOON.eventually { server.text().contains('web-2.example.com cannot be rendered\nerror: Secret in the output\n  at site.groovy:2:') }
        !server.text().contains('xyzzy')
        server.log.findAll { it.contains('GET /web-2/user-data 500') }.every { it.endsWith('us: it cannot be rendered') }
        server.health().subMap('status', 'hosts', 'unrendered') == [status: 'ok', hosts: 4, unrendered: 1]
        metrics().contains('converge_serve_hosts_unrendered 1\n')
    }

    def "a new site is served as a whole, without a request dropped; a broken one is not served, and that is said"() {
        given:
        serve()
        def ended = new AtomicBoolean()
        def answers = new CopyOnWriteArrayList<String>()
        def clients = Executors.newFixedThreadPool(4)
        def asking = (1..4).collect {
            clients.submit({
                while (!ended.get()) {
                    def got = server.get('/web-1/user-data')
                    answers << "${got.statusCode()} ${(got.body() =~ /rack 4 of (\w+)/).with { it.find() ? it.group(1) : got.body() }}".toString()
                }
            } as Callable)
        }
        def first = server.health()

        when: 'the data of one host changes'
        Files.writeString(folder.resolve('site/data/common.yaml'), HOSTS.replace('Ada', 'Eve'))

        then:
        SOON.eventually { answers.last() == '200 Eve' }
        first.status == 'ok'
        server.health().commit != first.commit

        when: 'it does not compile any more'
        Files.writeString(folder.resolve('site/site.groovy'), 'flie("/etc/motd") { }\n')

        then:
        SOON.eventually { server.health().status == 'behind' }
        with(server.health()) {
            problem.endsWith(' at site.groovy:1')
            newest != commit
        }
        metrics().contains('converge_serve_commit_refused 1\n')
        SOON.eventually { server.text() =~ /(?s)Version \w{12} is not used, \w{12} stays in force: web-1.example.com cannot be rendered\nerror: .*site.groovy:1:1/ }
        server.get('/web-2/user-data').body().contains('of Eve')

        when: 'it compiles, but fails for one host that could be served'
        Files.writeString(folder.resolve('site/site.groovy'), MANIFEST + "if (facts.hostname == 'web-2') { fail 'no web-2' }\n")

        then:
        SOON.eventually { server.text().contains('no web-2') }
        server.get('/web-2/user-data').statusCode() == 200

        when: 'it is mended'
        Files.writeString(folder.resolve('site/site.groovy'), MANIFEST.replace(' of ', ' of Dr.'))

        then:
        SOON.eventually { server.health().status == 'ok' && server.get('/web-1/user-data').body().contains('of Dr.Eve') }

        when:
        ended.set(true)
        asking*.get()
        clients.shutdown()

        then: 'each was answered, by the old or by the new'
        answers.toUnique() == ['200 Ada', '200 Eve', '200 Dr']
        metrics().contains('converge_serve_commit_refused 0\n')
        Files.list(folder.resolve('state/sites')).withCloseable { it.count() } == 1
    }

    private String metrics() {
        def text = server.get('/metrics').body()
        def process = ['promtool', 'check', 'metrics'].execute()
        process.outputStream.withCloseable { it << text }
        assert process.waitFor() == 0 : process.text
        text
    }

    def "hosts are rendered once, however many ask at once"() {
        given:
        serve()
        def clients = Executors.newFixedThreadPool(20)

        when:
        def all = clients.invokeAll([{ server.get('/web-2/rancheros').statusCode() } as Callable] * 40)*.get()
        clients.shutdown()

        then:
        all.toUnique() == [200]
        SOON.eventually { server.get('/metrics').body().contains('converge_serve_renders_total{result="rendered"} 5\n') }
    }

    def "a commit of a Git server comes into force, and the last one is there when the server is not"() {
        given:
        def work = site()
        git(work, 'init', '-q', '-b', 'main')
        commit(work)
        def repositories = Files.createDirectories(folder.resolve('repositories'))
        git(folder, 'clone', '-q', '--bare', "$work", "$repositories/site.git")
        def web = new GitWebServer(repositories, Files.createDirectories(folder.resolve('authority')))
        def origin = new SiteOrigin.Git(new SourceSettings(GitAddress.parse(web.url('site.git')), 'main', '', Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(web.authority), false, false, Duration.ofMinutes(1), SourceSettings.USUAL_SIZE))

        when:
        server = RunningServer.of(origin, folder.resolve('state'))

        then:
        server.get('/web-1/user-data').body().contains('of Ada')
        server.health().commit == head(work)

        when:
        site(MANIFEST, HOSTS.replace('Ada', 'Eve'))
        commit(work)
        git(work, 'push', '-q', "$repositories/site.git", 'main')

        then:
        SOON.eventually { server.get('/web-1/user-data').body().contains('of Eve') }
        server.health().commit == head(work)

        when: 'both end, and it starts alone'
        server.close()
        web.close()
        server = RunningServer.of(origin, folder.resolve('state'))

        then:
        server.get('/web-1/user-data').body().contains('of Eve')
        SOON.eventually { server.health().problem == 'Site not fetched' }
        SOON.eventually { server.get('/metrics').body() =~ /converge_serve_fetch_failures_total [1-9]/ }
    }

    private static void commit(Path work) {
        git(work, 'add', '-A')
        git(work, '-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', 'commit', '-q', '-m', 'a commit')
    }

    private static String head(Path work) {
        git(work, 'rev-parse', 'HEAD')
    }

    private static String git(Path work, String... words) {
        def process = new ProcessBuilder(['git', '-C', "$work" as String] + (words as List)).redirectErrorStream(true).start()
        def said = process.inputStream.text.trim()
        assert process.waitFor() == 0 : said
        said
    }

    def "values and hosts in Consul are there without a commit"() {
        given:
        def keys = [owner: 'Ada', 'serve/domain': 'example.com', 'serve/hosts/web-1/facts/rack': '4'] as TreeMap
        def consul = HttpServer.create(new InetSocketAddress(InetAddress.loopbackAddress, 0), 0)
        consul.createContext('/v1/kv/boot/') { exchange ->
            def answer = JsonMapper.shared().writeValueAsBytes(keys.collect { key, value -> [Key: "boot/$key" as String, Value: value.bytes.encodeBase64() as String] })
            exchange.sendResponseHeaders(200, answer.length)
            exchange.responseBody.withStream { it << answer }
        }
        consul.start()
        def address = "http://127.0.0.1:$consul.address.port"
        def sources = Files.writeString(folder.resolve('sources'), "$address\n")
        Files.setPosixFilePermissions(sources, PosixFilePermissions.fromString('rw-r--r--'))
        site(MANIFEST, 'none: 1\n')
        Files.writeString(folder.resolve('site/data/hierarchy.yaml'), "version: 1\nlevels: [ { name: kv, consul: '$address', prefix: boot } ]\n")
        server = RunningServer.of(new SiteOrigin.Folder(folder.resolve('site')), folder.resolve('state'), sources: sources)

        expect:
        server.get('/web-1/user-data').body().contains('web-1.example.com in rack 4 of Ada')

        when:
        keys['owner'] = 'Eve'
        keys['serve/hosts/web-9/facts/rack'] = '9'

        then:
        SOON.eventually { server.get('/web-1/user-data').body().contains('rack 4 of Eve') }
        SOON.eventually { server.get('/web-9/user-data').body().contains('web-9.example.com in rack 9 of Eve') }

        when: 'it is gone'
        consul.stop(0)

        then: 'nobody gets what may be another than it should be'
        SOON.eventually { server.get('/web-1/user-data').statusCode() == 500 }
        server.get('/web-1/meta-data').statusCode() == 200
        SOON.eventually { server.health().status == 'behind' }
    }

    def "it serves HTTPS with a certificate in PEM, and takes a new one when it is told to"() {
        given:
        Collector.certificates(folder)
        serve(tls: new ServeSettings.Tls(folder.resolve('server.crt'), folder.resolve('server.key')), trust: trust())

        expect:
        server.server.url().startsWith('https://')
        new URI(server.server.url().replace('127.0.0.1', 'localhost') + '/web-1/user-data').toURL().openConnection().with {
            it.SSLSocketFactory = trust().socketFactory
            it.inputStream.text.contains('in rack 4')
        }

        when: 'half of a renewal is there'
        def before = peer()
        Files.copy(folder.resolve('client.crt'), folder.resolve('server.crt'), java.nio.file.StandardCopyOption.REPLACE_EXISTING)
        server.server.reload()

        then:
        peer() == before
        server.text().contains('The certificate stays as it was.')

        when:
        Files.copy(folder.resolve('client.key'), folder.resolve('server.key'), java.nio.file.StandardCopyOption.REPLACE_EXISTING)
        server.server.reload()

        then:
        before != 'CN=client'
        peer() == 'CN=client'
    }

    private String peer() {
        trust().socketFactory.createSocket('127.0.0.1', server.port).withCloseable {
            it.startHandshake()
            it.session.peerPrincipal.name
        }
    }

    private SSLContext trust() {
        def store = KeyStore.getInstance('PKCS12')
        store.load(null, null)
        Files.newInputStream(folder.resolve('ca.crt')).withCloseable {
            store.setCertificateEntry('ca', CertificateFactory.getInstance('X.509').generateCertificate(it))
        }
        def managers = TrustManagerFactory.getInstance(TrustManagerFactory.defaultAlgorithm)
        managers.init(store)
        def context = SSLContext.getInstance('TLS')
        context.init(null, managers.trustManagers, null)
        context
    }

    def "a client goes no further than it may: #what"() {
        given:
        serve()

        expect:
        server.raw(said).startsWith("HTTP/1.1 $status")

        where:
        what             | said                                                                                     || status
        'a long head'    | "GET /web-1/user-data HTTP/1.1\r\nHost: x\r\nX: ${'a' * 9000}\r\n\r\n"                   || '431'
        'a long address' | "GET /${'a' * 9000} HTTP/1.1\r\nHost: x\r\n\r\n"                                         || '414'
        'a body'         | 'GET /web-1/user-data HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello'             || '413'
        'another method' | 'DELETE /web-1/user-data HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'               || '405'
        'no HTTP'        | 'hello\r\n\r\n'                                                                          || '400'
    }

    def "five hundred clients that never come to the point keep nobody waiting"() {
        given:
        serve()
        def slow = (1..500).collect {
            def socket = new Socket('127.0.0.1', server.port)
            socket.outputStream << 'GET /web-1/user-data HTTP/1.1\r\nHo'
            socket
        }
        def begin = System.nanoTime()

        when:
        def answers = (1..50).collect { server.get('/web-1/user-data').statusCode() }

        then:
        answers.toUnique() == [200]
        System.nanoTime() - begin < 5e9

        cleanup:
        slow*.close()
    }

    def "what is wrong with the table of hosts is told all at once, each at its place"() {
        given:
        site(MANIFEST, '''\
            serve:
              facts: facts/none.json
              hosts:
                web-1: { mac: 52-54, seriall: x }
                web-2: { mac: '52:54:00:00:00:05', target: cloudinit, token: short }
                web-3: { mac: '52:54:00:00:00:05', boot: { initrd: 'http://x' } }
                'web 4': {}
                web-5: text
            '''.stripIndent())

        when:
        def problems = RunningServer.begin(new SiteOrigin.Folder(folder.resolve('site')), folder.resolve('state'))

        then:
        problems.size() == 9
        problems.collect { "${it.at().get().line()}:${it.at().get().column()} ${it.summary()}".toString() }.toSet() == [
            '2:10 No facts', '4:19 Bad value', '4:26 Bad value', '5:48 Bad value', '5:66 Bad value', '6:5 Given twice', '6:46 Bad value', '7:5 Bad value', '8:12 Bad value',
        ].toSet()
    }

    def "a key that serve does not have, and one token for two hosts, are refused"() {
        given:
        site(MANIFEST, '''\
            serve:
              domian: example.com
              hosts:
                web-1: { token: 0123456789abcdef }
                web-2: { token: 0123456789abcdef, boot: text }
            '''.stripIndent())

        when:
        def problems = RunningServer.begin(new SiteOrigin.Folder(folder.resolve('site')), folder.resolve('state'))

        then:
        problems.collect { "${it.at().get().line()}:${it.at().get().column()} ${it.summary()}".toString() } == [
            '2:3 Bad value', '5:21 Given twice', '5:45 Bad value',
        ]
        !problems.toString().contains('0123456789abcdef')
    }

    def "an address that cannot be had is said with the reason"() {
        given:
        site("notice 'hello'\n", 'serve: { hosts: { web-1: } }\n')
        def taken = new ServerSocket(0, 1, InetAddress.getByName('127.0.0.1'))

        when:
        def problems = RunningServer.begin(new SiteOrigin.Folder(folder.resolve('site')), folder.resolve('state'), [port: taken.localPort])

        then:
        problems*.detail() == ["At 127.0.0.1:$taken.localPort: Address already in use.".toString()]
        problems[0].suggestion().get().contains('--listen')

        cleanup:
        taken.close()
    }
}
