package dev.converge.ssh

import dev.converge.FolderHost
import dev.converge.ProviderContractSpec
import dev.converge.diagnostic.SourceRange
import dev.converge.model.Catalog
import dev.converge.model.Declared
import dev.converge.model.Ensure
import dev.converge.model.Policy
import dev.converge.model.ResourceId
import dev.converge.provider.DeclaredResources
import dev.converge.provider.Host
import dev.converge.provider.ResourceFailure
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Requires
import spock.lang.TempDir

/** The keys that nobody declared, of a user in a host that is a folder. */
@Requires({ System.getProperty('user.name') == 'root' })
class AuthorizedKeysResourceSpec extends ProviderContractSpec<AuthorizedKeysResource> {
    private static final String KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJZ1cWxIOHIHlhqs0v7uUUWgp3rKDmtFfzFB0l1rqkbL'

    @TempDir
    Path root

    Path file

    def setup() {
        file = Files.createDirectories(root.resolve('home/alice/.ssh')).resolve('authorized_keys')
        Files.writeString(file, "# ours\n$KEY laptop\nno-pty $KEY old phone\n$KEY\n")
        Files.createDirectories(root.resolve('etc'))
        Files.writeString(root.resolve('etc/passwd'), "alice:x:0:0::/home/alice:/bin/sh\nbob:x:0:0::/home/bob:/bin/sh\n")
        Files.writeString(root.resolve('etc/group'), "root:x:0:\n")
    }

    @Override
    AuthorizedKeysType schema() {
        new AuthorizedKeysType()
    }

    @Override
    Host newHost() {
        def host = new FolderHost(root)
        def declared = ['alice:laptop', 'bob:old phone'].collect {
            new Declared(new ResourceId('authorizedKey', it), resource('alice'), Ensure.PRESENT, SourceRange.point('s', 1, 1), Policy.none())
        }
        DeclaredResources.publish(Catalog.of(declared, [], [], []).value().get(), host)
        host
    }

    @Override
    Map<String, Closure<AuthorizedKeysResource>> samples() {
        ['user with further keys': { resource('alice') }, 'user without a home': { resource('bob') }]
    }

    def "keys that nobody declared for this user go, all else stays"() {
        when:
        def change = converge(resource('alice')).get()

        then:
        change.attributes()[0].before().get() == 'old phone, a key without comment'
        file.toFile().text == "# ours\n$KEY laptop\n"
    }

    def "no line that an sshd may take for a key stays: #line"() {
        given:
        Files.writeString(file, "$line\n# ours\n$KEY laptop\n\n")

        when:
        converge(resource('alice'))

        then:
        file.toFile().text == "# ours\n$KEY laptop\n\n"

        where:
        line << [
            "$KEY a\u2028b", "$KEY a\u0085", "no-pty $KEY a\rb", "  \t$KEY  x", 'ssh-dss AAAAB3NzaC1kc3MAAACB old',
            'ssh-ed25519-cert-v01@openssh.com AAAA laptop', 'ssh-dss AAAA laptop', "command=\"x $KEY laptop",
        ]
    }

    def "outside a run nothing is removed, since nobody knows what is declared"() {
        when:
        provider().observe(resource('alice'), new FolderHost(root))

        then:
        thrown(ResourceFailure)
    }
}
