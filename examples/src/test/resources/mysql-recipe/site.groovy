// The classic recipe: three packages, then the root password, set once. The password is shown nowhere: not on the
// screen, not in a diff, and not in the arguments of a program, where every user of the host could read it.
def password = secret('replace-me-before-use')

def packages = pkg(['mariadb-common', 'mariadb-client', 'mariadb-server']) {
    recommends false
}

// For root's own tools, readable by root alone. The guard below reads it too.
file('/root/.my.cnf') {
    content template('my.cnf', password: password)
    owner 'root'
    group 'root'
    mode '0600'
}

// Over TCP, MariaDB asks root for the password; over its socket it would believe the kernel, and the guard would
// learn nothing. The socket stays open to root, for the package's own scripts and for the next change.
exec('set the root password') {
    command 'mysql', '--no-defaults', '--user=root'
    input "ALTER USER root@localhost IDENTIFIED VIA mysql_native_password USING PASSWORD('${password}') OR unix_socket;\n"
    unless 'mysql --defaults-file=/root/.my.cnf --protocol=tcp --execute "SELECT 1"'
    refreshOnly true
    tries 30                       // the package has only just started the server
    trySleep '1s'
    subscribes packages, file['/root/.my.cnf']
}
