if (facts.os.family = 'debian') {
    notice 'x'
}
