// Not an example: what a usual run does, so that the launcher can prepare its class-data archive. Never applied.
def folder = '/tmp/converge-training'
def filler = 'x' * 8 + '\n'

for (int i = 0; i < 4; i++) {
    def text = ('# file ' + i + '\n' + filler).substring(0, 8) + '\n'
    file(String.format('%s/f%02d', folder, i)) {
        content text
        owner 'root'
        mode '0644'
    }
}

directory(folder) {
    mode '0755'
}

def conf = file("${folder}/conf") {
    content template('conf', name: facts.hostname, items: ['a', 'b'])
    owner 'root'
    group 'root'
    mode 'u=rw,go=r'
}

file("${folder}/plain") {
    source 'plain'
}

link("${folder}/link") {
    target "${folder}/conf"
}

group('converge-training') {
    gid 7000
}

user('converge-training') {
    uid 7000
    gid 'converge-training'
    home '/nonexistent'
    shell '/usr/sbin/nologin'
}

pkg 'base-files'

exec('training') {
    command 'true'
    refreshOnly true
    subscribes conf
    requires pkg['base-files'], user['converge-training']
}

file('/etc/passwd') {
    owner 'root'
    mode '0644'
}

service('converge-training') {
    running false
    enabled false
}

line('/etc/hosts', '127.0.0.1 localhost')

sysctl('vm.swappiness', '60') {
    persist false
}

cron('converge-training') {
    command 'true'
    schedule '@daily'
}

['one', 'two'].each { notice(it) }

node('*') {
    notice("on ${facts.os.family}") {
        tags 'training'
    }
}

include(Part, 'x') {
    text 'y'
    requires conf
}
