def name = 'n'
notice('x') {
    message "hello ${name
}
