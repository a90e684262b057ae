package dev.converge.file

import dev.converge.model.Content
import dev.converge.model.Secret
import dev.converge.model.Text
import java.nio.file.Files
import spock.lang.Requires

/** Owner, group, mode, ACL and extended attributes of a file. */
class FileOwnershipSpec extends FileSpecification {
    def "a new file without a mode is 0644, whatever the umask"() {
        when:
        converge(file(content: 'x'))

        then:
        mode(motd()) == '644'
    }

    def "a new file with a secret can be read by its owner alone, unless a mode is given"() {
        given:
        def secret = Content.of(Text.of(['pw=', Secret.of('geheim')]))

        when:
        converge(file(attributes + [content: secret]))

        then:
        mode(motd()) == expected

        where:
        attributes || expected
        [:] || '600'
        [showDiff: false] || '600'
        [mode: '0640'] || '640'
    }

    @Requires({ new File('/usr/bin/setfacl').exists() && new File('/usr/bin/setfattr').exists() })
    def "the ACL and the attributes of users outlive a new content"() {
        given:
        Files.writeString(motd(), 'old')
        run('setfacl', '-m', 'u:1234:rw', motd() as String)
        run('setfattr', '-n', 'user.origin', '-v', 'grüße', motd() as String)
        run('setfacl', '-d', '-m', 'u:4321:rw', folder as String)
        def acl = ['getfacl', '-p', '-n', motd() as String].execute().text

        when:
        converge(file(content: 'new'))

        then:
        Files.readString(motd()) == 'new'
        ['getfacl', '-p', '-n', motd() as String].execute().text == acl
        ['getfattr', '--only-values', '-n', 'user.origin', motd() as String].execute().inputStream.getText('UTF-8') == 'grüße'
    }

    @Requires({ 'root' == System.getProperty('user.name') })
    def "a change of owner or mode alone does not rewrite the file, nor lose its set-id bits"() {
        given:
        Files.writeString(motd(), 'x')
        Files.setAttribute(motd(), 'unix:mode', 04755)
        def inode = Files.getAttribute(motd(), 'unix:ino')

        when:
        def change = converge(file(content: 'x', owner: '1', group: '2')).get()

        then:
        change.attributes()*.attribute()*.name() == ['owner', 'group']
        Files.getAttribute(motd(), 'unix:ino') == inode
        Files.getAttribute(motd(), 'unix:uid') == 1
        Files.getAttribute(motd(), 'unix:gid') == 2
        mode(motd()) == '4755'
        kept.empty
    }

    def "the symbolic mode #symbolic turns #before into #after, and then there is nothing to do"() {
        given:
        Files.writeString(motd(), 'x')
        Files.setAttribute(motd(), 'unix:mode', Integer.parseInt(before, 8))
        def desired = file(mode: symbolic)

        when:
        converge(desired)

        then:
        mode(motd()) == after
        difference(desired).empty

        where:
        symbolic | before || after
        'u+s' | '755' || '4755'
        'a=rX' | '755' || '555'
        'a=rX' | '640' || '444'
        'g-w,o=' | '666' || '640'
        '+t' | '644' || '1644'
        'u=rw,go=r' | '777' || '644'
        'g=u' | '740' || '770'
    }
}
