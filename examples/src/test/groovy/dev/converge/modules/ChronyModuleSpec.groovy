package dev.converge.modules

import dev.converge.testhost.TestHost
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise

/** The module chrony on a real host, which serves the time without setting its clock: that is the machine's. */
@Stepwise
@Requires({ TestHost.possible })
class ChronyModuleSpec extends Specification {
    static final String SITE = '''\
        unit('chrony.service.d/container') {
            unit ConditionCapability: ''
            notifies service['chrony']
        }
        include(Chrony) {
            servers(['192.0.2.1': ['iburst', 'key 25'], '192.0.2.2': []])
            pools([:])
            queryhosts(['127.0.0.0/8'])
            denyqueryhosts(['127.0.0.9'])
            localStratum 7
            makestepSeconds 0.5
            maxupdateskew 50
            keys(['25 SHA256 HEX:1dc764e0791b11fa67efc7ecbc4b0d73f68a070c'])
            options '-x'
        }
        '''

    /** All that chrony 4.3 has; leapseclist and ptpdomain are of 4.6. */
    static final String EVERYTHING = '''\
        include(Chrony) {
            servers([a: ['iburst']]); pools([b: ['maxsources 4']]); peers([c: []]); refclocks(['PHC /dev/ptp0 poll 0'])
            sourcedir(['/etc/chrony/sources.d']); confdir(['/etc/chrony/conf.d'])
            minsources 2; minsamples 6; stratumweight 0.01; maxdistance 3; maxupdateskew 100; authselectmode 'mix'
            makestepSeconds 1; makestepUpdates(-1); maxslewrate 1000; initstepslew '30 a'; smoothtime '400 0.001 leaponly'
            leapsecmode 'slew'; leapsectz 'right/UTC'; rtconutc true; hwtimestamps([eth0: ['minpoll 0'], '*': []])
            queryhosts(['192.0.2.0/24']); denyqueryhosts(['192.0.2.9']); port 123; bindaddress(['192.0.2.1']); bindacqaddress(['192.0.2.1'])
            acquisitionport 0; localStratum 10; localOrphan true; clientlog true; clientloglimit 1000000; ntpsigndsocket '/var/lib/samba/ntp_signd'
            ptpport 319; cmdacl(['cmdallow 192.0.2.7', 'cmddeny 192.0.2']); cmdport 0
            ntsserverkey '/etc/k'; ntsservercert '/etc/c'; ntsport 4460; maxntsconnections 10; ntsprocesses 2; ntsdumpdir '/var/lib/chrony'
            ntsntpserver 'a'; ntsrotate 604800; ntstrustedcerts '/etc/ca.pem'; nocerttimecheck 1; nosystemcert true
            logOptions 'tracking measurements'; logbanner 32; logchange 1; mailonchange 'root'; threshold 1; dumpdir '/run/chrony'; lockAll true
            schedPriority 1
        }
        '''

    @Shared
    @AutoCleanup
    ModuleHost host = new ModuleHost('chrony')

    def "one run is enough, and the second changes nothing"() {
        expect:
        host.settles(SITE)
    }

    def "chronyd runs with that configuration"() {
        given:
        def printed = host.run('chronyd', '-p', '-f', '/etc/chrony/chrony.conf').readLines()

        expect:
        host.run('systemctl', 'is-active', 'chrony').trim() == 'active'
        printed.containsAll(['server 192.0.2.1 iburst key 25', 'server 192.0.2.2', 'allow 127.0.0.0/8', 'makestep 0.5 3'])
        host.run('chronyc', '-n', 'sources').readLines().count { it.contains('192.0.2.') } == 2
        host.run('chronyc', '-n', 'tracking').contains('Stratum         : 7')
    }

    def "it serves the time to whom it shall, and to nobody else"() {
        expect:
        host.run('chronyc', 'accheck', '127.0.0.1').contains('Access allowed')
        host.run('chronyc', 'accheck', '127.0.0.9').contains('Access denied')
        host.run('chronyc', 'accheck', '192.0.2.9').contains('Access denied')
        host.run('chronyd', '-Q', '-t', '5', 'server 127.0.0.1 iburst').contains('System clock wrong by')
    }

    def "a key is for its owner and chronyd alone, and no run shows it"() {
        when:
        def changed = host.converge(SITE.replace('25 SHA256 HEX:1dc7', '25 SHA256 HEX:2ec8'))

        then:
        changed.exit == 0
        changed.out.contains('file[/etc/chrony/chrony.keys]')
        !changed.all.contains('2ec8') && !changed.all.contains('1dc7')
        host.run('stat', '-c', '%U:%G %a', '/etc/chrony/chrony.keys').trim() == 'root:_chrony 640'
        host.read('/etc/chrony/chrony.keys').contains('25 SHA256 HEX:2ec8')
    }

    def "chronyd knows every directive that a parameter writes"() {
        given:
        def written = host.content('/etc/chrony/chrony.conf', EVERYTHING)
        host.write('/root/everything.conf', written)

        expect:
        written.readLines().count { it && !it.startsWith('#') } == 59
        host.attempt('chronyd', '-p', '-f', '/root/everything.conf').ok
    }

    def "a configuration that chronyd refuses never takes its place"() {
        given:
        def before = host.read('/etc/chrony/chrony.conf')

        when:
        def ran = host.converge(SITE.replace('localStratum 7', "localStratum 7\n            logOptions 'nonsense'"))

        then:
        ran.out.contains('Invalid log parameter')
        host.read('/etc/chrony/chrony.conf') == before
        host.run('systemctl', 'is-active', 'chrony').trim() == 'active'
    }

    def "#mistake is refused before the host is looked at"() {
        when:
        def ran = host.converge("include(Chrony) { $given }")

        then:
        ran.exit == 1
        ran.all.contains(message)

        where:
        mistake                       | given                           || message
        'serving time on no port'     | "queryhosts(['all']); port 0"   || 'port 0 serves none'
        'an NTS key without its pair' | "ntsserverkey '/etc/key'"       || 'needs both'
        'keys without a file'         | "keys(['1 x']); configKeys ''"  || 'names no file'
    }
}
