include(Shop, 'a') { port 80 }
include(Shop, 'b')
