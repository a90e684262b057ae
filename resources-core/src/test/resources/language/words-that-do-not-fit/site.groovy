dial('front', 'volume', 7) {
    left 3
    right 'far'
    right 1, 2, 3
    lft 'x'
    set 'start'
    turns 5
}
