import dev.converge.testing.ManifestSpec

class ConvergeagentSpec extends ManifestSpec {
    static final Map<String, Object> SITE = [url: 'https://git.example.com/site.git']

    def "the agent on #system keeps the host as its repository says"() {
        given:
        facts system
        data convergeagent: SITE + [ref: 'production', path: 'servers', interval: '1h', splay: '10m', username: 'host', password: ' a "quoted" one\\']

        when:
        compile { include(Convergeagent) }

        then:
        contains directory('/etc/converge')
        contains file('/etc/converge/password') { mode '0600'; content 'a "quoted" one\\\n' }
        contains file('/etc/converge/agent.yaml') {
            mode '0600'
            owner 'root'
            content '''\
                # Written by Converge, which undoes changes by hand.
                source:
                  url: "https://git.example.com/site.git"
                  ref: "production"
                  path: "servers"
                  username: "host"
                  passwordFile: "/etc/converge/password"
                interval: "1h"
                splay: "10m"
                timeLimit: "1h"
                stateDir: "/var/lib/converge"
                onDrift: "enforce"
                reports:
                  - { type: "file" }
                '''.stripIndent()
        }
        contains unit('converge-agent.service') { content { text -> ['Type=notify', 'ExecStart=/usr/local/bin/converge agent run', 'ExecReload=/bin/kill -HUP $MAINPID', 'WatchdogSec=5min'].every { text.readLines().contains(it) } } }
        contains service('converge-agent') { running true; enabled true; refresh 'reload'; subscribes file['/etc/converge/agent.yaml'] }
        containsNothingElse()

        where:
        system << systems('debian', 'ubuntu', 'rocky')
    }

    def "further keys and the files that they name are written"() {
        given:
        data convergeagent: SITE + [drift: 'report', allowedSigners: '/etc/converge/allowed_signers', source: [sshKey: '/etc/converge/id'], secretFiles: ['/etc/converge/token': 't0ken'],
            reports: [[type: 'http', url: 'https://reports.example.com/', tokenFile: '/etc/converge/token']], settings: [tags: ['web'], logLevel: 'debug']]

        when:
        compile { include(Convergeagent) }

        then:
        contains file('/etc/converge/token') { content 't0ken\n'; mode '0600' }
        contains file('/etc/converge/agent.yaml') {
            content { text -> ['  allowedSigners: "/etc/converge/allowed_signers"', '  sshKey: "/etc/converge/id"', 'onDrift: "report"', 'logLevel: "debug"', '  - "web"',
                '  - { type: "http", url: "https://reports.example.com/", tokenFile: "/etc/converge/token" }'].every { text.readLines().contains(it) } }
        }
        lacks file['/etc/converge/password']
    }

    def "a version has a folder of its own, and what runs is switched in one step"() {
        given:
        data convergeagent: SITE + [version: '0.2.0', archiveSource: '/srv/converge-0.2.0.tar.gz']

        when:
        compile { include(Convergeagent) }

        then:
        contains directory('/opt/converge'), archive('/opt/converge/0.2.0') { source '/srv/converge-0.2.0.tar.gz'; strip 1 }
        contains link('/opt/converge/current') { target '0.2.0' }, link('/usr/local/bin/converge') { target '/opt/converge/current/converge' }
        orders archive['/opt/converge/0.2.0'], link['/opt/converge/current'], link['/usr/local/bin/converge'], unit['converge-agent.service']
    }

    def "the package comes before the agent"() {
        given:
        data convergeagent: SITE + [packageName: 'converge']

        when:
        compile { include(Convergeagent) }

        then:
        contains pkg('converge')
        contains unit('converge-agent.service') { content(~'ExecStart=/usr/bin/converge agent run') }
        orders pkg['converge'], unit['converge-agent.service']
    }

    def "#mistake is refused"() {
        given:
        data convergeagent: given

        when:
        compile { include(Convergeagent) }

        then:
        diagnostics.any { it.toString().contains(message) }

        where:
        mistake                         | given                        || message
        'a version without an archive'  | SITE + [version: '1.0']      || 'version and archiveSource belong together'
        'another word for drift'        | SITE + [drift: 'ignore']     || 'drift'
        'an interval without a unit'    | SITE + [interval: '30']      || 'interval'
        'no site'                       | [interval: '30m']            || 'url'
    }
}
