class Shop extends Composite {
    int port
}

include(Shop) { port 80 }
