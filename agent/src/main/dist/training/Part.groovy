class Part extends Composite {
    String text
    int count = 2

    void declare() {
        (1..count).each { notice("${name}-${it}") { message text } }
    }
}
