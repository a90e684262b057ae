/**
 * A site of an {@link Nginx}: a folder that is served, a program behind a proxy, or an address that requests are sent to.
 * With a certificate it speaks TLS, and sends requests without TLS there.
 *
 * <p>It is a file of its own in /etc/nginx/conf.d, which nginx judges together with all others before it takes its place.
 */
class NginxSite extends Composite {
    static final String JUDGED = 'nginx judges its whole configuration'
    /** The new file, in a copy of links to all others: relative paths lead into the copy. No secret is written anywhere. */
    private static final String TRIAL = '''\
        set -e
        trial=$(mktemp -d /run/converge-nginx.XXXXXX)
        trap 'rm -rf "$trial"' EXIT
        cp -rs /etc/nginx/. "$trial"
        rm -f "$trial/conf.d/$2"
        cp "$1" "$trial/conf.d/$2"
        nginx -t -q -c "$trial/nginx.conf"
        '''.stripIndent()

    /** The names that it answers to, as server_name takes them; its own when left out. */
    @Matches(/[^\s;{}]+/)
    List<String> serverNames = []
    /** The port; 80 or, with a certificate, 443 when left out. */
    @Between(min = 0, max = 65535)
    int port = 0
    /** Whether it also listens on IPv6. */
    boolean ipv6 = true
    /** Whether it answers to names that no site has. */
    boolean standard = false

    /** The folder that is served. */
    @Matches('/[^;{}"\\n]*')
    String root = null
    /** What a folder answers with. */
    @Matches(/[^\s;{}]+/)
    List<String> index = ['index.html']
    /** The program behind the proxy: {@code http://127.0.0.1:8080}, {@code http://unix:/run/app.sock}. */
    @Matches(/https?:\/\/[^\s;{}]+/)
    String proxyTo = null
    /** Or several that share the work, as server takes them in an upstream: {@code '10.0.0.5:8080 weight=2'}. */
    @Matches(/[^;{}\n]+/)
    List<String> backends = []
    /** Seconds that the program may be silent. */
    @Between(min = 1, max = 86400)
    int proxyTimeout = 60
    /** Whether connections may become WebSockets. */
    boolean webSockets = false
    /** Where requests are sent to instead, such as {@code 'https://www.example.com$request_uri'}. */
    @Matches(/[^\s;{}]+/)
    String redirectTo = null
    /** Whether they are sent there for good (301) or for now (302). */
    boolean redirectForGood = true

    /** The certificate with those above it: PEM text, or an absolute path on the host. */
    String certificate = null
    /** Its key: PEM text, which is kept secret, or an absolute path on the host. */
    String certificateKey = null
    /** Whether port 80 sends requests to TLS. */
    boolean redirectPlain = true
    /** For how many seconds browsers shall speak TLS alone with it; 0 does not say so. */
    @Between(min = 0, max = 63072000)
    int strictTransportSeconds = 0
    /** Whether HTTP/2 is spoken over TLS. */
    boolean http2 = true

    /** How large the body of a request may be, such as 500k or 10m; as for all sites when left out. */
    @Matches(/\d+[kKmMgG]?/)
    String maxBodySize = null
    /** Where requests are written to, as access_log takes it, or off; as for all sites when left out. */
    String accessLog = null
    /** Further directives of its block server; a list gives one several times. */
    Map<String, Object> settings = [:]
    /** Directives by location, besides that of the whole site: {@code ['/api/': [proxy_pass: 'http://127.0.0.1:9000']]}. */
    Map<String, Map<String, Object>> locations = [:]
    /** Whether it is there; false removes it, and its certificate and key where those were given as text. */
    boolean active = true

    void declare() {
        check()
        if (certificate != null) {
            pem('crt', certificate, '0644')
            pem('key', certificateKey, '0600')
        }
        file("/etc/nginx/conf.d/${name}.conf") {
            if (!active) {
                ensure 'absent'
            } else {
                content template('nginx/site.conf', site: name, names: serverNames.isEmpty() ? [name] : serverNames, backends: backends,
                        plain: certificate != null && redirectPlain ? listens(80, '') : [], port: port in [0, 443] ? '' : ":$port".toString(),
                        lines: lines(), locations: parts())
                owner 'root'
                group 'root'
                mode '0644'
                validate 'sh', '-c', TRIAL, 'trial', '%', "${name}.conf"
            }
            requires file['/etc/nginx/nginx.conf']
            notifies exec[JUDGED], service['nginx']
        }
    }

    private void check() {
        if (!(name ==~ /[A-Za-z0-9._-]+/)) {
            fail "NginxSite: \"${name}\" names a file, so it may only have letters, digits, dots, - and _."
        }
        def ways = [root, proxyTo, redirectTo, backends.isEmpty() ? null : 'backends'].count { way -> way != null }
        if (active && (ways > 1 || ways == 0 && locations.isEmpty())) {
            fail "NginxSite: ${name} needs one of root, proxyTo, backends and redirectTo, or locations alone."
        }
        if ((certificate == null) != (certificateKey == null)) {
            fail "NginxSite: ${name} needs both certificate and certificateKey, or neither."
        }
    }

    /** What is no path is the text itself. */
    private void pem(String kind, String given, String bits) {
        if (given.startsWith('/')) {
            return
        }
        file(place(kind, given)) {
            if (!active) {
                ensure 'absent'
            } else {
                content kind == 'key' ? secret("${given.trim()}\n") : "${given.trim()}\n"
                owner 'root'
                group 'root'
                mode bits
            }
            requires file['/etc/nginx/nginx.conf']
            notifies exec[JUDGED], service['nginx']
            if (active) {
                before file["/etc/nginx/conf.d/${name}.conf"]
            }
        }
    }

    private String place(String kind, String given) {
        given.startsWith('/') ? given : "/etc/nginx/${name}.${kind}".toString()
    }

    private List<String> listens(int where, String how) {
        def all = ["${where}${how}${standard ? ' default_server' : ''}".toString()]
        ipv6 ? all + ["[::]:${all[0]}".toString()] : all
    }

    private List<String> lines() {
        boolean tls = certificate != null
        Map<String, Object> ours = [
            listen: listens(port == 0 ? (tls ? 443 : 80) : port, tls ? (http2 ? ' ssl http2' : ' ssl') : ''),
            client_max_body_size: maxBodySize,
            access_log: accessLog,
            root: root,
            index: root == null ? null : index.join(' '),
        ]
        if (tls) {
            ours.putAll(ssl_certificate: place('crt', certificate), ssl_certificate_key: place('key', certificateKey))
        }
        if (strictTransportSeconds > 0 && tls) {
            ours.put('add_header', "Strict-Transport-Security \"max-age=${strictTransportSeconds}\" always")
        }
        NginxDirectives.lines(ours + settings)
    }

    private Map<String, List<String>> parts() {
        Map<String, Map<String, Object>> all = whole() == null ? [:] : ['/': whole()]
        (all + locations).collectEntries { where, directives -> [(where): NginxDirectives.lines(directives)] }
    }

    private Map<String, Object> whole() {
        if (redirectTo != null) {
            return [return: "${redirectForGood ? 301 : 302} ${redirectTo}"]
        }
        if (root != null) {
            return [try_files: '$uri $uri/ =404']
        }
        proxyTo == null && backends.isEmpty() ? null : proxied()
    }

    private Map<String, Object> proxied() {
        List<String> headers = ['Host $host', 'X-Real-IP $remote_addr', 'X-Forwarded-For $proxy_add_x_forwarded_for', 'X-Forwarded-Proto $scheme']
        Map<String, Object> all = [
            proxy_pass: proxyTo ?: "http://${name}",
            proxy_read_timeout: proxyTimeout,
            proxy_send_timeout: proxyTimeout,
            proxy_http_version: '1.1',
            proxy_set_header: webSockets ? headers + ['Upgrade $http_upgrade', 'Connection upgrade'] : headers + ['Connection ""'],
        ]
        all
    }
}
