package dev.converge.examples

import com.sun.net.httpserver.HttpServer
import dev.converge.Converge
import dev.converge.Repository
import dev.converge.target.RancherForm
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir
import tools.jackson.databind.json.JsonMapper
import tools.jackson.dataformat.yaml.YAMLMapper

/** A host of a cluster with RancherOS, from one manifest and what Consul has of it. */
class RancherClusterSpec extends Specification {
    static final Map<String, String> KEYS = [
        'cluster/nodes/node-1/node/name': 'node-1',
        'cluster/nodes/node-1/environment/RACK': 'r7',
        'cluster/nodes/node-2/node/name': 'node-2',
        'cluster/nodes/node-2/node/disk': '/dev/vda',
        'cluster/all/environment/HTTP_PROXY': 'http://proxy.example.com:3128',
        'cluster/all/consul/join': '10.0.0.5',
    ]

    @TempDir
    Path folder

    /** The part of Consul's API that is asked: GET /v1/kv/PREFIX/?recurse. */
    @Shared
    HttpServer consul = HttpServer.create(new InetSocketAddress(InetAddress.loopbackAddress, 0), 0)

    def setupSpec() {
        consul.createContext('/v1/kv/') { exchange ->
            def prefix = exchange.requestURI.path.substring('/v1/kv/'.length())
            def found = KEYS.findAll { it.key.startsWith(prefix) }.collect { [Key: it.key, Value: it.value.bytes.encodeBase64().toString(), Flags: 0] }
            def answer = JsonMapper.shared().writeValueAsBytes(found)
            exchange.sendResponseHeaders(found ? 200 : 404, answer.length)
            exchange.responseBody.withStream { it << answer }
        }
        consul.start()
    }

    def cleanupSpec() {
        consul.stop(0)
    }

    def "#node boots with its own name, disk and variables, and the containers of all"() {
        when:
        def rendered = render(node)
        assert rendered.exit == 0 : rendered.err
        def config = new YAMLMapper().readValue(rendered.out, Map)

        then:
        rendered.err == ''
        RancherForm.errors(config) == []
        rendered.out.startsWith('#cloud-config\n')
        config.hostname == node
        config.rancher.state == [dev: 'LABEL=RANCHER_STATE', fstype: 'ext4', autoformat: [disk]]
        config.rancher.environment == variables
        config.rancher.sysctl == ['vm.max_map_count': '262144']
        config.ssh_authorized_keys*.tokenize(' ')*.first() == ['ssh-ed25519']
        config.write_files == [[path: '/opt/web/index.html', owner: 'root:root', permissions: '0644', content: "<h1>$node</h1>\n"]]
        config.rancher.services.consul.net == 'host'
        config.rancher.services.consul.volumes == ['/var/lib/consul:/consul/data']
        config.rancher.services.consul.command == ['agent', '-join=10.0.0.5', '-data-dir=/consul/data']
        config.rancher.services.web.image == 'docker.io/library/nginx:1.27'
        config.rancher.services.web.ports == ['80:80']
        config.rancher.services.web.restart == 'always'
        !config.containsKey('runcmd')

        where:
        node     | disk       || variables
        'node-1' | '/dev/sda' || [HTTP_PROXY: 'http://proxy.example.com:3128', RACK: 'r7']
        'node-2' | '/dev/vda' || [HTTP_PROXY: 'http://proxy.example.com:3128']
    }

    def "what RancherOS has for #example has only keys that it knows"() {
        when:
        def rendered = Converge.HERE.shell("./converge render rancheros examples/$example --facts ${Repository.path('examples/src/test/resources/facts.json')} --allow-secrets --lenient")

        then:
        rendered.exit == 0
        RancherForm.errors(new YAMLMapper().readValue(rendered.out, Map) ?: [:]) == []

        where:
        example << ExamplesSpec.EXAMPLES
    }

    /** The example as it is, but for where Consul is. */
    private Converge.Ended render(String node) {
        def address = "http://127.0.0.1:$consul.address.port"
        def site = folder.resolve('site')
        Files.walk(Repository.path('examples/rancher-cluster')).withCloseable { paths ->
            paths.filter { Files.isRegularFile(it) }.forEach {
                def to = site.resolve(Repository.path('examples/rancher-cluster').relativize(it))
                Files.createDirectories(to.parent)
                Files.writeString(to, Files.readString(it).replace('http://127.0.0.1:8500', address))
            }
        }
        def permitted = folder.resolve('data.sources')
        Files.writeString(permitted, "$address\n")
        Files.setPosixFilePermissions(permitted, PosixFilePermissions.fromString('rw-r--r--'))
        Converge.HERE.shell("CONVERGE_JAVA_OPTS=-Dconverge.data.sources=$permitted ./converge render rancheros $site --host $node --facts ${Repository.path('examples/src/test/resources/facts.json')}")
    }
}
