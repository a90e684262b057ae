package dev.converge.git

import dev.converge.ResourceSpecification
import dev.converge.provider.ResourceFailure
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Requires
import spock.lang.TempDir
import spock.lang.Timeout

/** A checkout that others can write to runs no program of theirs, and leads nowhere else. */
@Requires({ ['git', '--version'].execute().waitFor() == 0 })
@Timeout(120)
class GitCheckoutTrustSpec extends ResourceSpecification<GitCheckoutResource> implements GitCheckouts {
    @TempDir
    Path folder

    def "a repository whose configuration would run programs, or lead elsewhere, is not opened: #named"() {
        given:
        converge(app([:]))
        Path trace = folder.resolve('trace')
        Path config = place.resolve('.git/config')
        Files.writeString(config, Files.readString(config) + lines.call(origin, trace))
        commit('three', [readme: 'version 3\n'])

        when:
        converge(app([:]))

        then:
        ResourceFailure failure = thrown()
        failure.message.contains(named)
        failure.advice().present
        !Files.exists(trace)

        where:
        named        | lines
        'filter'     | { from, to -> "[filter \"x\"]\nsmudge = touch $to\n" }
        'remote'     | { from, to -> "[remote \"$from\"]\nurl = $from\nuploadpack = touch $to;git-upload-pack\n" }
        'uploadpack' | { from, to -> '[remote "origin"]\nuploadPack = touch\n' }
        'remote'     | { from, to -> "[remote \"$from\"]\nurl = http://elsewhere.example.com/app.git\n" }
        'remote'     | { from, to -> '[remote "git@example.com:app.git"]\nurl = git@elsewhere.example.com:app.git\n' }
        'http'       | { from, to -> "[http]\ncookieFile = $to\nsaveCookies = true\n" }
        'url'        | { from, to -> '[url "http://elsewhere.example.com/"]\ninsteadOf = /\n' }
        'include'    | { from, to -> '[include]\npath = /etc/shadow\n' }
    }

    def "nothing is written through a link in its .git: #name"() {
        given:
        converge(app([revision: 'v1']))
        Path trace = Files.writeString(folder.resolve('trace'), '')
        Files.deleteIfExists(place.resolve(".git/$name"))
        Files.createDirectories(place.resolve(".git/$name").parent)
        Files.createSymbolicLink(place.resolve(".git/$name"), trace)

        when:
        converge(app([revision: 'v2']))

        then:
        ResourceFailure failure = thrown()
        failure.message.contains(name)
        Files.size(trace) == 0

        where:
        name << ['logs/HEAD', 'logs/refs/remotes/origin/main']
    }

    def "a checkout whose configuration is elsewhere is not opened"() {
        given:
        converge(app([:]))
        Files.writeString(place.resolve('.git/commondir'), folder.resolve('elsewhere') as String)

        when:
        difference(app([:]))

        then:
        ResourceFailure failure = thrown()
        failure.message.contains('commondir')
    }

    def "a .git that is a link to elsewhere is no checkout"() {
        given:
        Files.createDirectory(place)
        Files.createSymbolicLink(place.resolve('.git'), origin.resolve('.git'))
        String before = git('rev-parse', 'HEAD')

        when:
        converge(app([revision: 'v1']))

        then:
        ResourceFailure failure = thrown()
        failure.message.contains('no checkout')
        git('rev-parse', 'HEAD') == before
    }

    def "a password in the address that somebody else has cloned from is not shown"() {
        given:
        converge(app([:]))
        inPlace('git remote set-url origin https://me:s3cr3t@example.com/app.git')

        when:
        def change = difference(app([:])).get()

        then:
        def address = change.attributes().find { it.attribute().name() == 'repository' }.before().get().toString()
        !address.contains('s3cr3t')
        address.contains('example.com/app.git')
    }
}
