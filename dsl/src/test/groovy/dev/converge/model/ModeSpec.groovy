package dev.converge.model

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir

/** Modes mean what chmod(1) makes of them. */
class ModeSpec extends Specification {
    static final List<Integer> STARTS = [0, 0644, 0755, 0600, 0777, 02750, 04755, 01777, 07777, 0111, 06000]

    static final List<String> FORMS = [
        'u+s', 'g+s', 'u-s', 'g-s', 'a-s', '+s', '-s', 'ug+s', 'o+s', 'u=s', 'g=s', '=s', 'a=s',
        '+t', '-t', 'a+t', 'o+t', 'u+t', 'o=t', '=t', 'u=rwx,+t', 'o=rx', 'o=', 'a=', '=', 'u=', 'ug=',
        'a=rX', 'a+X', 'u=rwX,go=rX', 'go-w', 'g-w,o=', 'u=rw,go=r', 'a=rx,u+w', 'u+r-w', 'u=r+w+x', 'a=rwx,o-rwx',
        'g=u', 'o=g', 'u=o', 'go=u', 'g=u-w', 'u+g', 'o-u', '=u', '+x', '-x', 'u=rwxs', 'g=rxs', 'g=rwx,g+s', 'uo=rst', 'a=rwxst',
        'g+Xs', 'u=,g+x', 'a-rwx', 'a+rwXst',
    ]

    @TempDir
    Path folder

    @Requires({ new File('/bin/chmod').canExecute() && 'root' == System.getProperty('user.name') })
    def "#form does to a #kind what chmod does, and a second time nothing"() {
        given:
        Mode mode = Mode.parse(form)
        boolean directory = kind == 'directory'
        List<Path> paths = STARTS.collect { int start ->
            def path = folder.resolve(Integer.toOctalString(start))
            directory ? Files.createDirectory(path) : Files.createFile(path)
            Files.setAttribute(path, 'unix:mode', start)
            path
        }

        when:
        def chmod = ['/bin/sh', '-c', 'umask 0; exec /bin/chmod "$@"', 'sh', '--', form, *paths*.toString()].execute()

        then:
        chmod.waitFor() == 0
        [STARTS, paths].transpose().every { int start, Path path ->
            int changed = (Files.getAttribute(path, 'unix:mode') as int) & 07777
            int ours = mode.resolve(start, directory)
            assert Integer.toOctalString(ours) == Integer.toOctalString(changed): "from ${Integer.toOctalString(start)}"
            def seen = directory ? Mode.ofDirectoryBits(ours) : Mode.ofBits(ours)
            assert mode.satisfiedBy(seen)
            true
        }

        where:
        [form, kind] << [FORMS, ['file', 'directory']].combinations()
    }

    def "the octal mode #written is the whole mode #shown"() {
        expect:
        Mode.parse(written).toString() == shown
        Mode.parse(written).resolve(07777, true) == Integer.parseInt(shown, 8)
        Mode.parse(written).satisfiedBy(Mode.ofBits(Integer.parseInt(shown, 8)))
        !Mode.parse(written).satisfiedBy(Mode.ofBits(Integer.parseInt(shown, 8) ^ 01))

        where:
        written || shown
        '0644' || '0644'
        '644' || '0644'
        '4755' || '4755'
        '1777' || '1777'
        '000' || '0000'
    }

    def "the mode '#wrong' is refused"() {
        when:
        Mode.parse(wrong)

        then:
        thrown(InvalidValueException)

        where:
        wrong << ['', '8', '0888', '64', '06444', 'rw', 'u', 'u=q', 'u=rw,', ',u=r', 'u=gr', 'u rw', 'x=r', 'u=rw go=r', '0x1ff', 'u=g,g=o']
    }
}
