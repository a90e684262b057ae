include(Shop)
node('*') {
    include(Shop)
}
include(Shop, 'b') { port 1 }
include(Shop, 'b') { port 2 }
