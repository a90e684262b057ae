service('a') {
    running yes
    enabled True
    notify notice['b']
    state 'started'
}
cron('c') { command 'true'; minute 5; hour 3 }
