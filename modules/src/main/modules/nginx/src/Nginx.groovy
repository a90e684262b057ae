/**
 * An nginx: its package, /etc/nginx/nginx.conf and the service. Sites are {@link NginxSite}s.
 *
 * <p>Each file is judged by nginx together with all others before it takes its place, and a running nginx takes a new
 * configuration over without losing a connection.
 */
class Nginx extends Composite {
    /** The account of the processes that answer requests. */
    @NotEmpty
    String account = 'www-data'
    /** How many processes answer requests: a number, or auto for one on each processor. */
    @Matches(/auto|[1-9]\d*/)
    String workerProcesses = 'auto'
    /** How many connections each of them may have. */
    @Between(min = 16, max = 1000000)
    int workerConnections = 1024
    /** Seconds for which a connection stays open without a request; 0 closes it at once. */
    @Between(min = 0, max = 86400)
    int keepaliveTimeout = 65
    /** How large the body of a request may be, such as 500k or 10m; 0 is no limit. A site may say it for itself. */
    @Matches(/\d+[kKmMgG]?/)
    String maxBodySize = '1m'
    /** Whether answers are packed: text, scripts, style sheets, JSON and SVG, from 1 KiB on. */
    boolean gzip = true
    /** Whether answers tell the version of nginx. */
    boolean serverTokens = false
    /** The versions of TLS that sites speak. */
    @NotEmpty
    @OneOf(['TLSv1.2', 'TLSv1.3'])
    List<String> tlsProtocols = ['TLSv1.2', 'TLSv1.3']
    /** Ciphers up to TLS 1.2, as openssl-ciphers(1) has them. */
    @Matches(/[^\s;{}]+/)
    String tlsCiphers = 'HIGH:!aNULL:!MD5:!kRSA'
    /** Where requests are written to, as access_log takes it; off for nowhere. */
    @NotEmpty
    String accessLog = '/var/log/nginx/access.log'
    /** Where errors are written to. */
    @NotEmpty
    String errorLog = '/var/log/nginx/error.log'
    /** From which level on. */
    @OneOf(['debug', 'info', 'notice', 'warn', 'error', 'crit', 'alert', 'emerg'])
    String errorLevel = 'error'
    /** Further directives for all sites, of the block http: {@code [limit_req_zone: '$binary_remote_addr zone=login:10m rate=1r/s']}. */
    Map<String, Object> settings = [:]
    /** Whether the site stays that the distribution's package brings. */
    boolean packagedSite = false
    /** Where that site is. */
    String packagedSiteFile = '/etc/nginx/sites-enabled/default'
    /** Files that nginx.conf reads, from /etc/nginx on: those of modules. */
    List<String> moduleFiles = ['modules-enabled/*.conf']
    /** Likewise those of sites; conf.d is where a NginxSite is. */
    List<String> siteFiles = ['conf.d/*.conf', 'sites-enabled/*']
    /** The package. */
    @NotEmpty
    String packageName = 'nginx'

    void declare() {
        pkg packageName
        def configuration = file('/etc/nginx/nginx.conf') {
            content template('nginx/nginx.conf', account: account, processes: workerProcesses, connections: workerConnections,
                    modules: moduleFiles, lines: lines(), sites: siteFiles, errorLog: errorLog, errorLevel: errorLevel)
            owner 'root'
            group 'root'
            mode '0644'
            validate 'nginx', '-t', '-q', '-c', '%'
            requires pkg[packageName]
        }
        directory('/etc/nginx/conf.d') { requires pkg[packageName] }
        if (!packagedSite && !packagedSiteFile.isEmpty()) {
            file(packagedSiteFile) {
                ensure 'absent'
                requires pkg[packageName]
                notifies exec[NginxSite.JUDGED], service['nginx']
            }
        }
        // What was taken away is not judged with a file of its own, so the whole is looked at once more.
        exec(NginxSite.JUDGED) {
            command 'nginx', '-t', '-q'
            refreshOnly true
            subscribes configuration
        }
        service('nginx') {
            running true
            enabled true
            refresh 'reload'
            requires pkg[packageName], exec[NginxSite.JUDGED]
            subscribes configuration
        }
    }

    /** Those that the author gave take the place of ours. */
    private List<String> lines() {
        Map<String, Object> ours = [
            sendfile: true,
            tcp_nopush: true,
            server_tokens: serverTokens,
            keepalive_timeout: keepaliveTimeout,
            client_max_body_size: maxBodySize,
            access_log: accessLog,
            ssl_protocols: tlsProtocols.join(' '),
            ssl_ciphers: tlsCiphers,
            ssl_prefer_server_ciphers: false,
            ssl_session_cache: 'shared:TLS:10m',
            ssl_session_timeout: '1d',
            gzip: gzip,
        ]
        if (gzip) {
            ours.putAll(gzip_types: 'text/plain text/css text/xml application/json application/javascript application/xml image/svg+xml',
                    gzip_min_length: 1024, gzip_vary: true, gzip_proxied: 'any')
        }
        NginxDirectives.lines(ours + settings)
    }
}
