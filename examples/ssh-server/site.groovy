// An SSH server that takes keys only. The rest of its configuration stays as the administrator left it.
pkg 'openssh-server'

// Converge's own: it knows the syntax of configuration files.
pkg 'libaugeas0'

def settings = [
    PermitRootLogin: 'prohibit-password',
    PasswordAuthentication: 'no',
    KbdInteractiveAuthentication: 'no',
    X11Forwarding: 'no',
].collect { key, wanted ->
    setting('/etc/ssh/sshd_config', key, wanted) {
        requires pkg['openssh-server']
    }
}

exec('check the configuration of sshd') {
    command 'sshd', '-t'
    refreshOnly true
    subscribes settings
}

// Whoever is logged in stays so.
service('ssh') {
    running true
    enabled true
    refresh 'reload'
    requires exec['check the configuration of sshd']
    subscribes settings
}
