package dev.converge.language

import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** Policies of a site; what breaks them is in the cases beside DiagnosticsGoldenSpec. */
class PolicySpec extends Specification {
    @TempDir
    Path folder

    SiteFolder site

    def setup() {
        site = new SiteFolder(folder)
    }

    def "#policy is kept by what keeps it"() {
        expect:
        site.manifest("$policy\nwidget('a') { color 'red'; shiny true }").ids() == ['widget[a]']

        where:
        policy << [
            "policy.widgets { }",
            "policy.widgets { allow 'red' }",
            "policy.widgets { allow 'blue'; allow 'red' }",
            "policy.widgets { allow(['blue', 'red']); requireShine facts.cpus > 2; mode '0644' }",
            "if (facts.cpus > 2) { policy.widgets { allow 'red' } }",
            "node('other') { policy.widgets { allow 'blue' } }",
            "def colors = ['red']\npolicy.widgets { colors.each { allow it } }",
        ]
    }

    def "a variable may be called policy"() {
        expect:
        site.manifest("def policy = [a: 'x']\nnotice policy.a").ids() == ['notice[x]']
    }

    def "every breach is reported in one run"() {
        expect:
        site.manifest("policy.widgets { allow 'red' }\n['a', 'b'].each { widget(it) { color it } }").problems() ==
            ['policy site.groovy:2:19', 'policy site.groovy:2:19']
    }
}
