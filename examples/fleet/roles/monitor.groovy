pkg 'prometheus2'
file('/etc/prometheus/prometheus.yml') {
    content template('prometheus.yml', hosts: Fleet.hosts(lookup('fleet.hosts', Map, Object)))
    mode '0644'
    requires pkg['prometheus2']
    notifies service['prometheus']
}
service('prometheus') { running true; enabled true; refresh 'reload'; requires pkg['prometheus2'] }
