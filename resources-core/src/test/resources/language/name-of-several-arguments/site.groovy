dial('front', 'volume', 'loud')
dial('front', 'bass', 3, 4)
dial('front', 'treble', 3) {
    position 5
}
dial(['front', 'left']) { position 1 }
dial(1, 'balance') { position 1 }
dial('front', 'fade')
dial()
