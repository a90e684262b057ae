package dev.converge.serve

import dev.converge.git.GitAddress
import dev.converge.source.SourceSettings

/** Clients that go too far, and the server's own place: its address and its state. */
class ServedClientsSpec extends ServeSpecification {
    def "a client goes no further than it may, which is in the log without what it said: #what"() {
        given:
        def server = usual()

        expect:
        server.raw(said).startsWith("HTTP/1.1 $status")
        SOON.eventually { assert server.log*.replaceFirst(/\d+ us/, '0 us').contains("127.0.0.1 $line".toString()) }
        !server.text().contains('0123456789abcdef')
        server.get('/metrics').body().contains("converge_serve_requests_total{endpoint=\"other\",code=\"$status\"} 1\n")

        where:
        what             | said                                                                                    || status | line
        'a long head'    | "GET /web-1/user-data HTTP/1.1\r\nHost: x\r\nX: ${'0123456789abcdef' * 600}\r\n\r\n"   || 431    | '- - 431 14 0 us: head too long'
        'a long address' | "GET /${'0123456789abcdef' * 600} HTTP/1.1\r\nHost: x\r\n\r\n"                          || 414    | '- - 414 14 0 us: address too long'
        'a body'         | 'GET /web-1/user-data HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello'            || 413    | 'GET /web-1/user-data 413 23 0 us'
        'another method' | 'DELETE /web-1/user-data HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'              || 405    | 'DELETE /web-1/user-data 405 19 0 us'
        'no HTTP'        | '0123456789abcdef\r\n\r\n'                                                              || 400    | '- - 400 14 0 us: malformed request'
    }

    def "a second server with the same state is told who works with it, whatever it serves"() {
        given:
        serve()
        def git = new SiteOrigin.Git(SourceSettings.plain(GitAddress.parse("file://$folder/none.git"), 'main'))

        expect:
        [new SiteOrigin.Folder(folder.resolve('site')), git].each {
            def problems = RunningServer.begin(it, folder.resolve('state'))
            assert problems*.detail() == ["Another converge serve works with $folder/state: process ${ProcessHandle.current().pid()}.".toString()]
        }
        server.get('/web-1/user-data').statusCode() == 200
    }

    def "five hundred clients that never come to the point keep nobody waiting"() {
        given:
        def server = usual()
        def slow = (1..500).collect {
            def socket = new Socket('127.0.0.1', server.port)
            socket.outputStream << 'GET /web-1/user-data HTTP/1.1\r\nHo'
            socket
        }
        def begin = System.nanoTime()

        when:
        def answers = (1..50).collect { server.get('/web-1/user-data').statusCode() }

        then:
        answers.toUnique() == [200]
        System.nanoTime() - begin < 5e9

        cleanup:
        slow*.close()
    }

    def "an address that cannot be had is said with the reason"() {
        given:
        def site = site("notice 'hello'\n", 'serve: { hosts: { web-1: } }\n')
        def taken = new ServerSocket(0, 1, InetAddress.getByName('127.0.0.1'))

        when:
        def problems = refused(site, port: taken.localPort)

        then:
        problems*.detail() == ["At 127.0.0.1:$taken.localPort: Address already in use.".toString()]
        problems[0].suggestion().get().contains('--listen')

        cleanup:
        taken.close()
    }
}
