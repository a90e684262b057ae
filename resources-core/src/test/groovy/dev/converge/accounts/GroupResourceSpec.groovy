package dev.converge.accounts

import static dev.converge.accounts.AccountHost.run

import dev.converge.HostTurn
import dev.converge.ProviderContractSpec
import dev.converge.model.Ensure
import dev.converge.provider.Action
import dev.converge.provider.Host
import dev.converge.provider.ResourceFailure
import dev.converge.schema.TypeSchema
import java.nio.file.Path
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared

/** Needs root: it makes and removes groups of this machine. */
@Requires({ AccountHost.usable })
class GroupResourceSpec extends ProviderContractSpec<GroupResource> {
    @Shared
    @AutoCleanup
    HostTurn turn

    private static final int GID = 59871

    void setupSpec() {
        turn = HostTurn.take('accounts')
    }

    void setup() {
        AccountHost.clean()
    }

    void cleanup() {
        AccountHost.clean()
    }

    @Override
    TypeSchema<GroupResource> schema() {
        new GroupType()
    }

    @Override
    Host newHost() {
        AccountHost.fresh()
    }

    @Override
    Collection<Path> watched() {
        AccountHost.FILES
    }

    /** The machine's own, which its packages change too. */
    @Override
    Collection<Path> undoable() {
        []
    }

    @Override
    Map<String, Closure<GroupResource>> samples() {
        [
            'plain group': { group() },
            'group with a number': { group(gid: GID) },
            'group with members': { group(members: [user('cvgtest1'), 'root']) },
            'group whose members are all': { group(members: [user('cvgtest1')], exclusive: true) },
            'system group': { group(system: true) },
        ]
    }

    def "a number that differs is changed, and only that"() {
        given:
        run('groupadd', '-g', '59870', 'cvgtest')
        run('gpasswd', '-M', 'root', 'cvgtest')

        when:
        def change = converge(group(gid: GID)).get()

        then:
        change.action() == Action.UPDATE
        change.attributes()*.attribute()*.name() == ['gid']
        run('getent', 'group', 'cvgtest') == "cvgtest:x:$GID:root\n"
    }

    def "members #wanted of a group with #before gives #after when exclusive is #exclusive"() {
        given:
        ['cvgtest1', 'cvgtest2', 'cvgtest3'].each { user(it) }
        run('groupadd', 'cvgtest')
        run('gpasswd', '-M', before.join(','), 'cvgtest')

        when:
        def change = converge(group(members: wanted, exclusive: exclusive))

        then:
        run('getent', 'group', 'cvgtest').trim().tokenize(':').drop(3).join().tokenize(',') as Set == after as Set
        change.present == (before as Set != after as Set)

        where:
        before                   | wanted                   | exclusive || after
        []                       | ['cvgtest1', 'cvgtest2'] | false     || ['cvgtest1', 'cvgtest2']
        ['cvgtest3']             | ['cvgtest1']             | false     || ['cvgtest1', 'cvgtest3']
        ['cvgtest1', 'cvgtest3'] | ['cvgtest1']             | false     || ['cvgtest1', 'cvgtest3']
        ['cvgtest1', 'cvgtest3'] | ['cvgtest1']             | true      || ['cvgtest1']
        ['cvgtest1']             | []                       | true      || []
        ['cvgtest1']             | []                       | false     || ['cvgtest1']
    }

    def "a group that cannot be as declared fails before anything is written: #reason"() {
        given:
        user('cvgtest1')

        when:
        converge(group(given), ensure)

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains(reason)
        failure.advice().present

        where:
        given                             | ensure         || reason
        [members: ['cvgtest9']]           | Ensure.PRESENT || 'no such user'
        [gid: 0]                          | Ensure.PRESENT || 'taken by the group "root"'
        [gid: -1]                         | Ensure.PRESENT || 'cannot have the gid -1'
        [name: 'cvgtest1']                | Ensure.ABSENT  || 'primary group of the user "cvgtest1"'
    }

    def "the group files go to the backups before they change"() {
        given:
        List<Path> kept = []
        def change = difference(group()).get()

        when:
        provider().apply(change, AccountHost.fresh(kept))

        then:
        kept == AccountHost.FILES.sort(false) { kept.indexOf(it) }
    }

    def "describes a group without being told what to look for"() {
        given:
        converge(group(gid: GID, members: ['root']))

        expect:
        new GroupProvider().names(newHost()).containsAll(['root', 'cvgtest'])
        with(new GroupProvider().inspect('cvgtest', newHost()).get()) {
            it.gid().get() == GID
            it.members().get() == ['root'] as Set
        }
        new GroupProvider().inspect('cvgtest-none', newHost()).empty
    }

    private static String user(String name) {
        run('useradd', '-M', name)
        name
    }

    private static GroupResource group(Map given = [:]) {
        new GroupResource(
            AccountName.parse(given.name ?: 'cvgtest'),
            Optional.ofNullable(given.gid as Integer),
            Optional.ofNullable(given.members as Set),
            given.exclusive ?: false,
            given.system ?: false)
    }
}
