// A real nginx from Debian's packages, with a user, a folder and a site of its own.
group('www-shop') {
    system true
}

user('www-shop') {
    system true
    gid 'www-shop'
    comment 'Web shop'
    home '/srv/shop'
    shell '/usr/sbin/nologin'
}

pkg 'nginx-light'

// nginx itself judges the new file before it replaces the old one.
def configuration = file('/etc/nginx/nginx.conf') {
    content template('nginx.conf', workers: facts.cpus)
    owner 'root'
    group 'root'
    mode '0644'
    validate 'nginx -t -c %'
    requires pkg['nginx-light']
}

// The package brings a default site that would answer on port 80.
link('/etc/nginx/sites-enabled/default') {
    ensure 'absent'
    requires pkg['nginx-light']
}

def shop = include(NginxSite, 'shop') {
    serverName 'shop.example.com'
    account 'www-shop'
    port 8080
    requires configuration
}

exec('check the whole configuration') {
    command 'nginx', '-t'
    refreshOnly true
    subscribes configuration, shop
}

// A running nginx takes the new configuration over without dropping a connection; a stopped one is started.
service('nginx') {
    running true
    enabled true
    refresh 'reload'
    requires exec['check the whole configuration']
    subscribes configuration, shop
}
