package dev.converge.install

import dev.converge.module.SiteModules
import java.nio.file.Files
import java.nio.file.LinkOption
import java.nio.file.Path
import spock.util.environment.RestoreSystemProperties

/** What an installation refuses: what is not what the list and the lock say, links, and servers that do not answer. */
@RestoreSystemProperties
class ModuleTrustSpec extends ModuleInstallation {
    def "a server that is away is told, with the list's line"() {
        given:
        release('tomcat', '1.0.0')
        list(tomcat: "{ git: '${git('tomcat')}', version: '^1.0' }")
        server.close()

        expect:
        with(wrong()) {
            it.startsWith('converge.modules.yaml:2:3 Repository not read: ')
            it.contains('could not be read')
            it.contains('git ls-remote')
        }
        wrong(Fetching.OFFLINE).contains('The cache does not have what is needed')
        wrong(Fetching.OFFLINE).contains('Leave out --offline once')
        !Files.exists(site.resolve('converge.modules.lock'))
    }

    def "a tag that moved is refused until it is asked for"() {
        given:
        release('tomcat', '1.0.0')
        list(tomcat: "{ git: '${git('tomcat')}', version: '^1.0' }")
        installed()
        removeInstalled()
        removeCache()
        release('tomcat', '1.0.0', 'summary: other\n')

        expect:
        with(wrong()) {
            it.startsWith('converge.modules.yaml:2:3 Tag moved: The tag v1.0.0 of')
            it.contains("converge module install --update $site")
        }
        installed(Fetching.UPDATE) == ['tomcat 1.0.0 new']
        installed() == ['tomcat 1.0.0 kept']
    }

    def "a lock whose hash is not that of its commit is refused"() {
        given:
        release('tomcat', '1.0.0')
        list(tomcat: "{ git: '${git('tomcat')}', version: '^1.0' }")
        installed()
        def lock = site.resolve('converge.modules.lock')
        def text = Files.readString(lock)
        Files.writeString(lock, text.replaceAll("sha256: '.{8}", "sha256: '00000000"))

        expect:
        wrong().contains('Content differs: The lock has sha256 00000000')
        wrong().contains('Somebody changed converge.modules.lock')

        and: 'a compile does not take it either'
        SiteModules.of(site).diagnostics()*.summary() == ['Module not installed']
    }

    def "files that somebody changed are refused by a compile and brought anew"() {
        given:
        release('tomcat', '1.0.0', '', ['src/A.groovy': ''])
        list(tomcat: "{ git: '${git('tomcat')}', version: '^1.0' }")
        installed()
        change(site.resolve('.converge/modules/tomcat'))

        expect:
        with(SiteModules.of(site).diagnostics()[0]) {
            it.summary() == 'Module not installed'
            it.at().get().toString() == 'converge.modules.yaml:2:3'
            it.suggestion().get() == "Run: converge module install $site"
        }
        installed() == ['tomcat 1.0.0 new']
        SiteModules.of(site).diagnostics() == []

        where:
        change << [
            { Path it -> Files.writeString(it.resolve('src/A.groovy'), 'x') },
            { Path it -> Files.delete(it.resolve('src/readme.txt')) },
            { Path it -> Files.writeString(it.resolve('src/new.txt'), '') },
            { Path it -> it.toFile().deleteDir() },
            { Path it -> Files.createSymbolicLink(it.resolve('src/link'), Path.of('/etc/passwd')) },
        ]
    }

    def "a damaged cache is made anew"() {
        given:
        release('tomcat', '1.0.0')
        list(tomcat: "{ git: '${git('tomcat')}', version: '^1.0' }")
        installed()
        removeInstalled()
        damage(Files.list(folder.resolve('cache')).find { it.toString().endsWith('.git') } as Path)

        expect:
        installed() == ['tomcat 1.0.0 new']
        installed(Fetching.OFFLINE) == ['tomcat 1.0.0 kept']

        where:
        damage << [
            { Path it -> it.resolve('objects').toFile().deleteDir() },
            { Path it -> it.resolve('objects').toFile().eachFileRecurse { file ->
                if (file.name.endsWith('.pack')) {
                    file.bytes = file.bytes[0..40] as byte[]
                }
            } },
            { Path it -> Files.writeString(it.resolve('config'), '[core') },
            { Path it -> Files.delete(it.resolve('HEAD')) },
            { Path it -> Files.delete(it.resolve('converge-fetched')) },
        ]
    }

    def "#what is told"() {
        given:
        release('tomcat', '1.0.0', more, files, tag)
        if (also) {
            release('other', '1.0.0', also)
        }
        def lines = [tomcat: "{ git: '${git('tomcat')}', version: '$range' }"]
        if (also) {
            lines.other = "{ git: '${git('other')}', version: '*' }"
        }
        list(lines)

        expect:
        def told = wrong()
        said.every { told.contains(it) }
        !Files.exists(site.resolve('converge.modules.lock'))

        where:
        what                               | range  | tag      | more                                | files                           | also                         || said
        'a range that no tag is in'        | '^2.0' | 'v1.0.0' | ''                                  | [:]                             | ''                           || ['No such version', 'has no tag whose version ^2.0 takes', 'Its tags are v1.0.0']
        'a repository without tags'        | '^2.0' | ''       | ''                                  | [:]                             | ''                           || ['It has no tags', 'or name a ref']
        'a tag of another version'         | '*'    | 'v1.1.0' | ''                                  | [:]                             | ''                           || ['The tag v1.1.0 of tomcat has a module.yaml that says version 1.0.0']
        'a requirement that nobody has'    | '*'    | 'v1.0.0' | "requires: { java: '^3.0' }\n"      | [:]                             | ''                           || ['tomcat 1.0.0 requires java ^3.0, and this site has no module java', 'Add it to converge.modules.yaml']
        'a circle'                         | '*'    | 'v1.0.0' | "requires: { other: '*' }\n"        | [:]                             | "requires: { tomcat: '*' }\n" || ['Each requires the next']
        'an unknown key'                   | '*'    | 'v1.0.0' | 'sumary: x\n'                       | [:]                             | ''                           || ['There is no key "sumary" here', '@v1.0.0/module.yaml:3:1']
        'a module of another name'         | '*'    | 'v1.0.0' | ''                                  | ['module.yaml': 'name: java\nversion: 1.0.0\n'] | ''           || ['This module calls itself java, and the site calls it tomcat']
        'a repository that is no module'   | '*'    | 'v1.0.0' | ''                                  | ['module.yaml': '']             | ''                           || ['has to consist of keys and values']
    }

    def "a link in a module is refused"() {
        given:
        release('tomcat', '1.0.0')
        Files.createSymbolicLink(repositories.resolve('tomcat/src/passwd'), Path.of('/etc/passwd'))
        release('tomcat', '1.1.0')
        list(tomcat: "{ git: '${git('tomcat')}', version: '*' }")

        expect:
        wrong().contains('has a link or submodule: src/passwd')
        !Files.exists(site.resolve('.converge/modules/tomcat'))
    }

    def "a site whose #link is a link elsewhere is refused, and nothing there is touched"() {
        given:
        release('tomcat', '1.0.0')
        list(tomcat: "{ git: '${git('tomcat')}', version: '*' }")
        def elsewhere = Files.createDirectories(folder.resolve('elsewhere/modules'))
        Files.writeString(elsewhere.resolve('precious'), 'mine')
        Files.createDirectories(site.resolve(link).parent)
        Files.createSymbolicLink(site.resolve(link), link == '.converge' ? elsewhere.parent : elsewhere)

        expect:
        wrong().contains("${site.resolve(link)} is not a folder")
        Files.list(elsewhere)*.fileName*.toString() == ['precious']

        where:
        link << ['.converge', '.converge/modules']
    }

    def "a link in the place of the lock's draft is replaced, not followed"() {
        given:
        release('tomcat', '1.0.0')
        list(tomcat: "{ git: '${git('tomcat')}', version: '*' }")
        def precious = Files.writeString(folder.resolve('precious'), 'mine')
        Files.createSymbolicLink(site.resolve('.converge.modules.lock.new'), precious)

        expect:
        installed() == ['tomcat 1.0.0 new']
        precious.toFile().text == 'mine'
        Files.isRegularFile(site.resolve('converge.modules.lock'), LinkOption.NOFOLLOW_LINKS)
    }

    def "an address that cannot be fetched from is told"() {
        given:
        list(tomcat: "{ git: '$address', version: '*' }")

        expect:
        wrong().contains(said)

        where:
        address                          | said
        'git@example.com:tomcat.git'     | 'Give sshKey'
        'https://me:secret@example/x'    | 'names a user before the server'
        'tomcat'                         | 'is not the address of a Git repository'
    }
}
