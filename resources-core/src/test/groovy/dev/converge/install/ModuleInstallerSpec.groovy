package dev.converge.install

import dev.converge.module.ContentHash
import dev.converge.module.SiteModules
import java.nio.file.Files
import spock.util.environment.RestoreSystemProperties

/** Which versions are chosen, locked, and brought to a site. */
@RestoreSystemProperties
class ModuleInstallerSpec extends ModuleInstallation {
    def "#range chooses #version"() {
        given:
        ['1.0.0', '1.2.0', '1.10.0', '2.0.0-rc.1', '2.0.0', '2.1.3'].each { release('tomcat', it) }
        list(tomcat: "{ git: '${git('tomcat')}', version: '$range' }")

        expect:
        installed() == ["tomcat $version new".toString()]
        Files.readString(site.resolve('.converge/modules/tomcat/src/readme.txt')) == "tomcat $version"
        !Files.exists(site.resolve('.converge/modules/tomcat/.git'))

        and: 'the site can be compiled with it'
        SiteModules.of(site).value().get().all()*.description()*.toString() == ["tomcat $version".toString()]

        where:
        range     | version
        '^1.0'    | '1.10.0'
        '~1.2'    | '1.2.0'
        '*'       | '2.1.3'
        '2.0.0'   | '2.0.0'
        '>=1 <2'  | '1.10.0'
    }

    def "a #kind is installed as it is, and stays when the branch goes on"() {
        given:
        def first = release('tomcat', '1.0.0')
        def ref = kind == 'commit' ? first : kind == 'branch' ? 'main' : 'v1.0.0'
        list(tomcat: "{ git: '${git('tomcat')}', ref: '$ref' }")

        expect:
        installed() == ['tomcat 1.0.0 new']

        when:
        release('tomcat', '1.1.0')

        then:
        installed() == ['tomcat 1.0.0 kept']

        when:
        removeInstalled()

        then: 'another checkout of the site gets the same'
        installed() == ['tomcat 1.0.0 new']
        installed(Fetching.UPDATE) == [kind == 'branch' ? 'tomcat 1.1.0 new' : 'tomcat 1.0.0 kept']

        where:
        kind << ['branch', 'tag', 'commit']
    }

    def "the lock has the commit and the hash, and the same text for the same choice"() {
        given:
        def commit = release('tomcat', '1.0.0')
        list(tomcat: "{ git: '${git('tomcat')}', version: '^1.0' }")
        installed()
        def lock = Files.readString(site.resolve('converge.modules.lock'))

        expect:
        lock.contains("commit: '$commit'")
        lock.contains("sha256: '${ContentHash.of(site.resolve('.converge/modules/tomcat'))}'")
        lock.contains("revision: 'v1.0.0'")

        when:
        installed(Fetching.UPDATE)

        then:
        Files.readString(site.resolve('converge.modules.lock')) == lock
        Files.readString(site.resolve('.converge/.gitignore')).contains('*')
    }

    def "nothing is asked of a server when all is there"() {
        given:
        release('tomcat', '1.0.0')
        list(tomcat: "{ git: '${git('tomcat')}', version: '^1.0' }")
        installed()
        server.asked.clear()

        expect:
        installed() == ['tomcat 1.0.0 kept']
        server.asked == []

        when: 'a fresh checkout of the site, with the cache'
        removeInstalled()

        then:
        installed() == ['tomcat 1.0.0 new']
        server.asked == []
    }

    def "without its server, what the cache has is enough"() {
        given:
        release('tomcat', '1.0.0')
        def address = git('tomcat')
        list(tomcat: "{ git: '$address', version: '^1.0' }")
        installed()
        removeInstalled()
        server.close()

        expect:
        installed(fetching) == ['tomcat 1.0.0 new']

        when: 'the lock is not there either'
        removeInstalled()
        Files.delete(site.resolve('converge.modules.lock'))
        def done = install(fetching)

        then:
        done.value().get()*.version() == ['1.0.0']
        done.diagnostics()*.summary() == warned

        where:
        fetching                  | warned
        Fetching.OFFLINE          | []
        Fetching.WHAT_IS_MISSING  | ['Repository not read']
    }

    def "the newest that go together are chosen"() {
        given:
        release('java', '2.0.0')
        release('java', '3.0.0')
        release('tomcat', '1.0.0', "requires: { java: '^2.0' }\n")
        release('tomcat', '2.0.0', "requires: { java: '^3.0' }\n")
        release('shop', '1.0.0', "requires: { java: '^2.0', tomcat: '*' }\n")
        list(java: "{ git: '${git('java')}', version: '*' }", tomcat: "{ git: '${git('tomcat')}', version: '*' }", shop: "{ git: '${git('shop')}', version: '*' }")

        expect:
        installed() == ['java 2.0.0 new', 'tomcat 1.0.0 new', 'shop 1.0.0 new']
    }

    def "what cannot go together says who asks for what"() {
        given:
        release('java', '2.0.0')
        release('java', '3.0.0')
        release('tomcat', '1.0.0', "requires: { java: '^2.0' }\n")
        release('shop', '1.0.0', "requires: { java: '^3.0' }\n")
        list(java: "{ git: '${git('java')}', version: '*' }", tomcat: "{ git: '${git('tomcat')}', version: '*' }", shop: "{ git: '${git('shop')}', version: '*' }")

        when:
        def told = wrong()

        then:
        told.contains('Requirement not met')
        told.contains('shop 1.0.0 requires java ^3.0')
        told.contains('tomcat 1.0.0 requires java ^2.0')
        told.contains('java 3.0.0, 2.0.0')
        !Files.exists(site.resolve('.converge'))
    }

    def "a module that is no longer listed goes"() {
        given:
        release('tomcat', '1.0.0')
        release('java', '1.0.0')
        list(tomcat: "{ git: '${git('tomcat')}', version: '*' }", java: "{ git: '${git('java')}', version: '*' }")
        installed()
        list(java: "{ git: '${git('java')}', version: '*' }")

        expect:
        installed() == ['java 1.0.0 kept']
        Files.list(site.resolve('.converge/modules'))*.fileName*.toString() == ['java']
    }
}
