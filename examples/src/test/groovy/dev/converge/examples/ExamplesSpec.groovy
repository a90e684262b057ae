package dev.converge.examples

import dev.converge.Converge
import dev.converge.Repository
import java.nio.file.Path
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir

/**
 * Each folder in examples/ is a site that compiles to the catalog that was looked at, and can be tried without harm; but
 * the fleet, which takes hosts of its own: FleetSpec, and the host of RancherOS: RancherClusterSpec.
 */
class ExamplesSpec extends Specification {
    static final String KEPT = 'examples/src/test/resources'

    static final List<String> EXAMPLES = Repository.path('examples').toFile().listFiles()
        .findAll { new File(it, 'site.groovy').exists() }*.name.sort() - ['fleet', 'rancher-cluster']

    @TempDir
    Path folder

    def "the catalog of #example is the one that was looked at"() {
        when:
        def compiled = Converge.HERE.shell("./converge compile examples/$example --facts ${Repository.path("$KEPT/facts.json")}")

        then:
        compiled.exit == 0
        compiled.err == ''
        Repository.holds("$KEPT/golden/${example}.json", compiled.out)

        where:
        example << EXAMPLES
    }

    @Requires({ Machine.ours })
    def "a dry run of #example says what is to be done, and what is done it would not fail at"() {
        when:
        def tried = Converge.HERE.run(folder, '--dry-run', "examples/$example")

        then: 'a machine may have been converged to it before'
        def counted = tried.out =~ /pending (\d+), failed 0, skipped 0/
        counted.find()
        tried.exit == (counted.group(1) == '0' ? 0 : 2)

        where: 'podman is on many a machine that is not booted by systemd: CloudInitParitySpec boots one'
        example << EXAMPLES - 'containers'
    }
}
