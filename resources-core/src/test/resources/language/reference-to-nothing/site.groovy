widget('nginx') {
    color 'red'
    requires widget['ngnix'], notice['b']
}
widget['nginx'] >> widget['nothing-like-it']
notice 'a'
