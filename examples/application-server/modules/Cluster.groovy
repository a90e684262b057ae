/** A cluster of the application server, with its instances. */
class Cluster extends Composite {
    List<String> instances
    String heap = '512m'

    void declare() {
        def cluster = command("cluster ${name}") {
            get '/opt/appserver/bin/asadmin', 'list-clusters'
            expectLine name
            set '/opt/appserver/bin/asadmin', 'create-cluster', name
            remove '/opt/appserver/bin/asadmin', 'delete-cluster', name
        }
        instances.each { instance ->
            include(Instance, "${name}/${instance}") {
                cluster this.name
                instance instance
                heap this.heap
                requires cluster
            }
        }
    }
}
