import dev.converge.testing.ManifestSpec

class ConvergeagentSpec extends ManifestSpec {
    static final Map<String, Object> SITE = [url: 'https://git.example.com/site.git']

    def "a timer on #system converges the host from a checkout of its site"() {
        given:
        facts system
        data convergeagent: SITE + [ref: 'production', path: 'servers', interval: '1h', splay: '10m', username: 'host', password: ' a "quoted" one\\']

        when:
        compile { include(Convergeagent) }

        then:
        contains directory(['/etc/converge/update', '/etc/converge/update/data']) { mode '0700' }
        contains file('/etc/converge/update/site.groovy') { mode '0600' }
        contains file('/etc/converge/update/data/common.yaml') {
            mode '0600'
            content '''\
                # Written by Converge, which undoes changes by hand.
                checkout: "/var/lib/converge-site"
                url: "https://git.example.com/site.git"
                ref: "production"
                username: "host"
                password: |2-
                   a "quoted" one\\
                '''.stripIndent()
        }
        contains timer('converge-run') {
            onBoot '1h'
            onUnitActive '1h'
            randomizedDelay '10m'
            settings { words -> words.toString().contains('-/usr/local/bin/converge --state-dir /var/lib/converge-update --time-limit 10m --quiet /etc/converge/update') }
            command '/usr/local/bin/converge', '--state-dir', '/var/lib/converge', '--time-limit', '25m', '--wait', '25m', '--quiet', '/var/lib/converge-site/servers'
        }
        contains directory('/etc/converge')
        contains file('/etc/converge/agent.yaml') {
            mode '0600'
            owner 'root'
            content '''\
                # Written by Converge, which undoes changes by hand.
                source:
                  url: "https://git.example.com/site.git"
                  ref: "production"
                  path: "servers"
                interval: "1h"
                splay: "10m"
                stateDir: "/var/lib/converge"
                onDrift: "enforce"
                reports:
                  - { type: "file" }
                '''.stripIndent()
        }
        orders file['/etc/converge/update/data/common.yaml'], timer['converge-run']
        containsNothingElse()

        where:
        system << systems('debian', 'ubuntu', 'rocky')
    }

    def "the daemon takes the place of the timer, with the files that it needs"() {
        given:
        data convergeagent: SITE + [daemon: true, drift: 'report', allowedSigners: '/etc/converge/allowed_signers', secretFiles: ['/etc/converge/token': 't0ken'],
            reports: [[type: 'http', url: 'https://reports.example.com/', tokenFile: '/etc/converge/token']], settings: [tags: ['web'], logLevel: 'debug']]

        when:
        compile { include(Convergeagent) }

        then:
        contains unit('converge-agent.service') { content { text -> ['Type=notify', 'ExecStart=/usr/local/bin/converge agent run', 'ExecReload=/bin/kill -HUP $MAINPID', 'WatchdogSec=5min'].every { text.readLines().contains(it) } } }
        contains service('converge-agent') { running true; enabled true; refresh 'reload'; subscribes file['/etc/converge/agent.yaml'] }
        contains timer('converge-run') { ensure 'absent' }
        contains file('/etc/converge/token') { content 't0ken\n'; mode '0600' }
        contains file('/etc/converge/agent.yaml') {
            content { text -> ['  allowedSigners: "/etc/converge/allowed_signers"', 'onDrift: "report"', 'logLevel: "debug"', '  - "web"',
                '  - { type: "http", url: "https://reports.example.com/", tokenFile: "/etc/converge/token" }'].every { text.readLines().contains(it) } }
        }
        lacks file['/etc/converge/update/site.groovy']
    }

    def "a version has a folder of its own, and what runs is switched in one step"() {
        given:
        data convergeagent: SITE + [version: '0.2.0', archiveSource: '/srv/converge-0.2.0.tar.gz']

        when:
        compile { include(Convergeagent) }

        then:
        contains directory('/opt/converge'), archive('/opt/converge/0.2.0') { source '/srv/converge-0.2.0.tar.gz'; strip 1 }
        contains link('/opt/converge/current') { target '0.2.0' }, link('/usr/local/bin/converge') { target '/opt/converge/current/converge' }
        orders archive['/opt/converge/0.2.0'], link['/opt/converge/current'], link['/usr/local/bin/converge'], timer['converge-run']
    }

    def "the package comes before the timer"() {
        given:
        data convergeagent: SITE + [packageName: 'converge']

        when:
        compile { include(Convergeagent) }

        then:
        contains pkg('converge')
        orders pkg['converge'], timer['converge-run']
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
        'a report of drift by a timer'  | SITE + [drift: 'report']     || "is for the daemon"
        'another word for drift'        | SITE + [drift: 'ignore']     || 'drift'
        'an interval without a unit'    | SITE + [interval: '30']      || 'interval'
        'no site'                       | [interval: '30m']            || 'url'
    }
}
