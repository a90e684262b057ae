package dev.converge.modules

import dev.converge.testhost.TestHost
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise

/** The module nginx on a real host, by what a browser gets. */
@Stepwise
@Requires({ TestHost.possible })
class NginxModuleSpec extends Specification {
    static final String SERVER = "include(Nginx) { packageName 'nginx-light' }\n"
    static final String STATIC = SERVER + '''\
        directory(['/srv/shop', '/srv/shop/sub'])
        file('/srv/shop/index.html') { content 'the shop\\n' }
        include(NginxSite, 'shop') {
            root '/srv/shop'
            serverNames(['shop.example.com'])
            settings(add_header: 'X-Site shop')
        }
        '''.stripIndent()

    @Shared
    @AutoCleanup
    ModuleHost host = new ModuleHost('nginx')

    @Shared
    String certificate

    @Shared
    String key

    def setupSpec() {
        host.install('curl')
        host.run('openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2',
            '-subj', '/CN=app.example.com', '-keyout', '/tmp/key.pem', '-out', '/tmp/cert.pem')
        certificate = host.read('/tmp/cert.pem').trim()
        key = host.read('/tmp/key.pem').trim()
    }

    private String get(String... words) {
        host.run('curl', '-sS', '--max-time', '10', *words)
    }

    private String status(String... words) {
        get('-o', '/dev/null', '-w', '%{http_code} %{redirect_url}', *words).trim()
    }

    private String pid() {
        host.run('systemctl', 'show', '-P', 'MainPID', 'nginx').trim()
    }

    def "a folder is served after one run, and the second changes nothing"() {
        expect:
        host.settles(STATIC)
        get('-H', 'Host: shop.example.com', 'http://127.0.0.1/') == 'the shop\n'
        get('-g', '-i', '-H', 'Host: shop.example.com', 'http://[::1]/').contains('X-Site: shop')
        status('-H', 'Host: shop.example.com', 'http://127.0.0.1/nothing') == '404'
        host.run('systemctl', 'is-enabled', 'nginx').trim() == 'enabled'
    }

    def "the distribution's own site is gone, and the version of nginx is not told"() {
        expect:
        !host.attempt('test', '-e', '/etc/nginx/sites-enabled/default').ok
        host.attempt('test', '-e', '/etc/nginx/sites-available/default').ok
        get('-i', 'http://127.0.0.1/').readLines().contains('Server: nginx')
    }

    def "a program behind a proxy is reached over TLS, and plain requests are sent there"() {
        given:
        def before = pid()
        def site = STATIC + """\
            include(NginxSite, 'backend') {
                port 8080
                locations(['/': [default_type: 'text/plain', return: '200 "\$http_x_forwarded_proto \$http_host"']])
            }
            include(NginxSite, 'app') {
                serverNames(['app.example.com'])
                backends(['127.0.0.1:8080'])
                certificate '''$certificate'''
                certificateKey '''$key'''
                strictTransportSeconds 3600
            }
            """.stripIndent()

        expect:
        host.settles(site)
        pid() == before
        get('--cacert', '/tmp/cert.pem', '--resolve', 'app.example.com:443:127.0.0.1', 'https://app.example.com/') == 'https app.example.com'
        get('-k', '-i', '-H', 'Host: app.example.com', 'https://127.0.0.1/').contains('max-age=3600')
        status('-H', 'Host: app.example.com', 'http://127.0.0.1/a?b=c') == '301 https://app.example.com/a?b=c'
        get('-H', 'Host: shop.example.com', 'http://127.0.0.1/') == 'the shop\n'

        and: 'nobody else reads the key'
        host.run('stat', '-c', '%U %a', '/etc/nginx/app.key').trim() == 'root 600'
        host.converge(site.replace('127.0.0.1:8080', '127.0.0.1:8081'), '--dry-run').out.contains('8081')
        !host.converge(site, '--output', 'json').all.contains(key.readLines()[1])
    }

    def "a site that nginx refuses never takes its place, and the others are served on"() {
        when:
        def ran = host.converge(STATIC.replace("add_header: 'X-Site shop'", "add_headr: 'X-Site shop'"))

        then:
        ran.exit == 4
        ran.all.contains('unknown directive "add_headr"')
        !host.read('/etc/nginx/conf.d/shop.conf').contains('add_headr')
        host.attempt('nginx', '-t').ok
        get('-H', 'Host: shop.example.com', 'http://127.0.0.1/') == 'the shop\n'
        host.run('sh', '-c', 'ls -d /run/converge-nginx* 2>/dev/null || true') == ''
    }

    def "a site that is not active goes, with its key"() {
        expect:
        host.settles(STATIC + "include(NginxSite, 'app') { active false; certificate '''$certificate'''; certificateKey '''$key''' }\n")
        ['conf.d/app.conf', 'app.key', 'app.crt'].every { !host.attempt('test', '-e', "/etc/nginx/$it").ok }
        !host.attempt('curl', '-sSk', 'https://127.0.0.1/').ok
    }

    def "an answer can be where to go instead"() {
        expect:
        host.settles(STATIC + "include(NginxSite, 'old.example.com') { redirectTo 'https://new.example.com\$request_uri'; redirectForGood false }\n")
        status('-H', 'Host: old.example.com', 'http://127.0.0.1/x') == '302 https://new.example.com/x'
    }
}
