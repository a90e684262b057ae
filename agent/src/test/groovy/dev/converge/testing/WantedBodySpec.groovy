package dev.converge.testing

import dev.converge.language.Words
import dev.converge.output.Samples
import spock.lang.Specification

class WantedBodySpec extends Specification {
    def "a spec may ask for #word, as every resource takes it"() {
        given:
        def body = new WantedBody(Samples.TYPES.get('file'), Samples.TYPES, null)

        when:
        body.invokeMethod(word, ['x'] as Object[])

        then:
        body.said()*.word() == [word]

        where:
        word << Words.COMMON
    }
}
