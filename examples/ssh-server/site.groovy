// An SSH server that takes keys only. The rest of its configuration stays as the administrator left it.
pkg 'openssh-server'

// Converge's own: it knows the syntax of configuration files.
pkg 'libaugeas0'

// sshd itself judges the whole file before it takes its place: a mistake cannot lock anybody out.
def settings = [
    PermitRootLogin: 'prohibit-password',
    PasswordAuthentication: 'no',
    KbdInteractiveAuthentication: 'no',
    X11Forwarding: 'no',
].collect { key, wanted ->
    setting('/etc/ssh/sshd_config', key, wanted) {
        validate 'sshd -t -f %'
        requires pkg['openssh-server']
    }
}

// Whoever is logged in stays so.
service('ssh') {
    running true
    enabled true
    refresh 'reload'
    subscribes settings
}
