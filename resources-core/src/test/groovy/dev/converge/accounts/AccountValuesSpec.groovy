package dev.converge.accounts

import dev.converge.model.InvalidValueException
import spock.lang.Specification

class AccountValuesSpec extends Specification {
    def "#type refuses '#text'"() {
        when:
        type.parse(text)

        then:
        thrown(InvalidValueException)

        where:
        type          | text
        AccountName   | ''
        AccountName   | '-x'
        AccountName   | '123'
        AccountName   | 'a:b'
        AccountName   | 'a b'
        AccountName   | 'a' * 33
        Gecos         | 'a:b'
        Gecos         | 'a\nb'
        AccountExpiry | '2030-13-01'
        AccountExpiry | 'soon'
    }

    def "#type prints '#text' as it was written"() {
        expect:
        type.parse(text).toString() == text

        where:
        type          | text
        AccountName   | 'www-data'
        AccountName   | 'host$'
        Gecos         | 'Ada Lovelace,,,'
        AccountExpiry | '2030-12-31'
        AccountExpiry | 'never'
    }
}
