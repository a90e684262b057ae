package dev.converge.cron

import dev.converge.FolderHost
import dev.converge.ProviderContractSpec
import dev.converge.model.InvalidValueException
import dev.converge.model.Secret
import dev.converge.model.Text
import dev.converge.provider.Host
import dev.converge.provider.ResourceFailure
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import spock.lang.Requires
import spock.lang.TempDir

/** Jobs of cron in a host that is a folder; cron takes only root's files, so root has to write them. */
@Requires({ System.getProperty('user.name') == 'root' })
class CronResourceSpec extends ProviderContractSpec<CronResource> {
    @TempDir
    Path root

    Path folder

    def setup() {
        folder = Files.createDirectories(root.resolve('etc/cron.d'))
        Files.writeString(root.resolve('etc/passwd'), 'root:x:0:0::/root:/bin/sh\napp:x:1000:1000::/srv:/bin/sh\n')
        Files.writeString(root.resolve('etc/group'), 'root:x:0:\n')
        Files.writeString(folder.resolve('backup'), '# of a package\n')
    }

    @Override
    CronType schema() {
        new CronType()
    }

    @Override
    Host newHost() {
        new FolderHost(root)
    }

    @Override
    Map<String, Closure<CronResource>> samples() {
        [
            'job': { job() },
            'job of a user': { job(user: 'app', schedule: '*/5 8-18 1,15 jan-mar mon-fri') },
            'job with a word for its schedule': { job(schedule: '@daily') },
            'job with a percent sign': { job(command: 'date +%F > /tmp/x') },
            'job with an environment': { job(environment: [PATH: '/bin:/usr/bin', MAILTO: '', GREETING: 'it\'s "me', A: ' b c']) },
            'job with a secret': { job(command: Text.of(['curl -u ', Secret.of('s3cret')])) },
        ]
    }

    private CronResource job(Map<String, ?> attributes = [:]) {
        def all = [command: '/bin/backup', schedule: '0 3 * * *'] + attributes
        all.command = all.command instanceof String ? Text.of(all.command) : all.command
        all.environment = (all.environment ?: [:]).collectEntries { key, value -> [key, value instanceof String ? Text.of(value) : value] }
        resource(all.remove('name') ?: 'backup', all)
    }

    def "the file says whose it is, sets the environment and has the job"() {
        when:
        converge(job(command: 'date +%F', user: 'app', environment: [MAILTO: 'a@b', X: 'y z']))

        then:
        folder.resolve('converge-backup').toFile().text == '# Managed by Converge: cron[backup]\nMAILTO=a@b\nX="y z"\n0 3 * * * app date +\\%F\n'
        PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve('converge-backup'))) == 'rw-r--r--'
        folder.resolve('backup').toFile().text == '# of a package\n'
    }

    def "a secret makes the file root's alone and is not shown"() {
        given:
        def wanted = job(command: Text.of(['curl -u ', Secret.of('s3cret')]))

        when:
        def change = converge(wanted).get()

        then:
        PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve('converge-backup'))) == 'rw-------'
        !(change as String).contains('s3cret')

        when:
        def other = difference(job(command: Text.of(['curl -u ', Secret.of('other')]))).get()

        then:
        !(other as String).contains('s3cret')
        provider().edits(other, newHost()).every { it.before().get().sensitive && it.after().get().sensitive }
        provider().inspect('backup', newHost()).get().sensitive
    }

    def "what somebody did to the file is a difference: #how"() {
        given:
        converge(job())
        def file = folder.resolve('converge-backup')

        when:
        edit(file.toFile())

        then:
        difference(job()).get().attributes()*.attribute()*.name() == names

        when:
        converge(job())

        then:
        difference(job()).empty

        where:
        how                  | names        | edit
        'another schedule'   | ['schedule'] | { File f -> f.text = f.text.replace('0 3', '0 4') }
        'another user'       | ['user']     | { File f -> f.text = f.text.replace('root', 'app') }
        'another job'        | ['others']   | { File f -> f.append('* * * * * root true\n') }
        'no last line end'   | ['others']   | { File f -> f.text = f.text.stripTrailing() }
        'a comment'          | ['others']   | { File f -> f.append('# mine\n') }
        'a variable'         | ['environment'] | { File f -> f.text = "A=b\n$f.text" }
        'another mode'       | ['mode']     | { File f -> Files.setPosixFilePermissions(f.toPath(), PosixFilePermissions.fromString('rw-rw-r--')) }
        'another owner'      | ['owner']    | { File f -> Files.setAttribute(f.toPath(), 'unix:uid', 1000) }
        'a long command'     | ['command']  | { File f -> f.text = f.text.replace('/bin/backup', 'x' * 2000 + '\r') }
        'bytes'              | ['command', 'schedule', 'user'] | { File f -> f.bytes = [0xff, 0] as byte[] }
        'nothing in it'      | ['command', 'schedule', 'user'] | { File f -> f.text = '' }
    }

    def "#schedule is a schedule"() {
        expect:
        CronSchedule.parse(schedule).text() == (text ?: schedule)

        where:
        schedule                   | text
        '* * * * *'                | null
        ' 0  3 *\t* * '            | '0 3 * * *'
        '*/15 0-23/2 1,15 * 7'     | null
        '0 0 31 DEC Sun'           | '0 0 31 dec sun'
        '0-10,50-59/3 * * * mon-fri' | null
        '@Reboot'                  | '@reboot'
    }

    def "#schedule is no schedule"() {
        when:
        CronSchedule.parse(schedule)

        then:
        thrown(InvalidValueException)

        where:
        schedule << ['', '* * * *', '* * * * * *', '60 * * * *', '-1 * * * *', '* 24 * * *', '* * 0 * *', '* * * 13 *', '* * * * 8',
            '5-1 * * * *', '*/0 * * * *', '5/10 * * * *', '* * * foo *', '* * * * fri-sun', ', * * * *', '1- * * * *', '@noon', 'a b c d e',
            '* * * * mon#1', '1,,2 * * * *', '~ * * * *']
    }

    def "#what is refused"() {
        when:
        job(attributes)

        then:
        thrown(InvalidValueException)

        where:
        what                       | attributes
        'a name with a dot'        | [name: 'backup.sh']
        'a name with a slash'      | [name: '../x']
        'a command of two lines'   | [command: 'a\nb']
        'an escaped percent sign'  | [command: 'date +\\%F']
        'a long command'           | [command: 'x' * 1000]
        'a user with a space'      | [user: 'a b']
        'a variable with a dash'   | [environment: ['A-B': 'c']]
        'a value of two lines'     | [environment: [A: 'b\nc']]
        'a value with all quotes'  | [environment: [A: '"b\'']]
    }

    def "an unknown user, and a host without cron, are said before anything is written"() {
        when:
        converge(job(user: 'nobody-here'))

        then:
        thrown(ResourceFailure)

        when:
        Files.delete(folder.resolve('backup'))
        Files.delete(folder)
        converge(job())

        then:
        def failure = thrown(ResourceFailure)
        failure.advice().get().contains("pkg 'cron'")
    }

    def "inspect lists the jobs that Converge keeps"() {
        given:
        converge(job())

        expect:
        provider().names(newHost()) == ['backup']
        provider().inspect('backup', newHost()).get() == job()
    }
}
