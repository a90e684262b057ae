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

exec('set the root password') {
    command 'mysql', '--no-defaults', '--user=root'
    input "ALTER USER 'root'@'localhost' IDENTIFIED BY '${password}';\n"
    unless 'mysql --defaults-file=/root/.my.cnf --execute "SELECT 1"'
    refreshOnly true
    tries 30                       // the package has only just started the server
    trySleep '1s'
    subscribes packages
    requires file['/root/.my.cnf']
}
