package dev.converge.language

import dev.converge.diagnostic.Code
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** Templates in Groovy's syntax, in the manifest's sandbox. */
class TemplateSpec extends Specification {
    @TempDir
    Path folder

    SiteFolder site

    def setup() {
        site = new SiteFolder(folder)
    }

    private String render(String template, String variables = '') {
        site.write('templates/t.txt', template)
        site.manifest("widget('w') { color 'red'; content template('t.txt'${variables ? ', ' + variables : ''}) }")
        new String(site.catalog().resources()[0].desired().content().get().bytes(), 'UTF-8')
    }

    def "#template becomes #text"() {
        expect:
        render(template, variables) == text

        where:
        template                                                    | variables                       || text
        ''                                                          | ''                              || ''
        'plain\n'                                                   | ''                              || 'plain\n'
        '${name}'                                                   | "name: 'n'"                     || 'n'
        'a $name b'                                                 | "name: 'n'"                     || 'a n b'
        '$db.host:$db.port'                                         | "db: [host: 'h', port: '1']"    || 'h:1'
        '<%= name.toUpperCase() %>'                                 | "name: 'n'"                     || 'N'
        '<% if (on) { %>yes<% } else { %>no<% } %>'                 | 'on: true'                      || 'yes'
        '<% if (on) { %>yes<% } else { %>no<% } %>'                 | 'on: false'                     || 'no'
        '<% items.each { i -> %>-${i}\n<% } %>'                     | 'items: [1, 2]'                 || '-1\n-2\n'
        '<% for (i in items) { %>${i},<% } %>'                      | "items: ['a', 'b']"             || 'a,b,'
        '<% items.eachWithIndex { v, i -> %>${i}${v}<% } %>'        | "items: ['a', 'b']"             || '0a1b'
        '<% users.each { u, d -> %>${u}=${d.id};<% } %>'            | "users: [al: [id: 1], bo: [id: 2]]" || 'al=1;bo=2;'
        '<% rows.each { r -> r.each { c -> %>${c}<% } } %>'         | 'rows: [[1, 2], [3]]'           || '123'
        '<% def x = 2 * n %>${x}'                                   | 'n: 21'                         || '42'
        '<% print n; out << n %>'                                   | 'n: 1'                          || '11'
        '${facts.hostname} ${facts.cpus}'                           | ''                              || 'web1 4'
        '<%-- a comment ${nothing} --%>x'                           | ''                              || 'x'
        '\\$HOME \\${x} \\<% %>'                                    | ''                              || '$HOME ${x} <% %>'
        '$1 $$ $ ^a$ 100$'                                          | ''                              || '$1 $$ $ ^a$ 100$'
        'C:\\dir\\n \\d+\\.\\w \\\\'                                  | ''                              || 'C:\\dir\\n \\d+\\.\\w \\\\'
        "'single' \"double\" \'\'\'three\'\'\'"                     | ''                              || "'single' \"double\" \'\'\'three\'\'\'"
        'a\r\nb ${n}\r\n'                                           | 'n: 1'                          || 'a\r\nb 1\r\n'
        'ä€😀 ${n}'                                                 | "n: '日本'"                     || 'ä€😀 日本'
        '${n ?: 7}'                                                 | 'n: null'                       || '7'
        '${"a${n}b"} ${[a: "}"].a}'                                 | 'n: 1'                          || 'a1b }'
        'server { listen ${port}; }\n'                              | 'port: 80'                      || 'server { listen 80; }\n'
        '%h %l %u "%r" %>s #{x} {{ y }}'                            | ''                              || '%h %l %u "%r" %>s #{x} {{ y }}'
    }

    def "a long template keeps every character"() {
        given:
        def long_ = (1..9000).collect { "line $it of a long file \\\\ \u00e4" }.join('\n')

        expect:
        render(long_) == long_
    }

    def "a template in a sub-folder"() {
        given:
        site.write('templates/etc/nginx/site.conf', 'x ${n}')
        site.manifest("notice('n') { message template('etc/nginx/site.conf', n: 1) }")

        expect:
        site.catalog().resources()[0].desired().message().get().reveal() == 'x 1'
    }

    def "#template is wrong at #place: #code"() {
        given:
        site.write('templates/t.txt', template)
        site.manifest("widget('w') { color 'red'; content template('t.txt', n: 0, names: ['a'], db: [host: 'h']) }")

        when:
        def diagnostics = site.diagnostics()

        then:
        diagnostics*.code() == [code]
        diagnostics[0].at().get().toString() == "templates/t.txt:$place"
        diagnostics[0].related()*.at()*.get()*.file() == ['site.groovy']

        where:
        template                              || code              | place
        'one\n two ${nme}'                    || Code.TEMPLATE     | '2:8'
        'one\n $nme'                          || Code.TEMPLATE     | '2:3'
        '<%= nme %>'                          || Code.TEMPLATE     | '1:5'
        '\n\n${1.intdiv(n)}'                  || Code.TEMPLATE     | '3:1'
        '<% names.each { x -> %>\n${y}<% } %>' || Code.TEMPLATE     | '2:3'
        'a\n<% if (n { %>'                    || Code.SYNTAX       | '2:7'
        '\n${new File("x")}'                  || Code.FORBIDDEN    | '2:3'
        '${"x".execute()}'                    || Code.FORBIDDEN    | '1:3'
        '${n.foo()}'                          || Code.WRONG_TYPE   | '1:5'
    }

    def "a path that leads out of templates/ is refused: #path"() {
        given:
        site.write('secret.txt', 'x').write('templates/t.txt', '')
        site.manifest("notice('n') { message template('$path') }")

        expect:
        site.codes() == [Code.SITE_FILE]

        where:
        path << ['../secret.txt', '/etc/passwd', 'a/../../secret.txt', 't.txt/../../secret.txt', 'none.txt', '']
    }

    def "one template renders with variables of several types"() {
        given:
        site.write('templates/t.txt', '${v}')
        site.manifest("[1, 'x', true, null, 1.5, [1], [a: 1]].eachWithIndex { v, i -> notice(\"n\$i\") { message template('t.txt', v: v) } }")

        expect:
        site.catalog().resources()*.desired()*.message()*.get()*.reveal() == ['1', 'x', 'true', 'null', '1.5', '[1]', '[a:1]']
    }

    def "#call is refused at the argument that does not fit"() {
        given:
        site.write('templates/t', 'a')

        expect:
        site.manifest("file('/a') { content $call }").problems() == ["wrong-type site.groovy:1:$column".toString()]

        where:
        call                   | column
        "template(5)"          | 31
        "template('t', [b: 1])"| 36
        "template('t', 'b')"   | 36
        "secret(5)"            | 29
    }
}
