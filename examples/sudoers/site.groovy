// The classic recipe: a file that locks everybody out when it is wrong, so sudo's own checker judges it first.
pkg 'sudo'

group('ops') {
    system true
}

file('/etc/sudoers.d/ops') {
    content '%ops ALL=(ALL:ALL) NOPASSWD: /usr/bin/systemctl, /usr/bin/journalctl\n'
    owner 'root'
    group 'root'
    mode '0440'
    validate 'visudo -cf %'
    requires pkg['sudo'], group['ops']
}
