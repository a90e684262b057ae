package dev.converge.agent

import dev.converge.state.StateDirectory
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class SwitchSpec extends Specification {
    @TempDir
    Path folder

    Switch power

    def setup() {
        power = new Switch(new StateDirectory(folder))
    }

    def "it is on until somebody disables it, and stays off until somebody enables it"() {
        expect:
        power.disabled().isEmpty()

        when:
        power.disable('the "disk"\nis replaced', 'ann')

        then:
        def known = new Switch(new StateDirectory(folder)).disabled().get()
        known.reason() == 'the "disk"\nis replaced'
        known.by() == 'ann'

        when:
        power.enable()
        power.enable()

        then:
        power.disabled().isEmpty()
    }

    def "a file that is damaged keeps it off"() {
        given:
        power.disable('x', 'y')
        Files.writeString(folder.resolve('agent/disabled.json'), '{"rea')

        expect:
        power.disabled().get().reason() == 'unknown'
    }
}
