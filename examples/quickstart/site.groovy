// Safe on any machine: everything is in one folder of its own under /tmp.
def home = '/tmp/converge-quickstart'

directory(home) {
    mode '0755'
}

def greeting = file("${home}/hello.txt") {
    content template('hello.txt', name: facts.hostname, cpus: facts.cpus)
    mode '0644'
}

link("${home}/latest") {
    target "${home}/hello.txt"
}

// Runs only after hello.txt has changed.
exec('count the words') {
    command 'wc', '-w', "${home}/hello.txt"
    refreshOnly true
    subscribes greeting
}

notice 'quickstart: everything is in /tmp/converge-quickstart'
