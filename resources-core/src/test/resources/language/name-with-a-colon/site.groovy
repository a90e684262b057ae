dial('a:b', 'gain', 3)
dial('front') { position 1 }
dial('front', 'volume', 3)
