import dev.converge.testing.ManifestSpec

class NginxSpec extends ManifestSpec {
    def "a server on #system runs as #account and judges its configuration before it is reloaded"() {
        given:
        facts system

        when:
        compile { include(Nginx) }

        then:
        contains pkg('nginx'), directory('/etc/nginx/conf.d')
        contains file('/etc/nginx/nginx.conf') {
            content { text -> text.contains("user $account;") && text.contains('include conf.d/*.conf;') && text.contains('server_tokens off;') }
            mode '0644'
            validate 'nginx', '-t', '-q', '-c', '%'
        }
        contains service('nginx') { running true; enabled true; refresh 'reload'; subscribes file['/etc/nginx/nginx.conf'] }
        orders pkg['nginx'], file['/etc/nginx/nginx.conf'], exec['nginx judges its whole configuration'], service['nginx']

        where:
        system << systems()
        account = system.startsWith('debian') || system.startsWith('ubuntu') ? 'www-data' : 'nginx'
    }

    def "the distribution's own site goes from #system, unless it is wanted"() {
        given:
        facts system

        when:
        compile { include(Nginx) }

        then:
        site == null ? catalog.names('file') == ['/etc/nginx/nginx.conf'] : contains(file(site) { ensure 'absent' })

        when:
        compile { include(Nginx) { packagedSite true } }

        then:
        catalog.names('file') == ['/etc/nginx/nginx.conf']

        where:
        system        || site
        'debian-12'   || '/etc/nginx/sites-enabled/default'
        'rocky-9'     || null
        'alpine-3.20' || '/etc/nginx/http.d/default.conf'
    }

    def "what the author sets takes the place of what the module would"() {
        when:
        compile { include(Nginx) { settings(keepalive_timeout: '5s', gzip: false, resolver: ['127.0.0.1', '::1'], tcp_nopush: '') } }

        then:
        contains file('/etc/nginx/nginx.conf') {
            content { text ->
                text.contains('keepalive_timeout 5s;') && !text.contains('keepalive_timeout 65;') && text.contains('gzip off;') &&
                        text.contains('resolver 127.0.0.1;') && text.contains('resolver ::1;') && !text.contains('tcp_nopush')
            }
        }
    }

    def "a site #does"() {
        when:
        compile {
            include(Nginx)
            include(NginxSite, 'shop') { root '/srv/shop' }
            include(NginxSite, 'app') { proxyTo 'http://127.0.0.1:8080'; webSockets true; maxBodySize '10m' }
            include(NginxSite, 'pool') { backends(['10.0.0.1:80', '10.0.0.2:80 backup']); certificate '/etc/ssl/a.pem'; certificateKey '/etc/ssl/a.key' }
            include(NginxSite, 'old') { redirectTo 'https://new.example.com'; ipv6 false; standard true }
        }

        then:
        contains file("/etc/nginx/conf.d/${site}.conf") { content { text -> lines.every { line -> text.contains(line) } } }
        notifies file["/etc/nginx/conf.d/${site}.conf"], service['nginx']
        orders file['/etc/nginx/nginx.conf'], file["/etc/nginx/conf.d/${site}.conf"], service['nginx']
        lacks file['/etc/nginx/pool.key']

        where:
        does                            | site   | lines
        'serves a folder'               | 'shop' | ['listen 80;', 'listen [::]:80;', 'server_name shop;', 'root /srv/shop;', 'try_files $uri $uri/ =404;']
        'hands requests to a program'   | 'app'  | ['proxy_pass http://127.0.0.1:8080;', 'proxy_set_header Upgrade $http_upgrade;', 'client_max_body_size 10m;']
        'shares requests among several' | 'pool' | ['upstream pool {', 'server 10.0.0.2:80 backup;', 'listen 443 ssl http2;', 'ssl_certificate_key /etc/ssl/a.key;', 'return 301 https://$host$request_uri;']
        'sends requests elsewhere'      | 'old'  | ['listen 80 default_server;', 'return 301 https://new.example.com;']
    }

    def "a site finds in the data what its braces leave out, and its key is a secret"() {
        given:
        data 'nginx.site': [root: '/srv/www', certificate: '-----BEGIN CERTIFICATE-----', certificateKey: '-----BEGIN PRIVATE KEY-----']

        when:
        compile {
            include(Nginx)
            include(NginxSite, 'shop')
        }

        then:
        contains file('/etc/nginx/shop.key') { mode '0600'; owner 'root'; content '-----BEGIN PRIVATE KEY-----\n' }
        contains file('/etc/nginx/shop.crt') { mode '0644' }
        orders file['/etc/nginx/shop.key'], file['/etc/nginx/conf.d/shop.conf']
    }

    def "#mistake is refused"() {
        given:
        data 'nginx.site': given

        when:
        compile {
            include(Nginx)
            include(NginxSite, 'shop')
        }

        then:
        diagnostics.any { it.toString().contains(message) }

        where:
        mistake                       | given                                           || message
        'a site that answers nothing' | [:]                                             || 'needs one of root, proxyTo'
        'two answers'                 | [root: '/a', proxyTo: 'http://127.0.0.1']       || 'needs one of root, proxyTo'
        'a certificate alone'         | [root: '/a', certificate: '/b']                 || 'both certificate and certificateKey'
        'a port that there is not'    | [root: '/a', port: 70000]                       || 'port'
        'a directive in a name'       | [root: '/a', serverNames: ['a; include /etc/x']] || 'serverNames'
    }
}
