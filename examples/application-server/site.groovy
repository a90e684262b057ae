// Middleware that only its vendor's command line can configure: each state is asked for, set, and asked for again.
directory('/opt/appserver/bin') { parents true }
directory '/var/lib/appserver'

// A real site would install the vendor's package here.
file('/opt/appserver/bin/asadmin') {
    source 'asadmin'
    mode '0755'
    requires directory['/var/lib/appserver']
}

include(Cluster, 'web') {
    instances(['web-1', 'web-2'])
    heap '1g'
}

include(Cluster, 'batch') {
    instances(['night'])
}
