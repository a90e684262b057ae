/** One site of an nginx: the folder that it serves and the file that says so. */
class NginxSite extends Composite {
    String serverName
    String account
    int port = 80
    int maxBodyMegabytes = 8

    void declare() {
        def root = "/srv/${name}"
        def available = "/etc/nginx/sites-available/${name}"

        directory(root) {
            owner account
            group account
            mode '0755'
        }

        file("${root}/index.html") {
            source 'index.html'
            owner account
            group account
            mode '0644'
        }

        file(available) {
            content template('site.conf', serverName: serverName, port: port, root: root,
                    maxBodyMegabytes: maxBodyMegabytes)
            owner 'root'
            group 'root'
            mode '0644'
        }

        link("/etc/nginx/sites-enabled/${name}") {
            target available
            requires file[available]
        }
    }
}
