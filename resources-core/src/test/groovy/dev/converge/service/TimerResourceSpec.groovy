package dev.converge.service

import static dev.converge.service.SleepingUnit.SLEEPER

import dev.converge.language.SiteFolder
import dev.converge.model.Ensure
import dev.converge.model.InvalidValueException
import dev.converge.provider.ResourceFailure
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.TempDir

/** Timers that a real systemd waits with. */
class TimerResourceSpec extends SystemdFixture<TimerResource> {
    @TempDir
    Path site

    @Override
    TimerType schema() {
        new TimerType()
    }

    @Override
    Map<String, Closure<TimerResource>> samples() {
        [
            'timer with a command': { timer([onCalendar: ['daily'], command: ['/bin/true']]) },
            'timer for another unit': { unit('other.service'); timer([onBoot: '10m', onUnitActive: '1h', runs: 'other']) },
            'timer that waits for nothing': { timer([onCalendar: ['daily'], command: ['/bin/true'], running: false, enabled: false]) },
        ]
    }

    /** A timer that is gone after the test. */
    TimerResource timer(Map attributes) {
        instance('job.timer')
        instance('job.service')
        resource('job', attributes)
    }

    Path file(String name) {
        machine.path("/etc/systemd/system/$name")
    }

    def "a timer is two units, enabled and waiting"() {
        when:
        converge(timer([
            onCalendar: ['Mon..Fri 07:30', '*-*-01 04:00:00'], persistent: true, randomizedDelay: '5m', description: '100% backup',
            command: ['/bin/echo', 'two words', '$HOME', '100%', 'a"b\\'], user: 'daemon', settings: [Nice: '10'],
        ]))

        then:
        Files.readString(file('job.timer')) == '''\
            # Made by Converge for timer[job].
            [Unit]
            Description=100%% backup

            [Timer]
            OnCalendar=Mon..Fri 07:30
            OnCalendar=*-*-01 04:00:00
            Persistent=true
            RandomizedDelaySec=5m

            [Install]
            WantedBy=timers.target
            '''.stripIndent()
        shown('job.timer', 'ActiveState') == 'active'
        shown('job.timer', 'UnitFileState') == 'enabled'

        when:
        machine.run('systemctl', 'start', 'job.service')

        then:
        machine.run('journalctl', '--sync') == ''
        machine.run('journalctl', '-u', 'job', '-o', 'cat').readLines().contains('two words $HOME 100% a"b\\')
        shown('job.service', 'User') == 'daemon'
        shown('job.service', 'Nice') == '10'
    }

    def "a timer that comes runs its command"() {
        given:
        Files.deleteIfExists(machine.path('/run/came'))

        when:
        converge(timer([onCalendar: ['*-*-* *:*:*'], accuracy: '1ms', command: ['/bin/touch', '/run/came']]))

        then:
        new spock.util.concurrent.PollingConditions(timeout: 20).eventually {
            assert Files.exists(machine.path('/run/came'))
        }
    }

    def "another time is one change, and the timer waits for it"() {
        given:
        converge(timer([onCalendar: ['daily'], command: ['/bin/true']]))

        when:
        def change = converge(timer([onCalendar: ['Sun 03:00'], command: ['/bin/true']])).get()

        then:
        change.attributes()*.attribute()*.name() == ['timerFile']
        shown('job.timer', 'TimersCalendar').contains('OnCalendar=Sun *-*-* 03:00:00')
    }

    def "a timer that somebody stopped or disabled waits again: #command"() {
        given:
        def desired = timer([onCalendar: ['daily'], command: ['/bin/true']])
        converge(desired)
        machine.run('systemctl', command, 'job.timer')

        expect:
        converge(desired).get().attributes()*.attribute()*.name() == [attribute]
        difference(desired).empty

        where:
        command   || attribute
        'stop'    || 'running'
        'disable' || 'enabled'
    }

    def "a timer whose #file is not what systemd has read is read anew, as after a run that was killed"() {
        given:
        def desired = timer([onCalendar: ['daily'], command: ['/bin/true']])
        converge(desired)
        def written = this.file(file)
        def text = Files.readString(written)
        Files.writeString(written, text.replace('=daily', '=Sun 03:00').replace('/bin/true', '/bin/false'))
        machine.run('systemctl', 'daemon-reload')
        // Files are told apart by the second.
        machine.run('touch', '-d', '+2 seconds', "/etc/systemd/system/$file")
        Files.writeString(written, text)
        machine.run('touch', '-d', '+4 seconds', "/etc/systemd/system/$file")

        expect:
        converge(desired).get().attributes()*.attribute()*.name() == ['running']
        shown(file, 'NeedDaemonReload') == 'no'
        difference(desired).empty

        where:
        file << ['job.timer', 'job.service']
    }

    def "a service of a package is not put aside by a timer's own"() {
        given:
        unit('job.service', SLEEPER, '/usr/lib/systemd/system')

        when:
        provider().check(difference(timer([onCalendar: ['daily'], command: ['/bin/true']])).get(), newHost())

        then:
        def failure = thrown(ResourceFailure)
        failure.message.startsWith('/usr/lib/systemd/system/job.service') || failure.message.startsWith('/lib/systemd/system/job.service')
    }

    def "a package's own timer goes on when the one that was put before it is removed"() {
        given:
        unit('job.service', SLEEPER, '/usr/lib/systemd/system')
        unit('job.timer', '[Timer]\nOnCalendar=daily\n[Install]\nWantedBy=timers.target\n', '/usr/lib/systemd/system')
        converge(timer([onCalendar: ['Sun 03:00']]))

        when:
        converge(timer([:]), Ensure.ABSENT)

        then:
        [shown('job.timer', 'ActiveState'), shown('job.timer', 'UnitFileState')] == ['active', 'enabled']
    }

    def "many timers are asked for, read, enabled and started together"() {
        given:
        def timers = (1..4).collect { n ->
            ['timer', 'service'].each { instance("job-${n}.$it") }
            resource("job-$n", [onBoot: '1d', command: ['/bin/true']])
        }
        def host = during(timers)

        when:
        def failed = provider().applyAll(timers.collect { difference(it, host).get() }, host)

        then:
        failed.isEmpty()
        ran(host).findAll { it.startsWith('systemctl') }*.tokenize()*.get(3) == ['daemon-reload', 'enable', 'restart']

        when:
        def next = during(timers)

        then:
        timers.every { difference(it, next).empty }
        ran(next).size() == 1
    }

    def "a removed timer takes its own service with it, and leaves anybody else's"() {
        given:
        if (!own) {
            unit('job.service')
        }
        def desired = timer([onCalendar: ['daily']] + (own ? [command: ['/bin/true']] : [:]))
        converge(desired)

        when:
        converge(timer([:]), Ensure.ABSENT)

        then:
        shown('job.timer', 'LoadState') == 'not-found'
        !Files.exists(file('job.timer'))
        Files.exists(file('job.service')) == !own
        difference(timer([:]), Ensure.ABSENT).empty

        where:
        own << [true, false]
    }

    def "a time that systemd cannot read is said before anything is written"() {
        given:
        def desired = timer([onCalendar: ['daily', 'dayly'], command: ['/bin/true']])

        when:
        provider().check(difference(desired).get(), newHost())

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains("'dayly'")
        !Files.exists(file('job.timer'))
    }

    def "a timer needs what it starts: #what"() {
        given:
        if (foreign) {
            unit('job.service')
        }

        when:
        provider().check(difference(timer([onCalendar: ['daily']] + attributes)).get(), newHost())

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains(said)

        where:
        what               | foreign | attributes                || said
        'nothing is there' | false   | [:]                       || 'would start job.service'
        'another is not'   | false   | [runs: 'none']            || 'would start none.service'
        'not its own'      | true    | [command: ['/bin/true']]  || 'was not made for this timer'
    }

    def "contradictions are refused: #attributes"() {
        when:
        resource('job', attributes)

        then:
        thrown(InvalidValueException)

        where:
        attributes << [
            [command: ['/bin/true']],
            [onCalendar: ['daily'], command: ['/bin/true'], runs: 'other'],
            [onCalendar: ['daily'], user: 'daemon'],
            [onCalendar: ['daily'], command: ['/bin/echo hello']],
            [onCalendar: ['daily'], command: ['-/bin/true']],
        ]
    }

    def "a manifest declares it, after the unit that it starts"() {
        given:
        def folder = new SiteFolder(site).manifest('''
            timer('job') { onCalendar 'daily'; command '/bin/true', '-x'; settings Nice: 10 }
            timer('other.timer') { onBoot '5m' }
            timer('third') { onBoot '5m'; runs 'thing' }
            unit('other.service') { service ExecStart: '/bin/true' }
            unit('thing.service') { service ExecStart: '/bin/true' }
            timer('gone') { ensure 'absent' }
            ''')

        expect:
        folder.ids().indexOf('timer[other]') > folder.ids().indexOf('unit[other.service]')
        folder.ids().indexOf('timer[third]') > folder.ids().indexOf('unit[thing.service]')
    }

    def "a timer whose times and command have changed gets the former ones back"() {
        given:
        Path timer = machine.path('/etc/systemd/system/turned.timer')
        Path service = machine.path('/etc/systemd/system/turned.service')
        unit('turned.timer')
        unit('turned.service')
        [timer, service].each { Files.delete(it) }
        converge(resource('turned', [onCalendar: ['daily'], command: ['/bin/true']]))
        def before = [timer, service].collect { Files.readString(it) }

        expect:
        undone(resource('turned', [onCalendar: ['hourly'], command: ['/bin/false']]))
        [timer, service].collect { Files.readString(it) } == before
        difference(resource('turned', [onCalendar: ['daily'], command: ['/bin/true']])).empty
    }
}
