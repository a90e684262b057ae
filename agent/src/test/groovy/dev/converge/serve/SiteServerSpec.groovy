package dev.converge.serve

import java.util.concurrent.Callable
import java.util.concurrent.Executors

/** Machines ask for what makes them, over real sockets. */
class SiteServerSpec extends ServeSpecification {

    def "a host is known by its name, its network card and its serial number"() {
        given:
        def server = usual()

        expect:
        ['web-1.example.com', 'web-1', 'WEB-1', '52:54:00:00:00:05', '52-54-00-00-00-05', 'VMware-42'].each {
            def got = server.get("/$it/user-data")
            assert got.statusCode() == 200
            assert got.headers().firstValue('content-type').get() == 'text/cloud-config; charset=utf-8'
            assert got.body().startsWith('#cloud-config\n') && got.body().contains('web-1.example.com in rack 4 of Ada')
        }
        server.get('/web-2/user-data').body().contains('web-2.example.com in rack 1 of Ada')
        server.get('/web-2/meta-data').body() == 'instance-id: "web-2.example.com"\nlocal-hostname: "web-2.example.com"\n'
        server.get('/web-2/network-config').body() == ''
        server.get('/web-2/vendor-data').body() == '#cloud-config\n{}\n'
        server.get('/rancher-1/user-data').body() == server.get('/rancher-1/rancheros').body()
    }

    def "iPXE is told what to load, and where all else is"() {
        given:
        serve(url: 'http://10.0.0.1:8069')

        expect:
        server.get('/52-54-00-00-00-05/ipxe').body() == '''\
            #!ipxe
            echo Converge: booting web-1.example.com
            kernel http://boot/linux initrd=initrd ip=dhcp ds=nocloud;dsmode=net;s=http://10.0.0.1:8069/web-1.example.com/ || exit 1
            initrd --name initrd http://boot/initrd || exit 1
            boot || exit 1
            '''.stripIndent()
        server.get('/rancher-1/ipxe').body().contains('kernel http://boot/linux quiet rancher.cloud_init.datasources=[url:http://10.0.0.1:8069/rancher-1/rancheros] || exit 1')
        server.get('/web-2/ipxe').statusCode() == 404
    }

    def "who has it already is not sent it again, and gets it when it is another one"() {
        given:
        def server = usual()
        def first = server.get('/web-1/user-data')
        def tag = first.headers().firstValue('etag').get()

        expect:
        tag ==~ /"[0-9a-f]{32}"/
        server.get('/web-1/user-data', ['If-None-Match': sent.replace('TAG', tag)]).statusCode() == status
        server.get('/web-2/user-data').headers().firstValue('etag').get() != tag

        where:
        sent              || status
        'TAG'             || 304
        'W/TAG'           || 304
        '"other", TAG'    || 304
        '*'               || 304
        '"other"'         || 200
    }

    def "a host that cannot be rendered learns nothing but that, and its author where and why"() {
        given:
        def failing = site(MANIFEST + "if (facts.hostname == 'web-2') { file('/etc/token') { content secret('xyzzy'); mode '0600' } }\n")
        serve([:], failing)

        expect:
        server.get('/web-1/user-data').statusCode() == 200
        with(server.get('/web-2/user-data')) {
            statusCode() == 500
            body() == 'This host cannot be rendered; the log says why.\n'
        }
        SOON.eventually { server.text().contains('web-2.example.com cannot be rendered\nerror: Secret in the output\n  at site.groovy:2:') }
        !server.text().contains('xyzzy')
        server.log.findAll { it.contains('GET /web-2/user-data 500') }.every { it.endsWith('us: it cannot be rendered') }
        server.health().subMap('status', 'hosts', 'unrendered') == [status: 'ok', hosts: 4, unrendered: 1]
        metrics().contains('converge_serve_hosts_unrendered 1\n')
    }

    def "hosts are rendered once, however many ask at once"() {
        given:
        serve()
        def clients = Executors.newFixedThreadPool(20)

        when:
        def all = clients.invokeAll([{ server.get('/web-2/rancheros').statusCode() } as Callable] * 40)*.get()
        clients.shutdown()

        then:
        all.toUnique() == [200]
        SOON.eventually { server.get('/metrics').body().contains('converge_serve_renders_total{result="rendered"} 5\n') }
    }
}
