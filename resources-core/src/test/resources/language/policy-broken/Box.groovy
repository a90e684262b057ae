class Box extends Composite {
    void declare() {
        widget("$name-pink") { color 'pink' }
    }
}
