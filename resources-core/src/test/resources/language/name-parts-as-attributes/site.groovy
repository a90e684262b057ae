setting('PermitRootLogin') {
    file '/etc/ssh/sshd_config'
    key 'PermitRootLogin'
    value 'no'
}
line('/etc/modules') {
    line 'loop'
}
sysctl 'vm.swappiness', 10
iniSetting('/etc/my.cnf', 'mysqld', 'port', 3306)
file('/etc/motd') {
    path '/etc/motd'
}
unit('app.service') {
    service 'ExecStart=/opt/app'
}
gitCheckout('/srv/app') {
    repo 'https://git.example.com/app.git'
}
container('web') {
    image 'nginx:1'
    env PORT: '80'
}
