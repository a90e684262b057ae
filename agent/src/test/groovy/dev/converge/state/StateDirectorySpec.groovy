package dev.converge.state

import java.nio.file.Path
import spock.lang.Specification

class StateDirectorySpec extends Specification {

    def "what the user names is used, made absolute"() {
        expect:
        StateDirectory.of(Optional.of(Path.of(given)), [:]).path() == Path.of(given).toAbsolutePath()

        where:
        given << ['/srv/state', 'state']
    }

    def "root's is the system's, whatever the environment says"() {
        expect:
        StateDirectory.of(Optional.empty(), [XDG_STATE_HOME: '/x', HOME: '/root'], true).path() == Path.of('/var/lib/converge')
    }

    def "anybody else's is #path with #environment"() {
        expect:
        StateDirectory.of(Optional.empty(), environment, false).path() == Path.of(path)

        where:
        environment                               || path
        [XDG_STATE_HOME: '/x/state', HOME: '/h']  || '/x/state/converge'
        [XDG_STATE_HOME: 'relative', HOME: '/h']  || '/h/.local/state/converge'
        [HOME: '/h']                              || '/h/.local/state/converge'
    }
}
