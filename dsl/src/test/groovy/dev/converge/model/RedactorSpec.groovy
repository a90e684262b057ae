package dev.converge.model

import spock.lang.Specification

class RedactorSpec extends Specification {

    def "with the secrets #secrets, '#text' is shown as '#shown'"() {
        expect:
        Redactor.of(secrets.collect { Secret.of(it) }).redact(text) == shown

        where:
        secrets            | text                   || shown
        []                 | 'all is shown'         || 'all is shown'
        ['hunter2']        | 'nothing here'         || 'nothing here'
        ['hunter2']        | 'a hunter2, hunter2!'  || 'a ********, ********!'
        ['pass', 'passwd'] | 'passwd pass'          || '******** ********'
        ['pa', 'pass']     | 'pass'                 || '********'
        ['.*']             | 'a.*b ab'              || 'a********b ab'
        ['a$1\\']          | 'x a$1\\ y'            || 'x ******** y'
        ['']               | 'text'                 || 'text'
        [' ']              | 'two words'            || 'two words'
        ['s3cret\n']       | 'read s3cret from'     || 'read ******** from'
        ['é✓']             | 'an é✓ here'           || 'an ******** here'
        ['KEY\nline-one\nx\nline-two\n'] | '+line-one\n x\n+line-two' || '+********\n x\n+********'
        ['KEY\nline-one\n'] | 'KEY\nline-one\nrest' || '********rest'
    }
}
