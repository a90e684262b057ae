def engine = include(Containerhost)
user('shop') { system true; home '/srv/shop' }
directory(['/srv/shop', '/srv/shop/etc', '/srv/shop/data']) { owner 'shop'; mode '0750' }
file('/srv/shop/etc/shop.properties') {
    content template('shop.properties', databases: Fleet.of(lookup('fleet.hosts', Map, Object), 'database'), workers: 4 * facts.cpus)
    owner 'shop'
    mode '0640'
    notifies service['shop']
}
unit('shop.service') { content template('shop.service') }
service('shop') { running true; enabled true; requires engine }
