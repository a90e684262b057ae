notice('a') {
    message: 'new'
    ensure: 'present'
}
when: facts.cpus > 100
