// A host of a cluster that runs RancherOS. What it is called and what its programs are told stands in Consul; all
// software is in containers. Nothing of it runs on RancherOS: converge render rancheros makes its cloud-config. Any other
// Linux with podman or Docker can be such a host too, by a run or by a script.
hostName(lookup('node.name', String))

// Where RancherOS keeps its state: formatted at the first boot, and never when something is on it.
filesystem(lookup('node.disk', String)) {
    type 'ext4'
    label 'RANCHER_STATE'
}

def variables = lookup('environment', Map, String, merge: 'hash').collect { name, given -> "${name}=${given}\n" }.toSorted()
file('/etc/environment') {
    content variables.join('')
    mode '0644'
}

sysctl('vm.max_map_count', '262144')

authorizedKey('rancher', 'ops@example.com') {
    key 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFJ0q0h0kPzVq8o7nJ3mSgY2v4d1m5yq3pQwZ3k0m4aB'
}

directory '/opt/web'
file('/opt/web/index.html') {
    content "<h1>${lookup('node.name', String)}</h1>\n"
    mode '0644'
}

directory '/var/lib/consul'
container('consul') {
    image "docker.io/hashicorp/consul:${lookup('consul.version', String)}"
    command 'agent', "-join=${lookup('consul.join', String)}", '-data-dir=/consul/data'
    networks 'host'
    volumes '/var/lib/consul:/consul/data'
    restart 'always'
}

container('web') {
    image 'docker.io/library/nginx:1.27'
    ports '80:80'
    volumes '/opt/web:/usr/share/nginx/html:ro'
    restart 'always'
}
