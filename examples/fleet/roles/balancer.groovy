pkg 'haproxy'
file('/etc/haproxy/haproxy.cfg') {
    content template('haproxy.cfg', backends: Fleet.of(lookup('fleet.hosts', Map, Object), 'web'), port: lookup('nginx.site.port', Integer))
    mode '0644'
    validate 'haproxy', '-c', '-f', '%'
    requires pkg['haproxy']
}
service('haproxy') {
    running true
    enabled true
    refresh 'reload'
    subscribes file['/etc/haproxy/haproxy.cfg']
}
sysctl('net.ipv4.ip_nonlocal_bind', '1')
