package dev.converge.augeas

import static dev.converge.augeas.ConfigurationFiles.shipped

import dev.converge.FolderHost
import dev.converge.ResourceSpecification
import dev.converge.model.Ensure
import dev.converge.model.InvalidValueException
import dev.converge.model.Secret
import dev.converge.model.Text
import dev.converge.provider.Host
import dev.converge.testhost.Shell
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.TempDir

/** A first boot writes a setting as a run does, byte for byte, whichever awk the machine has. */
class SettingFirstBootSpec extends ResourceSpecification<SettingResource> {
    static final String SSHD = '/etc/ssh/sshd_config'
    static final List<List<String>> AWKS = [['mawk'], ['gawk'], ['busybox', 'awk']].findAll { Shell.has(it[0]) }

    @TempDir
    Path folder

    @Override
    SettingType schema() {
        new SettingType()
    }

    @Override
    Host newHost() {
        new FolderHost(folder)
    }

    def "#key = #value in #file as it is shipped"() {
        expect:
        alike(file, shipped(file), key, value)

        where:
        file                   | key                    | value
        SSHD                   | 'PermitRootLogin'      | 'no'
        SSHD                   | 'permitrootlogin'      | 'no'
        SSHD                   | 'UsePAM'               | 'no'
        SSHD                   | 'usepam'               | 'no'
        SSHD                   | 'UsePAM'               | 'yes'
        SSHD                   | 'AllowUsers'           | 'root admin'
        SSHD                   | 'Ciphers'              | 'aes256-ctr,aes128-ctr'
        '/etc/sysctl.conf'     | 'net.ipv4.ip_forward'  | '1'
        '/etc/sysctl.conf'     | 'vm.swappiness'        | '10'
        '/etc/login.defs'      | 'UMASK'                | '027'
        '/etc/login.defs'      | 'SULOG_FILE'           | '/var/log/sulog'
        '/etc/default/ssh'     | 'SSHD_OPTS'            | '-4 -o "X Y"'
        '/etc/default/ssh'     | 'SSHD_OPTS'            | '-4'
        '/etc/default/ssh'     | 'PRICE'                | '5 $'
        '/etc/default/useradd' | 'SHELL'                | '/bin/bash'
        '/etc/default/useradd' | 'HOME'                 | '/srv/home'
        '/etc/default/useradd' | 'SKEL'                 | "it's"
    }

    def "#key = #value in #text"() {
        expect:
        alike(file, text, key, value)

        where:
        file               | key                | value     | text
        SSHD               | 'PermitRootLogin'  | 'no'      | '#PermitRootLogin prohibit-password\nPort 22\nMatch User bob\n    PermitRootLogin yes\n'
        SSHD               | 'MaxAuthTries'     | '3'       | 'Port 22\n\nMatch User bob\n    X11Forwarding no\n'
        SSHD               | 'MaxAuthTries'     | '3'       | '  # MaxAuthTries of all is 6\nPort 22\n'
        SSHD               | 'Banner'           | 'new'     | 'Banner a\nbanner\tb\n'
        SSHD               | 'Banner'           | 'new'     | 'Banner=a\n'
        SSHD               | 'AllowUsers'       | 'a b'     | 'AllowUsers  a\tb\n'
        SSHD               | 'UsePAM'           | 'no'      | ''
        '/etc/sysctl.conf' | 'kernel.x'         | '1'       | 'kernel.x = a\nkernel.x=b # why\n'
        '/etc/sysctl.conf' | 'kernel.x'         | '1 2'     | ';kernel.x = 0\n#kernel.x=0\n\n'
        '/etc/sysctl.conf' | 'kernel.x'         | '1'       | '  kernel.x = "a b"\n'
        '/etc/sysctl.conf' | 'kernel.x'         | '1'       | 'kernel.xy = 2\nkernel-x = 3\n'
        '/etc/default/ssh' | 'A'                | 'new'     | 'export A="a"\n'
        '/etc/default/ssh' | 'A'                | 'new'     | "A='a' # why\nB=1;\n"
        '/etc/default/ssh' | 'A'                | "it's"    | "A='a'\n"
        '/etc/default/ssh' | 'A'                | 'x y'     | 'A=1\nA=2\n'
        '/etc/default/ssh' | 'A'                | 'x y'     | 'A="x y"\n'
        '/etc/default/ssh' | 'A'                | 'new'     | '#A=a\n#\n\nB=1\n'
        '/etc/default/ssh' | 'A'                | 'new'     | '#A comes later\nB=1\n'
    }

    def "absent takes each line of #key"() {
        expect:
        alike(file, text, key, '', Ensure.ABSENT)

        where:
        file               | key      | text
        SSHD               | 'Banner' | '#Banner none\nBanner a\nBanner b\nMatch User x\n  Banner c\n'
        '/etc/sysctl.conf' | 'k'      | 'k = 1\nl = 1\nk = 2\n'
        '/etc/sysctl.conf' | 'k'      | 'l = 1\n'
    }

    def "what it cannot tell it leaves alone, and says so: #key in #text"() {
        when:
        def ended = boot(setting(file, key, '1'), text, AWKS[0])

        then:
        !ended.ok
        ended.output.contains(said)
        read(file) == text

        where:
        file               | key    | text                               || said
        SSHD               | 'Port' | 'Port 22\nPort 2222\n'             || 'each may count'
        '/etc/default/ssh' | 'A'    | 'if [ -e /x ]; then\n  A=1\nfi\n'  || 'some cases only'
        '/etc/default/ssh' | 'A'    | 'A=$(date)\n'                      || 'not plain'
        '/etc/default/ssh' | 'A'    | 'A="a\nb"\n'                       || 'not plain'
    }

    def "a file whose settings are no lines is refused where it is declared: #file"() {
        when:
        SettingFirstBoot.steps(declared(setting(file, key, value)))

        then:
        def refused = thrown(InvalidValueException)
        refused.advice().present

        where:
        file                          | key            | value
        '/etc/mysql/my.cnf'           | 'mysqld/port'  | '1'
        '/etc/systemd/logind.conf'    | 'Login/X'      | '1'
        '/opt/unknown'                | 'x'            | '1'
        SSHD                          | 'Banner'       | 'a\nb'
        SSHD                          | 'Banner'       | ' a'
    }

    def "a secret is one in the step too"() {
        when:
        def step = SettingFirstBoot.steps(declared(resource('/etc/default/ssh:A', [value: Text.of(Secret.of('xyz zy')), create: true])))[0]

        then:
        step.program().environment().values()*.reveal().contains('"xyz zy"')
        !step.toString().contains('xyz zy')
    }

    private boolean alike(String file, String text, String key, String value, Ensure ensure = Ensure.PRESENT) {
        def wanted = setting(file, key, value)
        write(file, text)
        converge(wanted, ensure)
        def expected = read(file)
        AWKS.each { awk ->
            [text, expected].each { before ->
                def ended = boot(wanted, before, awk, ensure)
                assert ended.ok : ended.output
                assert read(file) == expected : awk
            }
        }
        true
    }

    private SettingResource setting(String file, String key, String value) {
        resource("$file:$key", [value: Text.of(value)])
    }

    /** As the rendered script does it: unless the guard says that nothing is to be done. */
    private Shell.Ended boot(SettingResource wanted, String text, List<String> awk, Ensure ensure = Ensure.PRESENT) {
        def file = wanted.name().file() as String
        write(file, text)
        def program = SettingFirstBoot.steps(declared(wanted, ensure))[0].program()
        def programs = Files.createDirectories(folder.resolve('programs'))
        Files.writeString(programs.resolve('awk'), "#!/bin/sh\nexec ${awk.join(' ')} \"\$@\"\n")
        programs.resolve('awk').toFile().executable = true
        def variables = program.environment().collect { name, given -> "$name=${given.reveal()}" as String } +
            ["FILE=${folder.resolve(file.substring(1))}" as String, "PATH=$programs:${System.getenv('PATH')}" as String]
        Shell.run(['env', *variables, 'sh', '-c', "{ ${program.guard().unless()[0].reveal()}; } || { { ${program.argv()[0].reveal()}\n} < \"\$FILE\" > \"\$FILE.new\" && mv \"\$FILE.new\" \"\$FILE\"; }"])
    }

    private void write(String file, String text) {
        def path = folder.resolve(file.substring(1))
        Files.createDirectories(path.parent)
        Files.writeString(path, text)
    }

    private String read(String file) {
        Files.readString(folder.resolve(file.substring(1)))
    }
}
