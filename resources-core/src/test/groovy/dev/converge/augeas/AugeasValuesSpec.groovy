package dev.converge.augeas

import dev.converge.model.InvalidValueException
import java.nio.file.Path
import spock.lang.Specification

/** The values of augeas and setting: words, conditions, lenses, quotes. */
class AugeasValuesSpec extends Specification {
    def "#line is read and written as #again"() {
        expect:
        AugeasEdit.parse(line).toString() == again
        AugeasEdit.parse(again) == AugeasEdit.parse(line)

        where:
        line || again
        'set a b' || 'set a b'
        '  set   a   b c  ' || "set a 'b c'"
        'set a ""' || "set a ''"
        'set a' || "set a ''"
        'set a "b \'c\'"' || "set a 'b \\'c\\''"
        "set *[x = 'a b']/y 1" || "set *[x = 'a b']/y 1"
        'set "a b" c' || "set 'a b' c"
        'set a\\ b c' || 'set a\\ b c'
        'remove x' || 'rm x'
        'insert a after b' || 'ins a after b'
        'move a b' || 'mv a b'
        'setm a/* b c' || 'setm a/* b c'
        'clear a' || 'clear a'
        'clearm a b' || 'clearm a b'
        'touch a' || 'touch a'
    }

    def "#line is no edit"() {
        when:
        AugeasEdit.parse(line)

        then:
        InvalidValueException refusal = thrown()
        refusal.message.size() > 10

        where:
        line << ['', 'set', 'frob a', 'rm', 'rm a b', 'ins a b', 'ins a beside b', 'mv a', 'set "a b', 'found a']
    }

    def "#text is a condition"() {
        expect:
        Guard.parse(Guard.parse(text).toString()) == Guard.parse(text)

        where:
        text << ['match a size == 0', 'get a != b c', 'values a/* include b', 'match a == ["x", "y z"]', 'get a =~ ^x']
    }

    def "#text is no condition"() {
        when:
        Guard.parse(text)

        then:
        thrown(InvalidValueException)

        where:
        text << ['', 'match', 'match a', 'match a size', 'match a size = 0', 'match a size == x', 'get a', 'get a ~ b', 'get a =~ [', 'print a', 'match a include', 'match a == x']
    }

    def "the lens of #file is #lens"() {
        expect:
        KnownLenses.forFile(Path.of(file)).map { it.shown() } == Optional.ofNullable(lens)

        where:
        file || lens
        '/etc/ssh/sshd_config' || 'Sshd'
        '/etc/ssh/sshd_config.d/x.conf' || 'Sshd'
        '/etc/ssh/sshd_config.d/sub/x.conf' || null
        '/etc/sysctl.d/50-x.conf' || 'Sysctl'
        '/etc/sysctl.d/50-x.conf.bak' || null
        '/etc/php/8.2/cli/php.ini' || 'PHP'
        '/etc/default/ssh' || 'Shellvars'
        '/etc/default/grub' || 'Shellvars'
        '/srv/x' || null
        '/' || null
    }

    def "#text is the lens #name"() {
        expect:
        LensName.parse(text).text() == name

        where:
        text || name
        'Sshd' || 'Sshd.lns'
        'Sshd.lns' || 'Sshd.lns'
        'IniFile.lns_loose' || 'IniFile.lns_loose'
        '@Sshd' || '@Sshd'
    }

    def "no lens is called #text"() {
        when:
        LensName.parse(text)

        then:
        thrown(InvalidValueException)

        where:
        text << ['', 'sshd', 'Sshd lns', 'Sshd.', '/usr/share/x.aug', '@Sshd.lns']
    }

    def "a shell reads #written as #value"() {
        expect:
        ShellValue.literal(written) == Optional.ofNullable(value)

        where:
        written || value
        'a' || 'a'
        '"a b"' || 'a b'
        "'a \$b'" || 'a $b'
        '"a \\$b \\x"' || 'a $b \\x'
        'a\\ b' || 'a b'
        'a"b"\'c\'' || 'abc'
        '"$A"' || null
        '`x`' || null
        '"a' || null
    }

    def "a shell reads back #value where #old stood"() {
        expect:
        ShellValue.written(value, Optional.ofNullable(old)) == written
        ['sh', '-c', "X=$written; printf %s \"\$X\""].execute().text == value

        where:
        value | old || written
        'a' | null || 'a'
        '' | null || ''
        'a' | '"x"' || '"a"'
        'a' | "'x'" || "'a'"
        'a b' | null || '"a b"'
        'a b' | "'x'" || "'a b'"
        '$x' | null || "'\$x'"
        '$x' | '"y"' || '"\\$x"'
        "it's" | "'x'" || '"it\'s"'
        "it's \$5" | null || '"it\'s \\$5"'
        'a\\b"c' | null || "'a\\b\"c'"
    }

    def "libaugeas comes with #name where os-release says #release"() {
        expect:
        MissingLibrary.packageFor(release) == name

        where:
        release || name
        'ID=debian\n' || 'libaugeas0'
        'NAME=x\nID="rocky"\nID_LIKE="rhel centos fedora"\n' || 'augeas-libs'
        'ID=fedora\n' || 'augeas-libs'
        'ID=alpine\n' || 'augeas'
        '' || 'libaugeas0'
    }

    def "#original keeps its line ends"() {
        given:
        def lines = LensText.of(original)

        expect:
        lines.text() == text
        lines.restore(lines.text()) == original
        lines.restore(lines.text() + 'x\n') == longer

        where:
        original || text | longer
        'a\nb\n' || 'a\nb\n' | 'a\nb\nx\n'
        'a\nb' || 'a\nb\n' | 'a\nb\nx\n'
        'a\r\nb\r\n' || 'a\nb\n' | 'a\r\nb\r\nx\r\n'
        'a\r\nb\n' || 'a\r\nb\n' | 'a\r\nb\nx\n'
        '' || '' | 'x\n'
    }
}
