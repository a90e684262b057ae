widget {
    color 'red'
}
