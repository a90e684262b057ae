class Shop extends Composite {
    int port = 80

    void declare() {
        notice "$name $port"
    }
}
