package dev.converge.accounts

import dev.converge.HostTurn
import dev.converge.language.SiteFolder
import dev.converge.model.Catalog
import dev.converge.model.Declared
import dev.converge.provider.DeclaredResources
import dev.converge.provider.ResourceFailure
import dev.converge.schema.Difference
import dev.converge.schema.TypeSchema
import java.nio.file.Path
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

/** Groups and users that name each other. Needs root: it makes and removes accounts of this machine. */
@Requires({ AccountHost.usable })
class MutualAccountsSpec extends Specification {
    static final String GROUP = "group('cvgtestops') { members 'cvgtestann' }"
    static final String USER = "user('cvgtestann') { groups 'cvgtestops' }"

    @Shared
    @AutoCleanup
    HostTurn turn

    @TempDir
    Path folder

    void setupSpec() {
        turn = HostTurn.take('accounts')
    }

    void setup() {
        AccountHost.clean()
    }

    void cleanup() {
        AccountHost.clean()
    }

    def "a group and a user who name each other converge in one run, whichever is declared first: #manifest"() {
        given:
        def catalog = new SiteFolder(folder).manifest(manifest).catalog()

        when:
        def changed = run(catalog)

        then:
        changed == ['group[cvgtestops]', 'user[cvgtestann]']
        run(catalog).empty

        where:
        manifest << ["$GROUP\n$USER", "$USER\n$GROUP", "$USER\n$GROUP".replace("groups", "gid 'cvgtestops'; groups")]*.toString()
    }

    def "a member whom nothing makes is refused still"() {
        when:
        run(new SiteFolder(folder).manifest("$GROUP\nuser('cvgtestbob') { groups 'cvgtestops' }").catalog())

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains('cvgtestann')
    }

    /** What had to change, in order. */
    private static List<String> run(Catalog catalog) {
        catalog.resources().findAll { converge(catalog, it) }*.id()*.toString()
    }

    private static boolean converge(Catalog catalog, Declared<?> declared) {
        TypeSchema schema = SiteFolder.TYPES.get(declared.id().type())
        def host = AccountHost.fresh()
        DeclaredResources.publish(catalog, host)
        def provider = schema.newProvider()
        def change = Difference.between(schema, declared, provider.observe(declared.desired(), host))
        change.ifPresent {
            provider.check(it, host)
            provider.apply(it, host)
        }
        change.present
    }
}
