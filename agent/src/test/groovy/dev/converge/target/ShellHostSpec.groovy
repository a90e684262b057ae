package dev.converge.target

import dev.converge.converger.Applier
import dev.converge.converger.Converger
import dev.converge.converger.RunListener
import dev.converge.converger.RunOptions
import dev.converge.report.Outcome
import dev.converge.report.Run
import dev.converge.testhost.TestHost
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

/** A rendered script makes of a fresh host what a run would have made, and changes nothing when it is run again. */
@Requires({ TestHost.possible })
class ShellHostSpec extends Specification {
    static final String MANIFEST = '''
        group('ops') { gid 1500 }
        user('app') {
            uid 1501
            gid 'ops'
            home '/srv/app'
            comment "The app's user"
            shell '/bin/sh'
            groups 'adm'
            password '$6$salt$IxDD3jeSOb5eB1CX5LBsqZFVkJdido3OUILO5Ifz5iwMuTS4XMS130MTSuDDl3aCI6WouIL9AjRbLCelDCy.g.'
            expires '2040-01-01'
            passwordMaxAge 90
        }
        user('boss') { manageHome true; locked true }
        authorizedKey('boss', 'boss@laptop') {
            key 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJZ1cWxIOHIHlhqs0v7uUUWgp3rKDmtFfzFB0l1rqkbL'
            options 'no-pty', 'from="10.0.0.0/8"'
        }
        authorizedKeys('boss')
        def conf = file('/etc/app.conf') {
            content "name = 'it''s'\\nÁ ÉÿĀ ‰ € \\u0881\\n\\$HOME `id` \\\\\\\\ END\\nEND\\n"
            owner 'app'
            mode '0640'
            validate 'grep -q name %'
        }
        file('/etc/app.bin') { content 'AAECAwT/'; encoding 'base64' }
        file('/etc/app.short') { content 'no end €' ; mode 'u+x' }
        file('/etc/app.empty') { }
        file('/etc/motd') { content 'hello\\n' }
        file('/etc/issue.net') { ensure 'absent' }
        directory('/srv/app/a/b') { parents true; owner 'app'; mode '2750' }
        directory('/srv/tree') { source 'tree'; owner 'app'; fileMode '0600' }
        link('/srv/app/current') { target '/srv/app/a' }
        exec('make it') {
            shell 'echo "$X" > /srv/app/a/b/made'
            creates '/srv/app/a/b/made'
            environment X: 'a\\'b "c'
            user 'app'
            cwd '/srv/app'
            umask '0077'
        }
        exec('once') { command 'sh', '-c', 'echo x >> /var/tmp/once'; refreshOnly true; subscribes conf }
        command('a state') {
            test 'grep', '-q', 'state', '/var/tmp/state'
            set 'sh', '-c', 'echo state > /var/tmp/state'
        }
        line('/etc/modules', 'loop')
        line('/etc/numbers', '0644')
        line('/etc/login.defs', 'UMASK 027') { match '^UMASK\\\\s' }
        block('/etc/hosts', 'cluster') { create true; content "10.0.0.5 db\\n10.0.0.6 cache\\n" }
        hostsEntry('web.example.com', '10.0.0.7') { aliases 'web' }
        iniSetting('/etc/app.ini', 'server', 'port', '8080') { create true }
        cron('backup') { command '/bin/true --100%'; schedule '0 3 * * *'; requires directory['/etc/cron.d'] }
        directory('/etc/cron.d')
        unit('shop.service') {
            unit Description: 'The shop'
            service ExecStart: '/bin/sleep infinity'
            install WantedBy: 'multi-user.target'
            notifies service['shop']
        }
        service('shop') { running true; enabled true; subscribes conf }
        timer('tick') { onCalendar 'daily'; command '/bin/true' }
        timezone 'Europe/Berlin'
        tidy('/var/tmp') { matches '*.rubbish' }
        directory(['/srv/spool', '/srv/spool/kept'])
        file('/srv/spool/kept/file') { content 'x' }
        file('/srv/spool/kept/a[1]*') { content 'x' }
        tidy('/srv/spool') { age '7d'; recurse true; directories true }
        pkg('sudo') { recommends false }
        pkg('busybox') { ensure 'held' }
        pkg(['chrony', 'iproute2'])
        hostName 'shop-1'
        notice 'all done'
        '''

    @Shared
    @AutoCleanup
    TestHost machine = TestHost.start()

    @TempDir
    Path folder

    private RenderedSite site() {
        Path tree = Files.createDirectories(folder.resolve('files/tree/sub'))
        Files.writeString(tree.resolve('a'), 'a\n')
        Files.createSymbolicLink(tree.resolve('b'), Path.of('a'))
        new RenderedSite(folder, MANIFEST)
    }

    private differences(RenderedSite site) {
        new Converger(RenderedSite.TYPES, machine.host(), Applier.dryRun(), RunOptions.jobs(2))
            .converge(Run.begin('test'), site.catalog, RunListener.silent())
            .resources().findAll { !(it.outcome() instanceof Outcome.InSync) && it.declared().id().type() != 'notice' }
            .collect { "${it.declared().id()}: ${it.outcome()}" as String }
    }

    def "a script makes the host that a run would have made, and then has nothing to do"() {
        given:
        def site = site()
        Files.writeString(machine.path('/root/first-boot.sh'), site.shell(allowSecrets: true))
        machine.run('sh', '-c', 'echo 644 > /etc/numbers; cd /srv && mkdir -p spool/old/deep spool/young spool/kept && touch spool/old/deep/f "spool/kept/a[1]*" && touch -d 2020-01-01 spool/old/deep/f "spool/kept/a[1]*" spool/old/deep spool/old')

        when:
        def first = machine.attempt('sh', '/root/first-boot.sh')

        then:
        first.exit == 0 || { throw new AssertionError(first.output) }()
        differences(site) == []
        machine.path('/srv/spool').toFile().list().sort() == ['kept', 'young']
        machine.run('cat', '/var/log/apt/history.log').readLines().count { it ==~ /Install: (?=.*chrony:)(?=.*iproute2:).*/ } == 1

        when:
        def before = machine.run('sh', '-c', 'ls -lR --time-style=full-iso /etc /srv; cat /var/tmp/once; systemctl show -p ExecMainStartTimestamp shop')
        def second = machine.attempt('sh', '/root/first-boot.sh')

        then:
        second.exit == 0 || { throw new AssertionError(second.output) }()
        machine.run('sh', '-c', 'ls -lR --time-style=full-iso /etc /srv; cat /var/tmp/once; systemctl show -p ExecMainStartTimestamp shop') == before
        machine.run('cat', '/var/tmp/once') == 'x\n'
    }

    def "links that a user has among the keys lead to nothing of root's"() {
        given:
        machine.run('sh', '-c', "useradd -m mallory && cd /home/mallory && mkdir .ssh && ln -s /etc/shadow .ssh/authorized_keys.new && ln -s /etc/shadow .ssh/$link && chown -hR mallory .ssh")
        if (!links) {
            machine.run('sh', '-c', 'cd /home/mallory/.ssh && rm -f authorized_keys && echo "ssh-rsa AAAA other" > authorized_keys && chown mallory authorized_keys')
        }
        def shadow = machine.run('sh', '-c', 'stat -c "%u %a" /etc/shadow; cat /etc/shadow')
        def site = new RenderedSite(folder, """
            authorizedKey('mallory', 'laptop') { key 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJZ1cWxIOHIHlhqs0v7uUUWgp3rKDmtFfzFB0l1rqkbL' }
            authorizedKeys('mallory')
            """)
        Files.writeString(machine.path('/root/first-boot.sh'), site.shell())

        when:
        machine.attempt('sh', '/root/first-boot.sh')

        then:
        machine.run('sh', '-c', 'stat -c "%u %a" /etc/shadow; cat /etc/shadow') == shadow
        machine.run('cat', '/home/mallory/.ssh/authorized_keys').readLines()*.split(' ')*.getAt(2) == ['laptop']

        cleanup:
        machine.run('userdel', '-r', 'mallory')

        where:
        link              | links
        'authorized_keys' | true
        'other'           | false
    }

    /** A user's folder, with a program by which the user swaps what root makes there, while a check of root's runs. */
    private void mallory() {
        machine.run('sh', '-c', 'useradd -m mallory && cd /home/mallory && mkdir conf && echo old > conf/old && chown -R mallory conf && mkdir -p -m 0700 /srv/vault && echo kept > /srv/vault/file')
        Files.writeString(machine.path('/home/mallory/swap'), """#!/bin/sh
            cd /home/mallory/conf
            for made in .converge.* *.??????; do
                if [ -e "\$made" ]; then mv "\$made" "aside\$made" && ln -s /srv/vault/file "\$made"; fi
            done
            exit 0
            """.stripIndent())
        machine.run('chmod', '0755', '/home/mallory/swap')
    }

    def "a link that a user plants at #what leads to nothing of root's"() {
        given:
        mallory()
        machine.run('sh', '-c', "cd /home/mallory/conf && $planted && chown -hR mallory /home/mallory")
        def vault = { machine.run('sh', '-c', 'cd /srv/vault && ls -lAn --time-style=full-iso . && cat file') }
        def before = vault()
        Files.writeString(machine.path('/root/first-boot.sh'), new RenderedSite(folder, declared).shell())

        when:
        def ended = machine.attempt('sh', '/root/first-boot.sh')

        then:
        vault() == before
        ended.ok == done || { throw new AssertionError(ended.output) }()
        !done || machine.run('stat', '-c', '%F %U %a', '/home/mallory/conf/old') == 'regular file mallory 604\n'

        cleanup:
        machine.run('sh', '-c', 'userdel -r mallory; rm -rf /srv/vault')

        where:
        what                        | planted                                                        | done  | declared
        'the target'                | 'ln -sfn /srv/vault/file old'                                  | false | "file('/home/mallory/conf/old') { content 'x'; owner 'mallory' }"
        'a target with its content' | 'ln -sfn /srv/vault/file old'                                  | false | "file('/home/mallory/conf/old') { content 'kept\\n'; owner 'mallory'; mode '0604' }"
        'the name of the draft'     | 'true'                                                         | true  | "file('/home/mallory/conf/old') { content 'x'; owner 'mallory'; mode '0604'; validate 'runuser -u mallory -- /home/mallory/swap %' }"
        'a file that is edited'     | 'ln -sfn /srv/vault/file old'                                  | false | "line('/home/mallory/conf/old', 'x')"
        'the folder of a file'      | 'rm old; cd ..; rmdir conf; ln -s /srv/vault conf; mkdir -p mine; cd mine' | false | "file('/home/mallory/conf/new') { content 'x'; owner 'mallory' }"
        'a folder'                  | 'rm old; cd ..; rmdir conf; ln -s /srv/vault conf; mkdir -p mine; cd mine' | false | "directory('/home/mallory/conf') { owner 'mallory'; mode '0777' }"
        'the folder of a link'      | 'rm old; cd ..; rmdir conf; ln -s /srv/vault conf; mkdir -p mine; cd mine' | false | "link('/home/mallory/conf/new') { target 'x' }"
        'the folder of what goes'   | 'rm old; cd ..; rmdir conf; ln -s /srv/vault conf; mkdir -p mine; cd mine' | false | "file('/home/mallory/conf/file') { ensure 'absent' }"
        'the folder of the keys'    | 'ln -s /srv/vault ../.ssh'                                     | false | "authorizedKey('mallory', 'laptop') { key 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJZ1cWxIOHIHlhqs0v7uUUWgp3rKDmtFfzFB0l1rqkbL' }"
    }

    def "a part that fails is named, and nothing after it is done"() {
        given:
        def site = new RenderedSite(folder, """
            file('/etc/before') { content 'x' }
            exec('breaks') { command 'false' }
            file('/etc/after') { content 'x'; requires exec['breaks'] }
            """)
        Files.writeString(machine.path('/root/first-boot.sh'), site.shell())

        when:
        def ended = machine.attempt('sh', '/root/first-boot.sh')

        then:
        ended.exit != 0
        ended.output.contains('exec[breaks], declared at site.groovy:3')
        Files.exists(machine.path('/etc/before'))
        !Files.exists(machine.path('/etc/after'))
    }

    def "a package that cannot be had is named, and those before it are installed"() {
        given:
        def site = new RenderedSite(folder, """
            pkg 'curl'
            pkg 'no-such-package'
            """)
        Files.writeString(machine.path('/root/first-boot.sh'), site.shell())

        when:
        def ended = machine.attempt('sh', '/root/first-boot.sh')

        then:
        ended.exit != 0
        ended.output.contains('converge: pkg[no-such-package], declared at site.groovy:3 failed')
        machine.attempt('dpkg', '-s', 'curl').ok
    }
}
