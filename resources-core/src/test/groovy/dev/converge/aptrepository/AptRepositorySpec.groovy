package dev.converge.aptrepository

import dev.converge.HostTurn
import dev.converge.ProviderContractSpec
import dev.converge.diagnostic.SourceRange
import dev.converge.model.Attribute
import dev.converge.model.Declared
import dev.converge.model.Ensure
import dev.converge.model.Policy
import dev.converge.model.ResourceId
import dev.converge.model.SiteFiles
import dev.converge.pkg.PkgProvider
import dev.converge.pkg.PkgType
import dev.converge.provider.Host
import dev.converge.provider.ResourceFailure
import dev.converge.schema.Difference
import dev.converge.schema.TypeSchema
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.TempDir
import spock.lang.Timeout

/** Needs root, apt and gpg: it adds repositories of its own to this machine, and takes them away again. */
@Requires({ SignedRepository.usable })
@Timeout(120)
class AptRepositorySpec extends ProviderContractSpec<AptRepositoryResource> {
    private static final String NAME = 'converge-test'
    private static final Path SOURCES = Path.of("/etc/apt/sources.list.d/${NAME}.sources")

    @Shared
    @AutoCleanup
    HostTurn turn

    @Shared
    @AutoCleanup
    SigningKeys keys = SigningKeys.make()

    @TempDir
    Path folder
    SignedRepository repository

    void setupSpec() {
        turn = HostTurn.take('packages')
    }

    void setup() {
        repository = new SignedRepository(folder, keys)
    }

    void cleanup() {
        repository.clean()
    }

    @Override
    TypeSchema<AptRepositoryResource> schema() {
        new AptRepositoryType()
    }

    @Override
    Host newHost() {
        repository.host()
    }

    @Override
    SiteFiles siteFiles() {
        { String name -> folder.resolve(name) }
    }

    @Override
    Collection<Path> watched() {
        [Path.of('/etc/apt'), folder.resolve('state')]
    }

    /** What apt fetches for itself stays. */
    @Override
    Collection<Path> undoable() {
        [Path.of('/etc/apt')]
    }

    @Override
    Map<String, Closure<AptRepositoryResource>> samples() {
        [
            'repository with a key as text': { signed(key: repository.key('mine')) },
            'repository with a key of the site': { signed(key: 'mine.asc') },
            'repository with a binary key': { signed(key: 'mine.gpg') },
            'repository with a key on the host': { signed(key: folder.resolve('mine.asc') as String) },
            'repository with a keyring of the host': { signed(signedBy: folder.resolve('mine.asc') as String) },
            'repository that is trusted unsigned': { signed(trusted: 'true') },
            'repository that is off': { signed(enabled: 'false', key: 'mine.asc') },
            'repository with everything': { signed(key: 'mine.asc', architectures: ['amd64'], sources: 'false', pinPriority: 900) },
        ]
    }

    def "the file says what sources.list(5) asks for"() {
        when:
        converge(resource(NAME, [uris: ['https://nginx.org/packages/debian'], suites: ['bookworm', 'trixie'], components: ['nginx', 'main'],
            key: 'mine.asc', architectures: ['amd64'], sources: 'true', enabled: 'false', pinPriority: 900]))

        then:
        Files.readString(SOURCES) == '''\
            Types: deb deb-src
            Enabled: no
            URIs: https://nginx.org/packages/debian
            Suites: bookworm trixie
            Components: nginx main
            Architectures: amd64
            Signed-By: /etc/apt/keyrings/converge-test.asc
            '''.stripIndent()
        new File('/etc/apt/preferences.d/converge-test.pref').text == 'Package: *\nPin: origin "nginx.org"\nPin-Priority: 900\n'
        new File('/etc/apt/keyrings/converge-test.asc').text == repository.key('mine')
    }

    def "a package is installed from a repository that was just added"() {
        given:
        def host = newHost()
        def wanted = signed(key: 'mine.asc')
        def provider = new PkgProvider()
        def pkg = pkg('converge-test-signed')
        provider.observe(pkg, host)
        converge(wanted)

        when:
        def change = Difference.between(new PkgType(), declaredPackage(pkg), provider.observe(pkg, host)).get()
        provider.apply(change, host)

        then:
        repository.run('dpkg-query', '-W', '-f', '${Status} ${Version}', 'converge-test-signed') == 'install ok installed 1.0'
    }

    def "the key of another: apt's words are told, and nothing of it stays"() {
        given:
        def before = SignedRepository.left()

        when:
        converge(signed(key: 'other.asc'))

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains('NO_PUBKEY')
        SignedRepository.left() == before
    }

    def "a component that the repository does not have is a failure, though apt only warns of it"() {
        given:
        def suite = Files.createDirectories(folder.resolve('parts/dists/stable'))
        Files.createDirectories(suite.resolve('main/binary-amd64'))
        Files.writeString(suite.resolve('main/binary-amd64/Packages'), '')
        Files.writeString(suite.resolve('Release'), 'Suite: stable\nComponents: main\nArchitectures: amd64\nDate: Fri, 01 May 2026 00:00:00 UTC\nSHA256:\n '
            + SignedRepository.sha256(suite.resolve('main/binary-amd64/Packages')) + ' 0 main/binary-amd64/Packages\n')
        def given = [uris: ["file:$folder/parts" as String], suites: ['stable'], trusted: 'true', architectures: ['amd64']]

        when:
        converge(resource(NAME, given + [components: ['main', 'mainn']]))

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains('mainn')
        !failure.message.contains("'main'")
        SignedRepository.left().empty

        when:
        converge(resource(NAME, given + [components: ['main']]))

        then:
        SignedRepository.left() == ['sources.list.d/converge-test.sources']
    }

    def "a priority that would hold for another repository of the same server too is refused"() {
        given: 'that apt knows a server only'
        def other = new File("/etc/apt/sources.list.d/$name")
        other.text = text
        def wanted = resource(NAME, [uris: ['https://pins.example.org/debian'], suites: ['bookworm-backports'], components: ['main'],
            key: 'mine.asc', enabled: 'false', pinPriority: 100])

        when:
        converge(wanted)

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains(other.path)
        failure.advice().get().contains('release n=bookworm-backports')

        cleanup:
        other.delete()

        where:
        name                          | text
        'converge-test-other.sources' | 'Enabled: no\nTypes: deb\nURIs:\n http://pins.example.org/debian\nSuites: bookworm\nComponents: main\n'
        'converge-test-other.list'    | '# deb [arch=amd64] http://pins.example.org/debian bookworm main\ndeb [arch=none] http://pins.example.org/debian bookworm main\n'
    }

    def "a repository that worked stays as it was when a change of it does not work"() {
        given:
        converge(signed(key: 'mine.asc'))
        def before = Files.readString(SOURCES)

        when:
        converge(signed([uris: ["file:$folder/none" as String], key: 'mine.asc']))

        then:
        thrown(ResourceFailure)
        Files.readString(SOURCES) == before
        difference(signed(key: 'mine.asc')).empty
    }

    def "a key that was exchanged is one change, and leaves no second key"() {
        given:
        converge(signed(key: 'mine.asc'))

        when:
        repository.publish('other')
        def change = converge(signed(key: 'other.gpg')).get()

        then:
        change.attributes()*.attribute()*.name() == ['key']
        SignedRepository.left() == ['keyrings/converge-test.gpg', 'sources.list.d/converge-test.sources']
        Files.readString(SOURCES).contains('Signed-By: /etc/apt/keyrings/converge-test.gpg\n')
    }

    def "fields and comments that are not given stay as they are"() {
        given:
        Files.writeString(SOURCES, "# by hand\nTypes: deb\nURIs: file:$repository.repository\nSuites:\n ./\nLanguages: none\nTrusted: yes\n")

        when:
        def change = converge(signed(key: 'mine.asc', trusted: 'false')).get()

        then:
        change.attributes()*.attribute()*.name() == ['key', 'trusted']
        Files.readString(SOURCES) == "# by hand\nTypes: deb\nURIs: file:$repository.repository\nSuites:\n ./\nLanguages: none\nSigned-By: /etc/apt/keyrings/converge-test.asc\n"
    }

    def "what a report shows is what is written"() {
        given:
        def wanted = signed(key: 'mine.asc', pinPriority: 500)
        def change = difference(wanted).get()

        when:
        def edits = provider().edits(change, newHost())
        converge(wanted)

        then:
        edits.collectEntries { [it.path() as String, it.after().get().text().get()] } ==
            [(SOURCES as String): Files.readString(SOURCES),
             '/etc/apt/preferences.d/converge-test.pref': new File('/etc/apt/preferences.d/converge-test.pref').text]
    }

    def "#what is no key, and said before anything is written"() {
        given:
        Files.write(folder.resolve('bad'), content.call(this) as byte[])

        when:
        converge(signed(key: 'bad'))

        then:
        def failure = thrown(ResourceFailure)
        (failure.message + failure.advice().get()).contains(reason)
        SignedRepository.left().empty

        where:
        what            | reason          | content
        'a web page'    | 'web page'      | { '<html>404</html>'.bytes }
        'nothing'       | 'no OpenPGP'    | { new byte[0] }
        'half a key'    | 'in the middle' | { it.repository.key('mine')[0..80].bytes }
        'a private key' | 'private key'   | { '-----BEGIN PGP PRIVATE KEY BLOCK-----\n'.bytes }
        'a keybox'      | 'keybox'        | { [0, 0, 0, 32, 1, 1, 0, 2, *'KBXf'.bytes] }
    }

    def "a file that holds several repositories is left alone"() {
        given:
        Files.writeString(SOURCES, 'Types: deb\nURIs: file:/a\nSuites: ./\n\nTypes: deb\nURIs: file:/b\nSuites: ./\n')

        when:
        converge(signed(key: 'mine.asc'))

        then:
        thrown(ResourceFailure)

        when:
        converge(resource(NAME), Ensure.ABSENT)

        then:
        thrown(ResourceFailure)
        Files.exists(SOURCES)

        when: 'it is inspected, nobody is told that it is absent'
        new AptRepositoryProvider().inspect(NAME, newHost())

        then:
        thrown(ResourceFailure)
        !new AptRepositoryProvider().names(newHost()).contains(NAME)
    }

    def "a login that somebody wrote into an address is not shown"() {
        given:
        Files.writeString(SOURCES, 'Types: deb\nURIs: https://me:s3cr3t@example.com/a\nSuites: ./\n')

        when:
        def change = difference(signed(key: 'mine.asc')).get()

        then:
        !change.attributes()*.toString().join().contains('s3cr3t')
        new AptRepositoryProvider().edits(change, newHost()).every { it.before().get().text().empty }
    }

    def "absent, nothing of it is left"() {
        given:
        converge(signed(key: 'mine.asc', pinPriority: 900))

        when:
        converge(resource(NAME), Ensure.ABSENT)

        then:
        SignedRepository.left().empty
    }

    def "describes the repositories of the host"() {
        given:
        def wanted = signed(key: 'mine.asc')
        converge(wanted)

        expect:
        new AptRepositoryProvider().names(newHost()).contains(NAME)
        with(new AptRepositoryProvider().inspect(NAME, newHost()).get()) {
            it.uris() == wanted.uris()
            it.signedBy().get() == Path.of('/etc/apt/keyrings/converge-test.asc')
        }
        difference(new AptRepositoryProvider().inspect(NAME, newHost()).get()).empty
    }

    private AptRepositoryResource signed(Map given) {
        resource(NAME, [uris: ["file:$repository.repository" as String], suites: ['./']] + given)
    }

    private static pkg(String name) {
        def schema = new PkgType()
        schema.create(schema.attributes().collect { attribute ->
            def one = { schema.parse(attribute.index(), it as String, null) }
            switch (attribute.shape()) {
                case Attribute.Shape.ONE:
                    return one(attribute.role() == Attribute.Role.ID ? name : attribute.defaultValue().get())
                case Attribute.Shape.LIST:
                    return []
                default:
                    return Optional.empty()
            }
        } as Object[])
    }

    private static declaredPackage(desired) {
        new Declared(new ResourceId('pkg', 'converge-test-signed'), desired, Ensure.PRESENT,
            SourceRange.point('site.groovy', 1, 1), Policy.none())
    }
}
