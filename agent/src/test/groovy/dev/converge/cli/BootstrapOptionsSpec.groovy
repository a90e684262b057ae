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

    def "a package that --install names comes from there in the output for #target, not from a manifest that nobody wrote"() {
        expect:
        converge('render', target, '--bootstrap', '--url', 'https://g.example/s.git', '--install', 'openjdk-17-jdk-headless,converge') == 0
        out.contains(said)
        !out.contains('site.groovy')

        where:
        target       || said
        'shell'      || '# pkg[openjdk-17-jdk-headless] (--install)'
        'cloud-init' || 'pkg[openjdk-17-jdk-headless]  --install\n'
    }
}
