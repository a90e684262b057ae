package dev.converge.exec

import dev.converge.ProviderContractSpec
import dev.converge.provider.Host
import java.nio.file.Path
import spock.lang.TempDir
import spock.lang.Timeout

/** A command keeps the promises of every resource type. */
@Timeout(60)
class ExecContractSpec extends ProviderContractSpec<ExecResource> {
    @TempDir
    Path folder

    @Override
    ExecType schema() {
        new ExecType()
    }

    @Override
    Host newHost() {
        ExecFixture.host()
    }

    @Override
    Collection<Path> watched() {
        [folder]
    }

    @Override
    Map<String, Closure<ExecResource>> samples() {
        [
            'line that is the name': { ExecFixture.exec(name: "touch $folder/made", creates: [folder.resolve('made')]) },
            'list of words': { ExecFixture.exec(command: ['touch', folder.resolve('made')], creates: [folder.resolve('made')]) },
            'script under guards': {
                ExecFixture.exec(shell: "echo x > $folder/made", unless: ["test -e $folder/made"], onlyIf: ['true', 'test -d /'])
            },
            'command that only a refresh runs': { ExecFixture.exec(command: ['false'], refreshOnly: true) },
        ]
    }
}
