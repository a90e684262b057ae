// A database and who may use it, by the module that ships with Converge. Everything else is data: data/common.yaml, where
// the passwords are encrypted. They are shown nowhere: not on the screen, in a diff, in a report, or in the arguments of
// a program, where every user of the host could read them.
//
// The key of this example is no secret; a site of your own makes one with "converge data key", and keeps it out of Git:
//     install -D -m 0600 examples/src/test/resources/example.key /etc/converge/example.key
include(Mariadb)

// What the shop logs in with, for its tools; readable by the shop alone.
user('shop') { system true }
file('/etc/shop.cnf') {
    content template('my.cnf', user: 'shop', password: lookup('mariadb.users.shop.password', String))
    owner 'shop'
    mode '0400'
}
