pkg 'dnsmasq'
file('/etc/dnsmasq.d/fleet.conf') {
    content template('dnsmasq.conf', hosts: Fleet.hosts(lookup('fleet.hosts', Map, Object)))
    mode '0644'
    validate 'dnsmasq', '--test', '--conf-file=%'
    requires pkg['dnsmasq']
}
service('dnsmasq') {
    running true
    enabled true
    subscribes file['/etc/dnsmasq.d/fleet.conf']
}
