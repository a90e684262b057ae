package dev.converge.language

import dev.converge.diagnostic.Code
import dev.converge.model.Content
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** A secret reaches the attribute that may hold it, and nothing that anybody reads. */
class SecretSpec extends Specification {
    static final String VALUE = 'hunter2-wxyz'

    @TempDir
    Path folder

    SiteFolder site

    def setup() {
        site = new SiteFolder(folder)
            .write('templates/plain.txt', 'key=${key}!')
            .write('templates/loop.txt', '<% keys.each { k -> %>[${k}]<% } %>')
            .write('templates/nested.txt', '${db.users.admin.password}')
    }

    def "#text reaches the content whole"() {
        when:
        def catalog = site.manifest("def s = secret('$VALUE')\nwidget('w') { color 'red'; content($text) }").catalog()
        def content = catalog.resources()[0].desired().content().get()

        then:
        new String(content.bytes(), 'UTF-8') == expected.replace('S', VALUE)
        content.sensitive

        and: 'is shown nowhere'
        !catalog.toString().contains(VALUE)
        !catalog.resources().toString().contains(VALUE)
        !content.toString().contains(VALUE)
        !Content.describe(content).contains(VALUE)

        where:
        text                                                          || expected
        's'                                                           || 'S'
        '"a${s}b"'                                                    || 'aSb'
        "'a' + s"                                                     || 'aS'
        '"$s$s"'                                                      || 'SS'
        's.toString().toUpperCase()'                                  || 'S'
        'secret("x${s}")'                                             || 'xS'
        "[s, 'b'].join(',')"                                          || 'S,b'
        '[a: s].collect { "${it.key}=${it.value}" }.join()'           || 'a=S'
        '[a: [b: s]].a.b'                                             || 'S'
        "'%s!'.replace('%s', s)"                                      || 'S!'
        "String.format('<%s>', s)"                                    || '<S>'
        "template('plain.txt', key: s)"                               || 'key=S!'
        "template('loop.txt', keys: [s, 'b'])"                        || '[S][b]'
        "template('nested.txt', db: [users: [admin: [password: s]]])" || 'S'
        '"x${template(\'plain.txt\', key: "<$s>")}"'                  || 'xkey=<S>!'
    }

    def "a password attribute is a secret by itself"() {
        when:
        def catalog = site.manifest("widget('w') { color 'red'; password '$VALUE' }").catalog()

        then:
        catalog.resources()[0].desired().password().get().reveal() == VALUE
        catalog.secrets()*.reveal() == [VALUE]
        !catalog.resources().toString().contains(VALUE)
    }

    def "refused, and not shown: #text"() {
        given:
        site.manifest("def s = secret('$VALUE')\n$text")

        when:
        def diagnostics = site.diagnostics()

        then:
        diagnostics*.code() == [code]
        !diagnostics.toString().contains(VALUE)
        !site.print(diagnostics).contains(VALUE)

        and: 'no marker that stands for it either'
        !(site.print(diagnostics) =~ /[\uF8C5-\uF8C7]/)

        where:
        text                                                                     || code
        "widget('w') { color s }"                                                || Code.BAD_VALUE
        'widget("w$s") { color \'red\' }'                                        || Code.BAD_VALUE
        'widget(\'w\') { color \'red\'; parts "a$s" }'                           || Code.BAD_VALUE
        "widget('w') { color 'red'; labels a: s }"                               || Code.BAD_VALUE
        "widget('w') { color 'red'; content s.toString().substring(1) }"         || Code.BAD_VALUE
        "widget('w') { color 'red'; content s.toString().reverse() }"            || Code.BAD_VALUE
        "widget('w') { color 'red'; content s.toString()[0..1] }"                || Code.BAD_VALUE
        "widget('w') { color 'red'; mode s.toString() }"                         || Code.BAD_VALUE
        "widget('w') { color 'red'; ensure s }"                                  || Code.BAD_VALUE
        'fail "because $s"'                                                      || Code.RUNTIME_ERROR
        'throw new IllegalStateException("because $s")'                          || Code.RUNTIME_ERROR
        'assert s.toString() == "x"'                                             || Code.RUNTIME_ERROR
        'notice "${s.toString().toInteger()}"'                                   || Code.RUNTIME_ERROR
        'include s'                                                              || Code.SITE_FILE
        "notice template(s.toString())"                                          || Code.SITE_FILE
        "widget('w') { color 'red'; requires widget[s.toString()] }"             || Code.UNKNOWN_REFERENCE
    }

    def "the source line of a diagnostic hides literals: #text"() {
        given:
        site.manifest(text)

        expect:
        def printed = site.print(site.diagnostics())
        !printed.empty
        !printed.contains(VALUE)

        where:
        text << [
            "widget('w') { colr secret('$VALUE') }",
            "widget('w') { colr secret(\"$VALUE\") }",
            "widget('w') { colr 'red'; password '$VALUE' }",
            "widget('w') { colr 'red'; password = '$VALUE' }",
            "widget('w') { colr 'red'; password('$VALUE') }",
            "def dbPassword = '$VALUE'; widget('w') { colr dbPassword }",
            "widget('w') { colr 'red'; password '''$VALUE''' }",
        ]
    }
}
