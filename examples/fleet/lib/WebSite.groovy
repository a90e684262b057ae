/** A site of nginx: its folder, and a configuration that nginx has to accept. */
class WebSite extends Composite {
    @Between(min = 1, max = 65535) int port = 80
    @NotEmpty String serverName
    String root = '/srv/shop'

    void declare() {
        file("/etc/nginx/sites-enabled/${name}") {
            content template('site.conf', port: port, serverName: serverName, root: root)
            mode '0644'
            requires pkg['nginx-light']
        }
        exec("nginx judges ${name}") {
            command 'nginx', '-t'
            refreshOnly true
            subscribes file["/etc/nginx/sites-enabled/${name}"]
        }
        service('nginx') {
            running true
            enabled true
            refresh 'reload'
            subscribes exec["nginx judges ${name}"]
        }
    }
}
