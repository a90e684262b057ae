package dev.converge.serve

/** What is wrong with the table of hosts, said when a server starts. */
class ServedTableSpec extends ServeSpecification {

    def "what is wrong with the table of hosts is told all at once, each at its place"() {
        given:
        def site = site(MANIFEST, '''\
            serve:
              facts: facts/none.json
              hosts:
                web-1: { mac: 52-54, seriall: x }
                web-2: { mac: '52:54:00:00:00:05', target: cloudinit, token: short }
                web-3: { mac: '52:54:00:00:00:05', boot: { initrd: 'http://x' } }
                'web 4': {}
                web-5: text
            '''.stripIndent())

        when:
        def problems = refused(site)

        then:
        problems.size() == 9
        problems.collect { "${it.at().get().line()}:${it.at().get().column()} ${it.summary()}".toString() }.toSet() == [
            '2:10 No facts', '4:19 Bad value', '4:26 Bad value', '5:48 Bad value', '5:66 Bad value', '6:5 Given twice', '6:46 Bad value', '7:5 Bad value', '8:12 Bad value',
        ].toSet()
    }

    def "a key that serve does not have, and one token for two hosts, are refused"() {
        given:
        def site = site(MANIFEST, '''\
            serve:
              domian: example.com
              hosts:
                web-1: { token: 0123456789abcdef }
                web-2: { token: 0123456789abcdef, boot: text }
            '''.stripIndent())

        when:
        def problems = refused(site)

        then:
        problems.collect { "${it.at().get().line()}:${it.at().get().column()} ${it.summary()}".toString() } == [
            '2:3 Bad value', '5:21 Given twice', '5:45 Bad value',
        ]
        !problems.toString().contains('0123456789abcdef')
    }
}
