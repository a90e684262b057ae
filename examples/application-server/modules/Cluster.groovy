/** A cluster of the application server, with its instances. */
class Cluster extends Composite {
    List<String> instances
    String heap = '512m'

    void declare() {
        def created = command("cluster ${name}") {
            get '/opt/appserver/bin/asadmin', 'list-clusters'
            expectLine name
            set '/opt/appserver/bin/asadmin', 'create-cluster', name
            remove '/opt/appserver/bin/asadmin', 'delete-cluster', name
        }
        instances.each { each ->
            include(Instance, "${name}/${each}") {
                cluster this.name
                instance each
                heap this.heap
                requires created
            }
        }
    }
}
