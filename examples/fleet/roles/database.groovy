// Half of the memory is the database's, and the first server alone takes writes. The rest is data; how passwords of users
// get into it is shown by examples/mysql.
include(Mariadb) {
    bufferPool "${facts.memory.intdiv(2 * 1024 * 1024)}M"
    settings(read_only: !lookup('database.primary', Boolean, false))
}
timer('backup') {
    onCalendar '*-*-* 02:30:00'
    command '/usr/bin/mariadb-backup', '--backup', '--target-dir=/var/backups/mariadb'
}
directory('/var/backups/mariadb') { mode '0700' }
