package dev.converge.watch

import dev.converge.testhost.TestHost
import java.nio.file.Files
import java.time.Duration
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Stepwise
import spock.lang.Timeout

/** What a booted Debian tells of itself: systemd by its signals, the rest by its files. */
@Requires({ TestHost.possible })
@Timeout(300)
@Stepwise
class BootedWatchSpec extends WatchSpecification {
    @Shared
    @AutoCleanup
    TestHost machine = TestHost.start()

    def setupSpec() {
        ['probe', 'other'].each {
            Files.writeString(machine.path("/etc/systemd/system/${it}.service"),
                "[Service]\nExecStart=/usr/bin/sleep infinity\n[Install]\nWantedBy=multi-user.target\n")
        }
        machine.run('systemctl', 'daemon-reload')
        machine.run('systemctl', 'enable', '--now', 'probe', 'other')
        machine.run('sh', '-ec', '''
            mkdir -p /root/shop/DEBIAN
            printf 'Package: shop\\nVersion: 1\\nArchitecture: all\\nMaintainer: Ada <ada@example.com>\\nDescription: x\\n' > /root/shop/DEBIAN/control
            printf '#!/bin/sh\\necho y > /etc/shop.conf\\n' > /root/shop/DEBIAN/postinst
            printf '#!/bin/sh\\nrm -f /etc/shop.conf\\n' > /root/shop/DEBIAN/postrm
            chmod 755 /root/shop/DEBIAN/p*
            dpkg-deb --build /root/shop /root/shop.deb''')
    }

    private void begin() {
        watch = new DriftWatch(types, machine.host(), WatchSettings.USUAL)
        watch.watch(catalog('''
            service('probe') { running true }
            service('later') { running true }
            unit('probe.service') { content 'x' }
            user('shop') { shell '/bin/sh' }
            group 'shop'
            pkg 'netcat-openbsd'
            file('/etc/shop.conf') { content 'x' }
            cron('backup') { command '/bin/true'
                schedule '0 3 * * *' }
        '''))
        // The first word of systemd is that anything may have moved.
        assert moved(['probe', 'later'] as Set).containsAll(['probe', 'later'])
        settle()
    }

    def "#command moves #expected"() {
        given:
        begin()

        when:
        machine.run('sh', '-ec', command)

        then:
        moved(expected as Set) == expected as Set

        where:
        command                                                                     || expected
        'systemctl stop probe'                                                      || ['probe']
        'systemctl start probe'                                                     || ['probe']
        'systemctl kill -s KILL probe'                                              || ['probe']
        'systemctl start probe'                                                     || ['probe']
        'systemctl disable probe'                                                   || ['probe', 'later']
        'rm -f /etc/systemd/system/probe.service; ln -s /dev/null /etc/systemd/system/probe.service' || ['probe', 'later', 'probe.service']
        'systemctl daemon-reload'                                                   || ['probe', 'later']
        'mkdir /etc/systemd/system/probe.service.d; printf "[Service]\\nNice=5\\n" > /etc/systemd/system/probe.service.d/x.conf; systemctl daemon-reload' || ['probe', 'later']
        'dpkg -i /root/shop.deb'                                                    || ['/etc/shop.conf', 'netcat-openbsd']
        'dpkg -r shop'                                                              || ['/etc/shop.conf', 'netcat-openbsd']
        'systemd-run -q --on-active=1 --timer-property=AccuracySec=1ms sh -c "echo z > /etc/shop.conf"' || ['/etc/shop.conf']
        'useradd shop'                                                              || ['shop']
        'usermod -s /bin/bash shop'                                                 || ['shop']
        'groupmod -g 4711 shop'                                                     || ['shop']
        'echo "* * * * * root true" > /etc/cron.d/converge-backup' || ['backup']
    }

    def "what another unit does moves nothing"() {
        given:
        begin()

        when:
        machine.run('systemctl', 'restart', 'other')

        then:
        watch.await(Duration.ofSeconds(1)).isEmpty()
    }

    def "looking at a unit that does not run moves nothing"() {
        given:
        begin()

        when:
        machine.run('systemctl', 'show', 'later')

        then:
        watch.await(Duration.ofSeconds(1)).isEmpty()
    }

    def "it goes on after systemd has started itself anew"() {
        given:
        machine.run('sh', '-ec', 'cd /etc/systemd/system; rm probe.service; cp other.service probe.service; systemctl daemon-reload')
        begin()

        when:
        machine.run('systemctl', 'daemon-reexec')

        then:
        moved(['probe', 'later'] as Set).containsAll(['probe', 'later'])

        when: 'the new conversation has begun'
        while (!watch.await(Duration.ofSeconds(2)).isEmpty()) { }
        machine.run('systemctl', 'restart', 'probe')

        then:
        moved(['probe'] as Set) == ['probe'] as Set
    }
}
