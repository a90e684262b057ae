package dev.converge.hosts

import dev.converge.FolderHost
import dev.converge.ProviderContractSpec
import dev.converge.model.Ensure
import dev.converge.model.InvalidValueException
import dev.converge.provider.Host
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.TempDir

/** Entries of a hosts file: what becomes of its text, and of the file. */
class HostsEntryResourceSpec extends ProviderContractSpec<HostsEntryResource> {
    @TempDir
    Path root

    Path file

    def setup() {
        file = Files.createDirectories(root.resolve('etc')).resolve('hosts')
        Files.writeString(file, '# ours\n127.0.0.1\tlocalhost\n::1 localhost ip6-localhost # six\n10.0.0.1 old.example.com old\n')
    }

    @Override
    HostsEntryType schema() {
        new HostsEntryType()
    }

    @Override
    Host newHost() {
        new FolderHost(root)
    }

    @Override
    Map<String, Closure<HostsEntryResource>> samples() {
        [
            'new entry': { resource('db.example.com', [ip: '10.0.0.5', aliases: ['db', 'database']]) },
            'entry with IPv6': { resource('db.example.com', [ip: 'fd00::5', comment: 'the database']) },
            'entry with another address': { resource('old.example.com', [ip: '10.0.0.2']) },
            'entry that is there': { resource('localhost', [ip: '127.0.0.1']) },
            'entry without aliases': { resource('old.example.com', [ip: '10.0.0.1', aliases: []]) },
        ]
    }

    def "#name #attributes takes #before to #after"() {
        given:
        def part = new HostsPart(resource(name, attributes))

        expect:
        part.with(before) == after
        part.with(after) == after
        part.in(after).get().elsewhere() == 'none'

        where:
        before                               | name   | attributes                                 || after
        ''                                   | 'd.x'  | [ip: '10.0.0.5']                           || '10.0.0.5\td.x\n'
        '# c\n'                              | 'd.x'  | [ip: '10.0.0.5', aliases: ['d']]           || '# c\n10.0.0.5\td.x d\n'
        '10.0.0.4   d.x  d # old'            | 'd.x'  | [ip: '10.0.0.5']                           || '10.0.0.5   d.x  d # old'
        '10.0.0.5   D.X  d'                  | 'd.x'  | [ip: '10.0.0.5', aliases: ['d']]           || '10.0.0.5   D.X  d'
        '10.0.0.5 d.x e f\n'                 | 'd.x'  | [ip: '10.0.0.5', aliases: ['d']]           || '10.0.0.5 d.x d\n'
        '10.0.0.5 d.x # a\n'                 | 'd.x'  | [ip: '10.0.0.5', comment: 'b']             || '10.0.0.5 d.x\t# b\n'
        '10.0.0.5 d.x # a\n'                 | 'd.x'  | [ip: '10.0.0.5', comment: '']              || '10.0.0.5 d.x\n'
        '::1 l six\n'                        | 'l'    | [ip: '127.0.0.1']                          || '::1 l six\n127.0.0.1\tl\n'
        '0:0:0:0:0:0:0:1 l\n'                | 'l'    | [ip: '::1']                                || '0:0:0:0:0:0:0:1 l\n'
        '127.0.0.1 l d.x m\n'                | 'd.x'  | [ip: '10.0.0.5']                           || '127.0.0.1 l m\n10.0.0.5\td.x\n'
        '10.0.0.4 d.x\n10.0.0.5 d.x\n'       | 'd.x'  | [ip: '10.0.0.5']                           || '10.0.0.5 d.x\n'
        '10.0.0.4 d.x d\n10.0.0.5 d.x\n'     | 'd.x'  | [ip: '10.0.0.5', aliases: ['d']]           || '10.0.0.5 d.x d\n'
        '10.0.0.4 d\n'                       | 'd.x'  | [ip: '10.0.0.5', aliases: ['d']]           || '10.0.0.5\td.x d\n'
        '10.0.0.5 l d.x\n'                   | 'd.x'  | [ip: '10.0.0.5']                           || '10.0.0.5 l d.x\n10.0.0.5\td.x\n'
        '10.0.0.4 d.x\r\n'                   | 'd.x'  | [ip: '10.0.0.5']                           || '10.0.0.5 d.x\r\n'
        'nonsense d.x\n#10.0.0.4 d.x\n'      | 'd.x'  | [ip: '10.0.0.5']                           || 'nonsense d.x\n#10.0.0.4 d.x\n10.0.0.5\td.x\n'
    }

    def "absent #name takes #before to #after"() {
        given:
        def part = new HostsPart(resource(name))

        expect:
        part.without(before) == after
        part.in(after).empty

        where:
        before                              | name  || after
        '10.0.0.5 d.x d\n::1 l\n'           | 'd.x' || '::1 l\n'
        '10.0.0.5 d.x\nfd00::5 d.x\n'       | 'd.x' || ''
        '127.0.0.1 l  d.x m # c\n'          | 'd.x' || '127.0.0.1 l m # c\n'
        '127.0.0.1 l\n'                     | 'd.x' || '127.0.0.1 l\n'
    }

    def "what contradicts an entry is a change of its own"() {
        given:
        Files.writeString(file, '10.0.0.5 d.x\n10.0.0.6 d.x\n')

        expect:
        difference(resource('d.x', [ip: '10.0.0.5'])).get().attributes().collect { [it.attribute().name(), it.before().get()] } == [['elsewhere', '10.0.0.6 d.x']]
    }

    def "inspect finds each entry, and it is in sync"() {
        expect:
        provider().names(newHost()) == ['localhost', 'old.example.com']
        def seen = provider().inspect('old.example.com', newHost()).get()
        seen.ip().get() as String == '10.0.0.1'
        seen.aliases().get()*.toString() == ['old']
        difference(seen).empty
        provider().inspect('old', newHost()).empty
    }

    def "an absent entry needs no address"() {
        when:
        converge(resource('old.example.com'), Ensure.ABSENT)

        then:
        !Files.readString(file).contains('old')
    }

    def "#name with #attributes is refused"() {
        when:
        resource(name, attributes)

        then:
        thrown(InvalidValueException)

        where:
        name        | attributes
        ''          | [:]
        'a b'       | [:]
        '-a'        | [:]
        'a..b'      | [:]
        '10.0.0.5'  | [:]
        'a#b'       | [:]
        'a'         | [ip: '10.0.0.256']
        'a'         | [ip: '10.0.0']
        'a'         | [ip: 'fd00::5::1']
        'a'         | [ip: 'b']
        'a'         | [ip: '']
        'a'         | [ip: '10.0.0.5', comment: 'a\nb']
    }
}
