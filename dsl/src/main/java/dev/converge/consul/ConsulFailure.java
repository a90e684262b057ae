package dev.converge.consul;

/** Consul did not give what it was asked for. The message names the address, never the token. */
public final class ConsulFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final String advice;

    ConsulFailure(String message, String advice) {
        super(message);
        this.advice = advice;
    }

    /** What to do about it. */
    public String advice() {
        return advice;
    }
}
