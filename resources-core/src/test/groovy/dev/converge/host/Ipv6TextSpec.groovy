package dev.converge.host

import spock.lang.Specification

/** The examples of RFC 5952, and the ends of the range. */
class Ipv6TextSpec extends Specification {
    def "#address is written #text"() {
        expect:
        Ipv6Text.of(InetAddress.getByName(address).address) == text

        where:
        address                    || text
        '::'                       || '::'
        '::1'                      || '::1'
        'fd00:0:0:0:0:0:0:2'       || 'fd00::2'
        '2001:db8:0:0:1:0:0:1'     || '2001:db8::1:0:0:1'
        '2001:db8:0:1:1:1:1:1'     || '2001:db8:0:1:1:1:1:1'
        '2001:0:0:1:0:0:0:1'       || '2001:0:0:1::1'
        '2001:0DB8::ABCD'          || '2001:db8::abcd'
        '1:2:3:4:5:6:0:0'          || '1:2:3:4:5:6::'
    }
}
