dial('front', 'volume', 3)
dial('front', 'mute', 3) { requires dial['front:volum'] }
dial('front', 'fade', 3) { requires dial['volume'] }
dial('front', 'gain', 3) { requires dial['front', 'volume'] }
