package dev.converge.cli

import spock.lang.Specification

class ArgumentsSpec extends Specification {
    def "#words mean #command of #operands with #options"() {
        given:
        def arguments = Arguments.parse(words)

        expect:
        arguments.command().name() == command
        arguments.operands() == operands
        arguments.options().collectEntries { [it.key.word(), it.value] } == options

        where:
        words                                 || command    | operands     | options
        ['site']                              || 'CONVERGE' | ['site']     | [:]
        ['site', '--dry-run']                 || 'CONVERGE' | ['site']     | ['--dry-run': '']
        ['--tags', 'a,b', '--jobs=2', 'site'] || 'CONVERGE' | ['site']     | ['--tags': 'a,b', '--jobs': '2']
        ['--state-dir=/a=b', 'site']          || 'CONVERGE' | ['site']     | ['--state-dir': '/a=b']
        ['--', '--dry-run']                   || 'CONVERGE' | ['--dry-run'] | [:]
        ['./compile']                         || 'CONVERGE' | ['./compile'] | [:]
        ['explain', 'explain']                || 'EXPLAIN'  | ['explain']  | [:]
        ['--no-color', 'facts']               || 'FACT_LIST' | []          | ['--no-color': '']
        ['--tags=--odd', 'site']              || 'CONVERGE' | ['site']     | ['--tags': '--odd']
        ['--tags', 'facts', 'site']           || 'CONVERGE' | ['site']     | ['--tags': 'facts']
        ['--jobs=1', 'site', '--jobs', '2']   || 'CONVERGE' | ['site']     | ['--jobs': '2']
        ['@site']                             || 'CONVERGE' | ['@site']    | [:]
        ['--tags', '', '-']                   || 'CONVERGE' | ['-']        | ['--tags': '']
        ['inspect', 'user', "'x'"]            || 'INSPECT'  | ['user', "'x'"] | [:]
        ['--tags="a"', 'site']               || 'CONVERGE' | ['site']     | ['--tags': '"a"']
        ['${sys:user.home}']                  || 'CONVERGE' | ['${sys:user.home}'] | [:]
    }

    def "an option is never taken for the value of another one: #option"() {
        when:
        Arguments.parse(['--tags', option, 'site'])

        then:
        def failure = thrown(Failure)
        failure.diagnostics()[0].detail() == '--tags needs a value.'

        where:
        option << ['--dry-run', '--dryrun', '-h', '--jobs=1', '--']
    }

    def "#word is refused, and the nearest word is named: #advice"() {
        when:
        Arguments.parse([word, 'site'])

        then:
        def failure = thrown(Failure)
        failure.diagnostics()[0].suggestion().get() == advice

        where:
        word              || advice
        '--dryrun'        || 'Did you mean "--dry-run"?'
        '--no-colour'     || 'Did you mean "--no-color"?'
        '-x'              || 'Try converge --help.'
        '--verbose=true'  || 'Try converge --help.'
        '--output=jsno'   || 'Did you mean "json"?'
        '--dry-runs=yes'  || 'Did you mean "--dry-run"?'
        '-hx'             || 'Try converge --help.'
    }
}
