package dev.converge.model

import spock.lang.Specification

/** Content is compared by its bytes and shown only where it may be. */
class ContentSpec extends Specification {
    def "'#wanted' is satisfied by '#found': #satisfied"() {
        expect:
        Content.of(wanted).satisfiedBy(Content.of(found)) == satisfied

        where:
        wanted | found || satisfied
        '' | '' || true
        'ä' | 'ä' || true
        'ä' | 'a' || false
        'ab' | 'abc' || false
        'ab' | 'ac' || false
    }

    def "long content is compared too, and not shown"() {
        given:
        def text = 'x' * (Content.SHOWN_BYTES + 1)

        expect:
        Content.of(text).satisfiedBy(Content.of(text))
        !Content.of(text).satisfiedBy(Content.of(text[0..<-1] + 'y'))
        Content.of(text).text().empty
        Content.of(text).hidden().satisfiedBy(Content.of(text).hidden())
    }

    def "content with a secret gives out nothing to show, and all to the host"() {
        given:
        def content = Content.of(Text.of(['pw=', Secret.of('geheim')]))

        expect:
        content.isSensitive()
        content.text().empty
        content.digest().empty
        content.toString() == Secret.MASK
        content.secrets()*.reveal() == ['geheim']
        new String(content.bytes()) == 'pw=geheim'
    }

    def "hidden content is compared like any other"() {
        expect:
        Content.of('a').hidden().satisfiedBy(Content.of('a'))
        !Content.of('a').hidden().satisfiedBy(Content.of('b'))
        Content.of('a').hidden().toString() == Secret.MASK
        Content.of('a').hidden().text().empty
        Content.of('a').hidden().hidden() == Content.of('a').hidden()
    }

    def "base64 '#written' stands for #bytes"() {
        expect:
        Content.of(written).decoded().bytes() == bytes as byte[]
        Content.of(written).decoded().text().present == isText

        where:
        written || bytes | isText
        '' || [] | true
        'AAEC' || [0, 1, 2] | false
        'YW\nJj\n' || [97, 98, 99] | true
        '/w==' || [-1] | false
    }

    def "'#wrong' is no base64"() {
        when:
        Content.of(wrong).decoded()

        then:
        thrown(InvalidValueException)

        where:
        wrong << ['%', 'A', 'ä']
    }

    def "it prints as a short digest and its size"() {
        expect:
        Content.of('abc').toString() == 'sha256 ba7816bf8f01…, 3 bytes'
    }
}
