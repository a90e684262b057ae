service('a') {
    ensure => running,
    enable => true,
}
