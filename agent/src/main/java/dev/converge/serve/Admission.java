package dev.converge.serve;

/** Whether a client may have what is a host's, and why not: that is for the log alone. */
enum Admission {
    GRANTED("granted"),
    NO_TOKEN("came without the host's token"),
    WRONG_TOKEN("not the host's token"),
    OF_ANOTHER("the host's token was used by another client"),
    OVER("the host's token was used, and its time is over");

    private final String why;

    Admission(String why) {
        this.why = why;
    }

    String why() {
        return why;
    }
}
