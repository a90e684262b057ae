package dev.converge.output

import dev.converge.model.Content
import dev.converge.model.Redactor
import dev.converge.model.Secret
import dev.converge.model.Text
import spock.lang.Specification
import spock.lang.Timeout

class ContentDiffSpec extends Specification {
    private static final Secret SECRET = Secret.of('hunter2')

    private static Content bytes(int... values) {
        new Content() {
            @Override
            long size() {
                values.length
            }

            @Override
            boolean isSensitive() {
                false
            }

            @Override
            InputStream open() {
                new ByteArrayInputStream(values.collect { it as byte } as byte[])
            }
        }
    }

    private static List<String> diff(Content before, Content after) {
        new ContentDiff(Redactor.of([SECRET])).lines(Optional.ofNullable(before), after)
    }

    def "#before becomes #after: #lines"() {
        expect:
        diff(before == null ? null : Content.of(before), Content.of(after)) == lines

        where:
        before          | after            || lines
        'a\nb\n'        | 'a\nc\n'         || ['@@ -1,2 +1,2 @@', ' a', '-b', '+c']
        null            | 'a\n'            || ['@@ -0,0 +1,1 @@', '+a']
        null            | ''               || []
        'a\n'           | ''               || ['@@ -1,1 +0,0 @@', '-a']
        'a'             | 'a\n'            || ['@@ -1,1 +1,1 @@', '-a', '\\ No newline at end of file', '+a']
        'a\n'           | 'b'              || ['@@ -1,1 +1,1 @@', '-a', '+b', '\\ No newline at end of file']
        '--- x\n'       | '@@ y\n'         || ['@@ -1,1 +1,1 @@', '---- x', '+@@ y']
        'a\n'           | 'a\r\n\u001b[2J' || ['@@ -1,1 +1,2 @@', '-a', '+a^M', '+^[[2J', '\\ No newline at end of file']
        'pw hunter2\nx' | 'pw new\nx'      || ['@@ -1,2 +1,2 @@', '-pw ********', '+pw new', ' x', '\\ No newline at end of file']
    }

    def "what cannot or must not be shown is said: #line"() {
        expect:
        diff(before, after) == [line]

        where:
        before            | after                        || line
        bytes(0, 1)       | bytes(0, 1, 2)               || 'binary files differ (2 B → 3 B)'
        null              | bytes(0)                     || 'binary file (1 B)'
        Content.of('a')   | Content.of('x' * (2 << 20))  || 'long files differ (1 B → 2 MiB)'
        Content.of('a')   | Content.of(Text.of(SECRET))  || 'content changed (not shown: sensitive)'
        Content.of('hunter2') | Content.of('********')   || 'content changed (not shown: sensitive)'
        Content.of('a').hidden() | Content.of('b')       || 'content changed (not shown: sensitive)'
    }

    @Timeout(10)
    def "two long files without a common line do not hold the run up"() {
        given:
        def one = (1..40000).join('\n')
        def other = (1..40000).collect { "x$it" }.join('\n')

        expect:
        diff(Content.of(one), Content.of(other)) == ['content replaced (40000 lines → 40000 lines)']
    }

    def "sizes and times read well: #shown"() {
        expect:
        Figures.size(bytes) == size
        Figures.time(java.time.Duration.ofMillis(millis)) == time

        where:
        bytes   | size      | millis  | time
        0       | '0 B'     | 0       | '0 ms'
        1023    | '1023 B'  | 999     | '999 ms'
        1229    | '1.2 KiB' | 1200    | '1.2 s'
        3 << 20 | '3 MiB'   | 185_000 | '3 min 5 s'
        shown = "$size, $time"
    }
}
