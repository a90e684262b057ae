package dev.converge.file

import dev.converge.model.Content
import dev.converge.model.Secret
import dev.converge.model.Text
import dev.converge.provider.ResourceFailure
import java.nio.file.Files

/** Programs that look at a file before it takes its place. */
class FileValidationSpec extends FileSpecification {
    def "a program can validate itself"() {
        when:
        converge(file(content: '#!/bin/sh\nexit 0\n', mode: '0755', validate: ['%']))

        then:
        mode(motd()) == '755'
    }

    def "a file that its validation refuses stays as it was"() {
        given:
        Files.writeString(motd(), 'old')
        def desired = file(content: Content.of(Text.of(['token ', Secret.of('geheim')])), validate: ['sh', '-c', 'cat "$1"; exit 3', 'sh', '%'])

        when:
        converge(desired)

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains('exit 3')
        failure.message.contains('token ********')
        !failure.message.contains('geheim')
        Files.readString(motd()) == 'old'
        folder.toFile().list() as List == ['motd']
    }
}
