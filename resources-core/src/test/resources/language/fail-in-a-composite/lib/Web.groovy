class Web extends Composite {
    int port

    void declare() {
        include(Worker) { number port }
    }
}

class Worker extends Composite {
    int number

    void declare() {
        if (number < 1024) {
            fail "Port ${number} is for root alone."
        }
    }
}
