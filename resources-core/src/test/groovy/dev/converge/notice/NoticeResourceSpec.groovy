package dev.converge.notice

import dev.converge.FolderHost
import dev.converge.ProviderContractSpec
import dev.converge.model.Ensure
import dev.converge.model.Text
import dev.converge.provider.Host
import java.nio.file.Path
import spock.lang.TempDir

/** A notice speaks and never changes anything. */
class NoticeResourceSpec extends ProviderContractSpec<NoticeResource> {
    @TempDir
    Path root

    @Override
    NoticeType schema() {
        new NoticeType()
    }

    @Override
    Host newHost() {
        new FolderHost(root)
    }

    @Override
    Map<String, Closure<NoticeResource>> samples() {
        [
            'notice without message': { new NoticeResource('welcome', Optional.empty()) },
            'notice with a message': { new NoticeResource('welcome', Optional.of(Text.of('Hello'))) },
        ]
    }

    def "it says its message, or else its name"() {
        expect:
        (provider() as NoticeProvider).message(new NoticeResource('welcome', Optional.ofNullable(message))).reveal() == said

        where:
        message || said
        null || 'welcome'
        Text.of('Hello') || 'Hello'
    }

    def "a host is always in sync with it"() {
        expect:
        difference(new NoticeResource('welcome', Optional.empty()), Ensure.PRESENT).empty
    }
}
