package dev.converge.cli

import java.nio.file.Files

/** Where {@code render -o} writes. */
class RenderFileSpec extends CliSpecification {
    def "nothing is put in the place of what is no file, nor into a folder that is not there: #where"() {
        given:
        def target = folder.resolve(where)
        assert ['mkfifo', folder.resolve('pipe').toString()].execute().waitFor() == 0
        Files.createSymbolicLink(folder.resolve('link'), folder.resolve('pipe'))

        expect:
        converge('render', 'shell', site("notice 'hello'"), '-o', target.toString()) == 1
        err.contains('Bad option')
        err.contains(told)
        !err.contains('.converge')
        !Files.isRegularFile(target)

        where:
        where      | told
        'pipe'     | 'pipe is there, and is not a file.'
        'link'     | 'link is there, and is not a file.'
        '.'        | 'is there, and is not a file.'
        'none/x'   | 'none is not a folder that exists.'
    }

    def "a link to a file stays, and the file is written"() {
        given:
        def file = Files.writeString(folder.resolve('file'), 'old')
        def link = Files.createSymbolicLink(folder.resolve('link'), file)

        expect:
        converge('render', 'shell', site("notice 'hello'"), '-o', link.toString()) == 0
        Files.isSymbolicLink(link)
        file.toFile().text.startsWith('#!/bin/sh')
    }
}
