/** An instance in a cluster, and how much memory it gets. */
class Instance extends Composite {
    String cluster
    String instance
    String heap

    void declare() {
        def created = command("instance ${name}") {
            get '/opt/appserver/bin/asadmin', 'list-instances', cluster
            expectLine instance
            set '/opt/appserver/bin/asadmin', 'create-instance', cluster, instance
            remove '/opt/appserver/bin/asadmin', 'delete-instance', cluster, instance
        }
        command("heap of ${name}") {
            get '/opt/appserver/bin/asadmin', 'get', cluster, instance, 'heap'
            expect heap
            set '/opt/appserver/bin/asadmin', 'set', cluster, instance, 'heap', heap
            requires created
        }
    }
}
