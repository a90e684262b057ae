3.times {
    widget('same') { color 'red' }
    widget("w$it") { color 'red'; mode '9999' }
}
