class Box extends Composite {
    void declare() {
        policy.widgets { allow 'red' }
    }
}
