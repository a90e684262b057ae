service('a') {
    running yes
    enabled True
    notify notice['b']
    state 'started'
}
cron('c') { command 'true'; minute 5; hour 3 }
container('d') { image 'app:1'; env LANG: 'C' }
sysctl 'vm.swappiness', 10
