pkg 'valkey'
setting('/etc/valkey/valkey.conf', 'maxmemory', "${facts.memory.intdiv(2 * 1024 * 1024)}mb") {
    lens 'Spacevars'
    requires pkg['valkey']
    notifies service['valkey']
}
service('valkey') { running true; enabled true; requires pkg['valkey'] }
