package dev.converge.pkg

import dev.converge.ProviderContractSpec
import dev.converge.model.Ensure
import dev.converge.model.SiteFiles
import dev.converge.provider.Change
import dev.converge.provider.Host
import dev.converge.provider.ResourceFailure
import dev.converge.schema.Difference
import dev.converge.schema.TypeSchema
import java.nio.file.Path
import spock.lang.TempDir

/** What is read of an Alpine host, and what its apk would be told. apk itself is a stand-in here, see {@link ApkHost}. */
class ApkPackagesSpec extends ProviderContractSpec<PkgResource> {
    @TempDir
    Path folder
    ApkHost alpine

    void setup() {
        alpine = new ApkHost(folder)
        alpine.offers = [nginx: ['1.24.0-r6', '1.24.0-r7', '1.26.0-r0'], curl: ['8.5.0-r0']]
    }

    @Override
    TypeSchema<PkgResource> schema() {
        new PkgType()
    }

    /** What the package manager notes for itself stays. */
    @Override
    Collection<Path> undoable() {
        []
    }

    @Override
    Host newHost() {
        alpine.host()
    }

    @Override
    SiteFiles siteFiles() {
        { String name -> Path.of(name) }
    }

    @Override
    Map<String, Closure<PkgResource>> samples() {
        [
            'plain package': { resource('nginx') },
            'latest package': { resource('nginx', [version: 'latest']) },
            'package of one version': { resource('nginx', [version: '1.24.0-r6']) },
            'package of any revision of a version': { resource('nginx', [version: '1.24.0']) },
            'package of a version that begins so': { resource('nginx', [version: '1.24.*']) },
            'held package': { resource('nginx', [hold: 'true']) },
            'package that is not held': { resource('nginx', [hold: 'false']) },
            'purged package': { resource('nginx', [purge: 'true']) },
        ]
    }

    def "from #before, #wanted tells apk: #told"() {
        given:
        alpine.write(before ? [nginx: before] : [:])

        when:
        converge(resource('nginx', wanted))

        then:
        alpine.ran.findAll { it.contains(' add ') } == told.collect { "apk --no-progress --wait 300 $it".toString() }
        difference(resource('nginx', wanted)).empty

        where:
        before      | wanted                                      || told
        null        | [:]                                         || ['add nginx']
        '1.24.0-r6' | [:]                                         || []
        '1.24.0-r6' | [version: 'latest']                         || ['add nginx=1.26.0-r0']
        '1.26.0-r0' | [version: 'latest']                         || []
        null        | [version: '1.24.*']                         || ['add nginx=1.24.0-r7']
        '1.24.0-r6' | [version: '1.24.0']                         || []
        '1.26.0-r0' | [version: '1.24.0', allowDowngrade: 'true'] || ['add nginx=1.24.0-r7']
        null        | [hold: 'true']                              || ['add nginx', 'add nginx=1.26.0-r0']
    }

    def "a package that the world names with a version is held: #line"() {
        given:
        alpine.write(nginx: '1.24.0-r7')
        alpine.root.resolve('etc/apk/world').toFile().text = "alpine-base\n$line\n"

        expect:
        provider().observe(resource('nginx'), newHost()).get().hold().get() == held

        where:
        line                   || held
        'nginx'                || false
        'nginx=1.24.0-r7'      || true
        'nginx~1.24'           || true
        'nginx@edge'           || false
        'nginx@edge=1.24.0-r7' || true
        'nginx>1.20'           || false
        'nginx-mod=1.24.0-r7'  || false
        '!nginx'               || false
    }

    def "a held package stays at its version, and is released"() {
        given:
        converge(resource('nginx', [version: '1.24.0', hold: 'true']))

        when:
        converge(resource('nginx', [version: 'latest']))

        then:
        thrown(ResourceFailure)

        when:
        converge(resource('nginx', [hold: 'false']))

        then:
        alpine.world() == ['alpine-base', 'nginx']
        alpine.installed() == [nginx: '1.24.0-r7']
    }

    def "in a dry run too, #wanted fails: #reason"() {
        given:
        alpine.write(nginx: '1.26.0-r0')
        def host = newHost()
        def change = change(resource(name, wanted), host, Ensure.PRESENT)

        when:
        def dry = provider().checkAll([change], host).values()
        def live = provider().applyAll([change], host).values()

        then:
        dry[0].message.contains(reason) || dry[0].advice().get().contains(reason)
        live[0].message == dry[0].message

        where:
        name        | wanted                   || reason
        'curll'     | [:]                      || 'Did you mean "curl"?'
        'curl'      | [version: '9.*']         || '8.5.0-r0'
        'nginx'     | [version: '1.24.0']      || 'newer version'
        'curl'      | [source: '/x.apk']       || 'repositories only'
        'curl'      | [configFiles: 'replace'] || '.apk-new'
        'curl:x86'  | [:]                      || 'own architecture'
    }

    def "a removal that apk would not make is refused, and names what needs the package"() {
        given:
        alpine.write(nginx: '1.26.0-r0', 'nginx-mod-http-lua': '1.26.0-r0')
        alpine.neededBy = [nginx: ['nginx-mod-http-lua']]

        when:
        converge(resource('nginx'), Ensure.ABSENT)

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains('nginx-mod-http-lua')
        alpine.installed().containsKey('nginx')
    }

    def "many packages go into one transaction, and a name that is unknown makes the lists be fetched"() {
        given:
        alpine.upstream = [jq: ['1.7-r2']]
        def host = newHost()

        when:
        def failed = provider().applyAll(['nginx', 'curl', 'jq'].collect { change(resource(it), host) }, host)

        then:
        failed.isEmpty()
        alpine.ran.count { it.endsWith(' update') } == 1
        alpine.ran.findAll { it.contains(' add ') } == ['apk --no-progress --wait 300 add nginx curl jq']
        alpine.world() == ['alpine-base', 'nginx', 'curl', 'jq']
    }

    def "a lock that is held says so"() {
        given:
        alpine.locked = true

        when:
        converge(resource('nginx', [lockTimeout: '1s']))

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains('locked')
        alpine.ran.last().contains('--wait 1 ')
    }

    def "describes the packages of the host"() {
        given:
        alpine.write(nginx: '1.26.0-r0', curl: '8.5.0-r0')

        expect:
        new PkgProvider().names(newHost()) == ['curl', 'nginx']
        new PkgProvider().inspect('curl', newHost()).get().version().toString() == '8.5.0-r0'
    }

    private Change<PkgResource> change(PkgResource desired, Host host, Ensure ensure) {
        Difference.between(schema(), declared(desired, ensure), provider().observe(desired, host)).get()
    }

    private Change<PkgResource> change(PkgResource desired, Host host) {
        change(desired, host, Ensure.PRESENT)
    }
}
