mount('/data') {
    device '/dev/sdb1'
    fsType 'swap'
    persist true
}
def tab = '\t'
iniSetting('/etc/app.ini', 'db', 'name') {
    create true
    value "shop${tab}"
}
directory('/srv/www') {
    ignore '*.bak', 'a['
}
exec('twice') {
    command '/bin/true'
    shell 'true'
}
exec('never') {
    shell 'true'
    environment([PASSWORD: secret('hunter2')])
    tries 0
}
tidy('/srv/old') { recurse true }
tidy('/') {
    age '7d'
}
file('/etc/app.conf') {
    mode '0644'
    checksum 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
}
line('/etc/fstab', 'proc') {
    after '^#'
    before '^sys'
}
