// A web server in a container, by podman from Debian's packages: its page is the site's, its image its registry's.
pkg 'podman'

// Where Converge, and any other program that knows Docker's API, asks podman.
service('podman.socket') {
    running true
    enabled true
    requires pkg['podman']
}

directory('/srv/hello') { mode '0755' }

file('/srv/hello/index.html') {
    content "Hello from ${facts.hostname}.\n"
    mode '0644'
}

container('hello') {
    image 'docker.io/library/busybox:1.36'
    command 'httpd', '-f', '-h', '/srv'
    ports '127.0.0.1:8081:80'
    volumes '/srv/hello:/srv:ro'
    restart 'always'
}
