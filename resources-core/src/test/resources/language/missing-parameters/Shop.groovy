class Shop extends Composite {
    int port
    String domain

    void declare() {
        notice "$domain $port"
    }
}
