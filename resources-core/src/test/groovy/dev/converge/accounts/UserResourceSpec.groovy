package dev.converge.accounts

import static dev.converge.accounts.AccountHost.run

import dev.converge.HostTurn
import dev.converge.ProviderContractSpec
import dev.converge.model.Ensure
import dev.converge.model.Secret
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

/** Needs root: it makes and removes users of this machine. */
@Requires({ AccountHost.usable })
class UserResourceSpec extends ProviderContractSpec<UserResource> {
    @Shared
    @AutoCleanup
    HostTurn turn

    private static final int UID = 59881
    private static final String HASH = '$6$saltsalt$qFmFH.bQmmtXzyBY0s9v7Oicd2z4XSIecDzlB5KiA2/jctKu9YterLp8wwnSq.qc.eoxqOmSuNp2xS0ktL3nh/'

    @TempDir
    Path folder

    void setupSpec() {
        turn = HostTurn.take('accounts')
        AccountHost.clean()
        run('groupadd', 'cvgtestg1')
        run('groupadd', '-g', '59885', 'cvgtestg2')
    }

    void cleanup() {
        AccountHost.clean('cvgtestg1', 'cvgtestg2')
    }

    void cleanupSpec() {
        AccountHost.clean()
    }

    @Override
    TypeSchema<UserResource> schema() {
        new UserType()
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
    Map<String, Closure<UserResource>> samples() {
        [
            'plain user': { user() },
            'system user': { user(system: true, shell: '/usr/sbin/nologin') },
            'user with a number': { user(uid: UID) },
            'user with a duplicate number': { user(uid: 5, allowDuplicateUid: true) },
            'user with a primary group by name': { user(gid: 'cvgtestg1') },
            'user with a primary group by number': { user(gid: '59885') },
            'user with groups': { user(groups: ['cvgtestg1', 'cvgtestg2']) },
            'user with nothing but these groups': { user(groups: ['cvgtestg1'], exclusiveGroups: true) },
            'user with a comment': { user(comment: 'Grüße, 世界 ½') },
            'user with an empty comment': { user(comment: '') },
            'user with a recorded home': { user(home: '/nonexistent/cvgtest') },
            'user with a managed home': { user(home: folder.resolve('home'), manageHome: true) },
            'user with a password': { user(password: 'correct horse: battery § staple') },
            'user with a hash': { user(password: HASH) },
            'user with no valid password': { user(password: '*') },
            'user with a locked password': { user(password: 'open sesame', locked: true) },
            'locked user': { user(locked: true) },
            'unlocked user': { user(password: HASH, locked: false) },
            'user who expires': { user(expires: '2031-01-02') },
            'user who never expires': { user(expires: 'never') },
            'user with password ages': { user(passwordMaxAge: 90, passwordMinAge: 2, passwordWarnDays: 14) },
            'user without password ages': { user(passwordMaxAge: -1, passwordMinAge: -1, passwordWarnDays: -1) },
        ]
    }

    def "#attribute changes from #before to #after, and nothing else with it"() {
        given:
        converge(user([comment: 'c', shell: '/bin/sh', home: '/nonexistent/a', password: HASH] + [(attribute): before]))

        when:
        def change = converge(user((attribute): after)).get()

        then:
        change.attributes()*.attribute()*.name() == [attribute]
        difference(user((attribute): after)).empty
        difference(user([comment: 'c', shell: '/bin/sh', home: '/nonexistent/a', password: HASH] + [(attribute): after])).empty

        where:
        attribute          | before           | after
        'uid'              | UID              | 59882
        'gid'              | 'cvgtestg1'      | 'cvgtestg2'
        'groups'           | ['cvgtestg1']    | ['cvgtestg2']
        'comment'          | 'Ada'            | 'Ada Lovelace, née Byron'
        'home'             | '/nonexistent/b' | '/nonexistent/c'
        'shell'            | '/bin/sh'        | '/usr/sbin/nologin'
        'password'         | 'old one'        | 'new one'
        'password'         | HASH             | 'new one'
        'password'         | 'old one'        | HASH
        'expires'          | '2031-01-02'     | 'never'
        'expires'          | 'never'          | '2031-01-02'
        'passwordMaxAge'   | 90               | -1
        'passwordMinAge'   | 2                | 0
        'passwordWarnDays' | 14               | 7
    }

    def "groups #wanted of a user in #before gives #after when exclusive is #exclusive"() {
        given:
        converge(user(groups: before))

        when:
        converge(user(groups: wanted, exclusiveGroups: exclusive))

        then:
        difference(user(groups: after, exclusiveGroups: true)).empty

        where:
        before          | wanted          | exclusive || after
        ['cvgtestg1']   | ['cvgtestg2']   | false     || ['cvgtestg1', 'cvgtestg2']
        ['cvgtestg1']   | ['cvgtestg2']   | true      || ['cvgtestg2']
        ['cvgtestg1']   | []              | true      || []
    }

    def "several attributes go into one change, and the password is kept"() {
        given:
        converge(user(password: 'open sesame'))

        when:
        converge(user(uid: UID, comment: 'Ä', shell: '/bin/sh', locked: true, expires: '2031-01-02', passwordMaxAge: 9))

        then:
        difference(user(uid: UID, comment: 'Ä', shell: '/bin/sh', locked: true, expires: '2031-01-02', passwordMaxAge: 9)).empty
        difference(user(password: 'open sesame', locked: true)).empty
        difference(user(password: 'open sesame')).present

        when:
        converge(user(locked: false))

        then:
        difference(user(password: 'open sesame')).empty
    }

    def "a password is hashed with yescrypt, differently each time, and never shown"() {
        given:
        def hashes = (1..2).collect {
            converge(user(password: 'open sesame'))
            def hash = shadow()
            run('userdel', 'cvgtest')
            hash
        }

        expect:
        hashes.every { it.startsWith('$y$') }
        hashes.toSet().size() == 2

        when:
        def change = difference(user(password: 'open sesame')).get()

        then:
        !change.toString().contains('sesame')
    }

    def "a user without a password cannot log in with one"() {
        when:
        converge(user())

        then:
        shadow() == '!'
    }

    def "a managed home is made, moved with its files, and removed after a copy was kept"() {
        given:
        def home = folder.resolve('a/home')
        def moved = folder.resolve('moved')
        List<Path> kept = []

        when:
        converge(user(home: home, manageHome: true))
        Files.writeString(home.resolve('note'), 'kept')
        converge(user(home: moved, manageHome: true))

        then:
        !Files.exists(home)
        Files.readString(moved.resolve('note')) == 'kept'

        when:
        def gone = user(home: moved, manageHome: true)
        provider().apply(difference(gone, Ensure.ABSENT).get(), AccountHost.fresh(kept))

        then:
        !Files.exists(moved)
        kept.contains(moved)
    }

    def "a home that is only recorded is neither made nor removed"() {
        given:
        def home = Files.createDirectory(folder.resolve('home'))

        when:
        converge(user(home: home))
        converge(user(home: folder.resolve('other')))
        converge(user(home: home))
        converge(user(), Ensure.ABSENT)

        then:
        Files.isDirectory(home)
        !Files.exists(folder.resolve('other'))
    }

    def "a managed home that another user lives in too is left when its user goes"() {
        given:
        def home = folder.resolve('home')
        converge(user(home: home, manageHome: true))
        converge(user(name: 'cvgtest2', home: home.resolve('below')))

        when:
        converge(user(manageHome: true), Ensure.ABSENT)

        then:
        Files.isDirectory(home)
        new UserProvider().inspect('cvgtest', newHost()).empty
    }

    def "a new user joins the group of the same name when there is one"() {
        given:
        run('groupadd', '-g', '59886', 'cvgtest')

        when:
        converge(user())

        then:
        new UserProvider().inspect('cvgtest', newHost()).get().gid().get() == 'cvgtest'
    }

    def "a user that cannot be as declared fails before anything is written: #reason"() {
        given:
        run('useradd', '-M', '-d', '/usr', 'cvgtest2')

        when:
        converge(user(given), ensure)

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains(reason)
        failure.advice().present

        where:
        given                                                    | ensure         || reason
        [groups: ['cvgtestg1', 'cvgtestg9']]                     | Ensure.PRESENT || 'no group "cvgtestg9"'
        [gid: 'cvgtest-none']                                    | Ensure.PRESENT || 'no group "cvgtest-none"'
        [gid: '59888']                                           | Ensure.PRESENT || 'no group "59888"'
        [uid: 0]                                                 | Ensure.PRESENT || 'taken by the user "root"'
        [uid: -1]                                                | Ensure.PRESENT || 'cannot have the uid -1'
        [password: '']                                           | Ensure.PRESENT || 'is empty'
        [password: 'x\n']                                        | Ensure.PRESENT || '/etc/shadow cannot hold'
        [locked: false]                                          | Ensure.PRESENT || 'nothing to unlock'
        [name: 'cvgtest2', home: '/var/cache', manageHome: true] | Ensure.PRESENT || 'something is there already'
        [name: 'root']                                           | Ensure.ABSENT  || 'superuser'
    }

    def "a comment reaches the host in UTF-8 when Converge runs in the locale #locale"() {
        given: 'a JVM of its own, since a JVM decides at its start how command lines are encoded'
        def script = Files.writeString(folder.resolve('Comment.groovy'), """
            import dev.converge.accounts.*
            import dev.converge.model.*
            import dev.converge.provider.Change
            import dev.converge.schema.Difference
            def desired = UserResourceSpec.user(comment: 'Gr\\u00fc\\u00dfe \\u4e16')
            def spec = new UserResourceSpec()
            def change = Difference.between(new UserType(), spec.declared(desired), Optional.empty()).get()
            new UserProvider().apply(change, AccountHost.fresh())
            """.stripIndent())
        def java = System.getProperty('java.home') + '/bin/java'
        def builder = new ProcessBuilder(
            java, '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', System.getProperty('java.class.path'), 'groovy.ui.GroovyMain', script as String)
        builder.environment().putAll([LC_ALL: locale, LANG: locale])
        builder.redirectErrorStream(true)

        when:
        def process = builder.start()
        def output = process.inputStream.text

        then:
        output.empty
        process.waitFor() == 0
        difference(user(comment: 'Gr\u00fc\u00dfe \u4e16')).empty

        where:
        locale << ['C', 'POSIX', 'C.UTF-8']
    }

    def "users that are made at the same time do not get in each other's way"() {
        given:
        def names = (1..8).collect { "cvgtest-crowd$it" as String }
        def host = AccountHost.fresh()

        when:
        names.parallelStream().forEach { name ->
            def desired = user(name: name, groups: ['cvgtestg1'])
            provider().apply(Difference.between(schema(), declared(desired), Optional.empty()).get(), host)
        }

        then:
        names.every { difference(user(name: it, groups: ['cvgtestg1'])).empty }
    }

    def "describes a user without its password"() {
        given:
        converge(user(uid: UID, groups: ['cvgtestg1'], comment: 'Ä', password: 'open sesame'))

        expect:
        new UserProvider().names(newHost()).containsAll(['root', 'cvgtest'])
        with(new UserProvider().inspect('cvgtest', newHost()).get()) {
            it.uid().get() == UID
            it.gid().get() == 'cvgtest'
            it.groups().get() == ['cvgtestg1'] as Set
            it.comment().get().text() == 'Ä'
            it.password().empty
            it.locked().get() == false
        }
    }

    private static String shadow() {
        run('getent', 'shadow', 'cvgtest').tokenize(':')[1]
    }

    static UserResource user(Map given = [:]) {
        new UserResource(
            AccountName.parse(given.name ?: 'cvgtest'),
            Optional.ofNullable(given.uid as Integer),
            Optional.ofNullable(given.gid as String),
            Optional.ofNullable(given.groups as Set),
            given.exclusiveGroups ?: false,
            Optional.ofNullable(given.comment as String).map { Gecos.parse(it) },
            Optional.ofNullable(given.home as String).map { Path.of(it) },
            given.manageHome ?: false,
            Optional.ofNullable(given.shell as String).map { Path.of(it) },
            Optional.ofNullable(given.password as String).map { Secret.of(it) },
            Optional.ofNullable(given.locked as Boolean),
            Optional.ofNullable(given.expires as String).map { AccountExpiry.parse(it) },
            Optional.ofNullable(given.passwordMaxAge as Integer),
            Optional.ofNullable(given.passwordMinAge as Integer),
            Optional.ofNullable(given.passwordWarnDays as Integer),
            given.system ?: false,
            given.allowDuplicateUid ?: false)
    }
}
