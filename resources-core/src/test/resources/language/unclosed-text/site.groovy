widget('a') { color 'red
}
