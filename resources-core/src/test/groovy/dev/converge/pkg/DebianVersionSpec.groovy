package dev.converge.pkg

import spock.lang.Requires
import spock.lang.Specification

class DebianVersionSpec extends Specification {
    static final List<String> VERSIONS = [
        '0', '1', '1.0', '1.00', '1.0-0', '1.0-1', '1.0-10', '1.0-2', '1.0~rc1', '1.0~rc1-1', '1.0~~', '1.0~', '1.0+b1', '1.0a', '1.0.a',
        '1.0.1', '1.10', '1.9', '0:1.0', '1:0.1', '2:0', '10:0', '1.2.3-4ubuntu5.6~20.04.1', '1.2.3-4ubuntu5.6', '2.0-1-2', '2.0-1-1',
        '20240131235959123456789', '20240131235959123456790', '1:2.3+dfsg-4+deb12u1', '1:2.3+dfsg-4+deb12u10', '1.0-1~bpo12+1', '007', '7', '1.-', '1.0-',
    ]

    @Requires({ new File('/usr/bin/dpkg').canExecute() })
    def "orders every two versions as dpkg does"() {
        given:
        def pairs = [VERSIONS, VERSIONS].combinations().findAll { a, b -> !a.endsWith('-') && !b.endsWith('-') }
        def script = pairs.collect { a, b ->
            "dpkg --compare-versions '$a' lt '$b' && echo lt || { dpkg --compare-versions '$a' eq '$b' && echo eq || echo gt; }\n"
        }.join()
        def process = new ProcessBuilder('sh').redirectError(ProcessBuilder.Redirect.DISCARD).start()
        process.outputStream.withWriter { it << script }
        def answers = process.inputStream.readLines()

        expect:
        answers.size() == pairs.size()
        [pairs, answers].transpose().findAll { pair, answer ->
            Integer.signum(DebianVersion.compare(pair[0], pair[1])) != [lt: -1, eq: 0, gt: 1][answer]
        } == []
    }
}
