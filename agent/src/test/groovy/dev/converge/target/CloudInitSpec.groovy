package dev.converge.target

import static dev.converge.target.Plans.file
import static dev.converge.target.Plans.pkg
import static dev.converge.target.Plans.user

import dev.converge.firstboot.Guard
import dev.converge.firstboot.Ownership
import dev.converge.firstboot.Step
import dev.converge.model.Content
import dev.converge.model.Secret
import dev.converge.model.Text
import java.nio.file.Path
import java.util.zip.GZIPInputStream
import spock.lang.Specification
import tools.jackson.dataformat.yaml.YAMLMapper

/** Which keys steps get, in which order: cloud-init writes files first, and installs packages last. */
class CloudInitSpec extends Specification {
    static final Step RUN = Step.RunCommand.shell('true', Guard.NONE)
    static final Step FOLDER = new Step.MakeFolder(Path.of('/srv/a'), Ownership.UNSAID, false)
    static final String KEY = 'ssh-ed25519 AAAAC3Nza alice@example.com'

    private static Map<String, Object> keys(FirstBootPlan plan, RenderOptions options = new RenderOptions(false, false)) {
        def text = text(plan, options)
        assert text.startsWith('#cloud-config\n')
        assert CloudInitSchema.accepts(text)
        new YAMLMapper().readValue(text, Map)
    }

    private static String text(FirstBootPlan plan, RenderOptions options = new RenderOptions(false, false)) {
        new String(new CloudInitTarget(UserDataSize.any()).render(plan, options).value().get().bytes(), 'UTF-8')
    }

    def "#what is #key"() {
        expect:
        keys(Plans.of(it: [step])).subMap(entry.keySet()) == entry

        where:
        what                     | step                                                         || entry
        'a file'                 | file('/etc/motd', 'hello\n')                                 || [write_files: [[path: '/etc/motd', owner: 'root:root', permissions: '0644', content: 'hello\n']]]
        'a binary file'          | file('/etc/key', Content.of('\u0001'))                       || [write_files: [[path: '/etc/key', owner: 'root:root', permissions: '0644', encoding: 'b64', content: 'AQ==']]]
        'a short mode'           | file('/etc/motd', 'x', 'root', '600')                        || [write_files: [[path: '/etc/motd', owner: 'root:root', permissions: '0600', content: 'x']]]
        'a package'              | pkg('nginx')                                                 || [packages: ['nginx'], package_update: true]
        'a version'              | pkg('nginx', '1.22.1-9')                                     || [packages: [['nginx', '1.22.1-9']]]
        'a group'                | new Step.AddGroup('ops', Optional.empty(), false, [] as Set) || [groups: ['ops']]
        'a user'                 | user('alice', shell: '/bin/bash', uid: 1500)                 || [users: ['default', [name: 'alice', uid: 1500, shell: '/bin/bash', lock_passwd: true]]]
        'a user in groups'       | user('alice', groups: ['sudo', 'adm'], gid: 'users')         || [users: ['default', [name: 'alice', primary_group: 'users', groups: ['adm', 'sudo'], create_groups: false, lock_passwd: true]]]
        'a system user'          | user('app', system: true, manageHome: false, home: '/srv')   || [users: ['default', [name: 'app', homedir: '/srv', no_create_home: true, system: true, lock_passwd: true]]]
        'a user that expires'    | user('alice', expires: '2027-01-31')                         || [users: ['default', [name: 'alice', expiredate: '2027-01-31', lock_passwd: true]]]
        'a user that stays'      | user('alice', expires: 'never')                              || [users: ['default', [name: 'alice', lock_passwd: true]]]
        'a host name'            | new Step.SetHostname('web1')                                 || [hostname: 'web1', preserve_hostname: false]
        'a full host name'       | new Step.SetHostname('web1.example.com')                     || [hostname: 'web1', fqdn: 'web1.example.com', prefer_fqdn_over_hostname: true, preserve_hostname: false]
        'a time zone'            | new Step.SetTimezone('Europe/Berlin')                        || [timezone: 'Europe/Berlin']
        key = entry.keySet().first()
    }

    def "#what is left to shell"() {
        expect:
        keys(Plans.of(it: [step])).keySet() == ['runcmd'] as Set

        where:
        what                                        | step
        'a folder'                                  | FOLDER
        'a file without a mode, which may be there' | file('/etc/motd', 'x', 'root', null)
        'a file with a mode in letters'             | file('/etc/motd', 'x', 'root', 'u=rw')
        'a file with a check'                       | new Step.WriteFile(Path.of('/etc/sudoers'), Optional.of(Content.of('x')), Ownership.root('0440'), true, ['visudo -cf %'])
        'a system group'                            | new Step.AddGroup('ops', Optional.empty(), true, [] as Set)
        'a group with a number'                     | new Step.AddGroup('ops', Optional.of(700), false, [] as Set)
        'a group with members'                      | new Step.AddGroup('ops', Optional.empty(), false, ['alice'] as Set)
        'a user whom images have'                   | user('www-data')
        'a system user with a home'                 | user('app', system: true)
        'a package without what it recommends'      | new Step.InstallPackage('nginx', Optional.empty(), Optional.of(false), false)
        'a package that is held'                    | new Step.InstallPackage('nginx', Optional.empty(), Optional.empty(), true)
        'a pattern of versions'                     | pkg('nginx', '1.22*')
        'a file system'                             | new Step.FormatDisk('/dev/vdb', 'ext4', Optional.of('data'))
        'a mount'                                   | new Step.Mount('/dev/vdb', Path.of('/srv'), 'ext4', ['noatime'], 0, 2, true)
        'a service'                                 | new Step.SetUnit('nginx.service', Optional.of(true), Optional.of(true), Optional.empty())
        'a key of a user whom images have'          | new Step.AuthorizeKey('root', KEY)
    }

    def "a file has no more line ends than it shall have, whatever key comes next"() {
        expect:
        keys(Plans.of(file: [file('/etc/motd', text)], zone: [new Step.SetTimezone('UTC')])).write_files*.content == [text]

        where:
        text << ['a\n', 'a\n\n', 'a\nb\n\n\n']
    }

    def "#first before #second: #keys"() {
        given:
        def plan = Plans.of([first: [one], second: [two]], orders)
        def rendered = CloudInitSpec.keys(plan)

        expect:
        (rendered.keySet() - 'package_update') as List == keys
        (rendered.write_files ?: [])*.defer.contains(true) == deferred

        where:
        one                       | two                                  | orders                || keys                        | deferred
        pkg('nginx')              | file('/etc/nginx/a', 'x')            | []                    || ['packages', 'write_files'] | true
        file('/etc/nginx/a', 'x') | pkg('nginx')                         | []                    || ['write_files', 'packages'] | false
        user('app')               | file('/etc/app', 'x', 'app', '0640') | [['first', 'second']] || ['users', 'write_files']    | true
        user('app')               | file('/home/app/a', 'x')             | []                    || ['users', 'write_files']    | true
        FOLDER                    | file('/srv/a/b', 'x')                | [['first', 'second']] || ['runcmd']                  | false
        FOLDER                    | file('/etc/b', 'x')                  | []                    || ['write_files', 'runcmd']   | false
        RUN                       | pkg('nginx')                         | [['first', 'second']] || ['runcmd']                  | false
        RUN                       | user('app')                          | [['first', 'second']] || ['runcmd']                  | false
        pkg('tzdata')             | new Step.SetTimezone('UTC')          | [['first', 'second']] || ['packages', 'runcmd']      | false
        pkg('zsh')                | user('app', shell: '/bin/zsh')       | [['first', 'second']] || ['packages', 'runcmd']      | false
        first = one.class.simpleName
        second = two.class.simpleName
    }

    def "keys to log in with are those of their user"() {
        when:
        def rendered = keys(Plans.of([alice: [user('alice')], key: [new Step.AuthorizeKey('alice', KEY)]], [['alice', 'key']]))

        then:
        rendered == [users: ['default', [name: 'alice', lock_passwd: true, ssh_authorized_keys: [KEY]]]]
    }

    def "a service is restarted once, after what has a key and what has none"() {
        given:
        def files = [key: [file('/etc/a', 'x')], shell: [file('/etc/b', 'x', 'root', null)]]
        def service = [new Step.SetUnit('a.service', Optional.empty(), Optional.of(true), Optional.empty())]

        when:
        def script = keys(Plans.of(files + [service: service], [['key', 'service'], ['shell', 'service']], [service: [new Step.RefreshUnit('a.service', false)]])).runcmd

        then:
        script.size() == 1
        script[0].readLines().count { it == 'refresh a.service restart' } == 1
        script[0].indexOf('/etc/b') < script[0].indexOf('\nrunning a.service')
    }

    def "secrets are refused at the manifest's line, and written for root alone where they are allowed"() {
        given:
        def plan = Plans.of(token: [file('/etc/token', Content.of(Text.of(Secret.of('xyzzy'))), 'root', '0600')])

        when:
        def refused = new CloudInitTarget(UserDataSize.any()).render(plan, new RenderOptions(false, false))

        then:
        !refused.ok
        refused.diagnostics()*.at()*.get()*.line() == [1]
        refused.diagnostics()[0].suggestion().get().contains('--bootstrap')
        !refused.toString().contains('xyzzy')

        and:
        keys(plan, new RenderOptions(false, true)).keySet() == ['runcmd'] as Set
    }

    def "a password is the hash that the manifest has, where secrets are allowed"() {
        given:
        def plan = Plans.of(alice: [user('alice', password: Secret.of('$6$salt$hash'))])

        expect:
        keys(plan, new RenderOptions(false, true)).users[1] == [name: 'alice', passwd: '$6$salt$hash', lock_passwd: false]
    }

    def "what is too large for EC2 is packed, and where that is not enough refused"() {
        given:
        def target = new CloudInitTarget(UserDataSize.ofClouds())
        def noise = new Random(1)
        def lines = (1..count).collect { random ? Long.toHexString(noise.nextLong()) : 'the same line' }.join('\n') + '\n'
        def files = (1..20).collectEntries { [("f$it" as String): [file("/etc/f$it", lines)]] }

        when:
        def rendered = target.render(Plans.of(files), new RenderOptions(false, false))

        then:
        rendered.diagnostics()*.summary() == told
        rendered.ok == fits
        !fits || rendered.value().get().isText() == told.empty
        !fits || rendered.value().get().bytes().length <= 16_384
        told != ['User-data packed'] || new GZIPInputStream(new ByteArrayInputStream(rendered.value().get().bytes())).text.startsWith('#cloud-config\n')

        where:
        count | random || told                    | fits
        10    | false  || []                      | true
        100   | false  || ['User-data packed']    | true
        2000  | true   || ['User-data too large'] | false
    }

    def "each entry tells whose it is, and the same plan gives the same bytes"() {
        given:
        def plan = { Plans.of(motd: [file('/etc/motd', 'hello\n')], curl: [pkg('curl')]) }

        expect:
        text(plan()) == text(plan())
        text(plan()) == '''\
            #cloud-config
            # Made by converge render: brings a new machine to what the manifest says.

            write_files:
              # thing[motd]  site.groovy:1
              - path: /etc/motd
                owner: "root:root"
                permissions: "0644"
                content: |
                  hello

            package_update: true

            packages:
              # thing[curl]  site.groovy:2
              - curl
            '''.stripIndent()
    }

    def "long text is packed where that makes it shorter"() {
        given:
        def same = 'the same line\n' * 500

        when:
        def entry = keys(Plans.of(it: [file('/etc/long', same)])).write_files[0]

        then:
        entry.encoding == 'gz+b64'
        new GZIPInputStream(new ByteArrayInputStream(entry.content.decodeBase64())).text == same
    }
}
