package dev.converge.cli

/** What {@code render --bootstrap} cannot do without. */
class BootstrapOptionsSpec extends CliSpecification {
    def "#missing is named where it is missing"() {
        expect:
        converge(*(['render', 'cloud-init', '--bootstrap'] + options)) == 1
        err.contains(missing)
        !err.contains('.groovy')

        where:
        options                                                               || missing
        []                                                                    || '--url'
        ['--url', 'https://g.example/s.git', '--install', 'https://x/c.tar.gz'] || '--checksum'
    }
}
