dial('front', 'volume', 7) {
    right 0
    set 'start', 'nowhere'
    left 'fine'
    set secret('hush'), 'front:x'
    turns 'left', 'left to a'
}
