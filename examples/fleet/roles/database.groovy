pkg 'mariadb-server'
file('/etc/mysql/mariadb.conf.d/60-fleet.cnf') {
    content template('mariadb.cnf', buffer: facts.memory.intdiv(2 * 1024 * 1024), primary: lookup('database.primary', Boolean, false))
    mode '0644'
    requires pkg['mariadb-server']
    notifies service['mariadb']
}
service('mariadb') { running true; enabled true; requires pkg['mariadb-server'] }
timer('backup') {
    onCalendar '*-*-* 02:30:00'
    command '/usr/bin/mariadb-backup', '--backup', '--target-dir=/var/backups/mariadb'
}
directory('/var/backups/mariadb') { mode '0700' }
