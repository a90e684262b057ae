package dev.converge.cli

import java.nio.file.Files
import spock.lang.Requires

class ExitStatusSpec extends CliSpecification {
    def "converge #options of #what ends with #exit"() {
        given:
        Files.writeString(Files.createDirectories(folder.resolve('there')).resolve('old'), 'old\n')
        def place = site(manifest.replace('DIR', folder.resolve('there').toString()))

        expect:
        run(*(options.split(' ').findAll() + place)) == exit
        err.isEmpty() == (exit != 1)

        where:
        what              | options             | manifest                                                          || exit
        'what is in sync' | ''                  | "notice 'x'"                                                      || 0
        'what is in sync' | '--dry-run'         | "notice 'x'"                                                      || 0
        'a wrong word'    | ''                  | "ntice 'x'"                                                       || 1
        'a wrong word'    | '--dry-run'         | "ntice 'x'"                                                       || 1
        'a change'        | '--dry-run'         | "file('DIR/new') { content 'x' }"                                 || 2
        'a change'        | ''                  | "file('DIR/new') { content 'x' }"                                 || 0
        'a change'        | '--detailed-exitcode' | "file('DIR/new') { content 'x' }"                               || 2
        'a failure'       | ''                  | "file('DIR/no/x') { content 'x' }"                                || 4
        'a failure'       | '--dry-run'         | "file('DIR/no/x') { content 'x' }"                                || 4
        'both'            | ''                  | "file('DIR/new') { content 'x' }\nfile('DIR/no/x') { content 'x' }" || 6
        'both'            | '--dry-run'         | "file('DIR/new') { content 'x' }\nfile('DIR/no/x') { content 'x' }" || 6
    }

    def "#args is refused with #code, and told what to do: #advice"() {
        expect:
        converge(*args) == 1
        out.isEmpty()
        err.contains(advice)

        where:
        args                                     || advice
        []                                       || 'converge --dry-run site.groovy'
        ['--dryrun', 'x']                        || 'Did you mean "--dry-run"?'
        ['--output', 'yaml', '.']                || '--output takes text, json or junit, not "yaml".'
        ['--output', 'junit', 'facts']           || '--output takes text or json, not "junit".'
        ['restore', '--output', 'junit', 'last'] || 'Try converge restore --help.'
        ['--output', 'junit', 'report', 'list']  || 'A list has no form for tests.'
        ['--jobs', '0', '.']                     || '--jobs takes a number from 1 to 999, not "0".'
        ['--jobs']                               || 'Write --jobs N.'
        ['--dry-run=yes', '.']                   || "Option '--dry-run' should be specified without 'yes' parameter."
        ['compile', '--dry-run', '.']            || 'converge compile has no option "--dry-run".'
        ['--dry-run', 'compile', '.']            || 'converge compile has no option "--dry-run".'
        ['a', 'b']                               || '"b" is one too many for converge.'
        ['.', 'compile', '.']                    || '"." is one too many for converge compile.'
        ['compile']                              || 'converge compile needs MANIFEST|SITE_DIR.'
        ['--no-color', '--', '--dry-run', 'x']   || '"x" is one too many for converge.'
        ['complie']                              || 'Did you mean "converge compile"?'
        ['/nowhere']                             || 'Name a manifest, or a folder with a site.groovy in it.'
        ['resotre', 'last']                      || 'Did you mean "converge restore"?'
        ['--dry-run', 'resotre', 'last']         || 'Did you mean "converge restore"?'
        ['explain', 'fiel']                      || 'Did you mean "file"?'
        ['explain', 'file.conten']               || 'Did you mean "content"?'
        ['inspect', 'notice']                    || 'converge explain notice tells what it does.'
        ['inspect', 'mount', 'data']             || 'is not an absolute path'
        ['inspect', 'sysctl', 'vm']              || "such as 'vm.swappiness'"
        ['inspect']                              || 'converge inspect needs TYPE.'
        ['facts', 'os.famly']                    || 'Did you mean "os.family"?'
        ['compile', '--facts', '/nowhere', '.']  || '/nowhere does not exist or cannot be read.'
        code = 'exit status 1'
    }

    def "state that cannot be kept #where is refused: #told"() {
        given:
        def place = where == 'in a file' ? Files.createFile(folder.resolve('file')) as String : '/proc/nowhere'

        expect:
        converge('--state-dir', place, site("notice 'x'")) == 1
        err.contains(told.replace('HERE', place))
        err.contains('Run as root, or name a folder of your own with --state-dir.')

        where:
        where               | told
        'in a file'         | 'HERE is not a folder.'
        'where none can be' | 'There is no file or folder HERE.'
    }

    def "#args is understood"() {
        expect:
        converge(*args) == 0
        out.contains(answer)
        err.isEmpty()

        where:
        args                        || answer
        ['--help']                  || 'Usage: converge [OPTIONS] MANIFEST|SITE_DIR'
        ['-h']                      || 'Exit codes:'
        ['compile', '--help']       || '--format=json|dot'
        ['--help', 'compile']       || 'Usage: converge compile [OPTIONS] MANIFEST|SITE_DIR'
        ['facts', '--version']      || 'converge '
        ['--version']               || 'converge '
        ['explain']                 || 'file '
        ['facts', 'os.family']      || 'os.family'
        ['facts', '--output=json']  || '"hostname": '
        ['--output=json', 'facts']  || '"hostname": '
        ['completion']              || 'complete -F _complete_converge'
    }

    @Requires({ new File('/bin/bash').canExecute() })
    def "bash completes commands and options"() {
        given:
        converge('completion')
        def script = Files.writeString(folder.resolve('completion'), out)

        expect:
        ['bash', '-c', ". $script; COMP_WORDS=($words); COMP_CWORD=\$((\${#COMP_WORDS[@]} - 1)); _complete_converge; echo \"\${COMPREPLY[@]}\""]
            .execute().text.trim() == completed

        where:
        words                       || completed
        'converge expl'             || 'explain'
        'converge --dry'            || '--dry-run'
        'converge compile --format ""' || 'json dot'
    }

    def "every command in the help has a help of its own"() {
        expect:
        CommandName.words().every { converge(it, '--help') == 0 && out.startsWith("Usage: converge $it") }
    }
}
