package dev.converge.git;

import org.eclipse.jgit.transport.Transport;

/** A connection to a server that can be cut while another thread waits for what it says. */
interface Line {
    /** One that needs nothing, such as that to a folder. */
    Line PLAIN = new Line() {
        @Override
        public void configure(Transport transport) {}

        @Override
        public void cut() {}
    };

    void configure(Transport transport);

    /** Ends all that is open. Who waits for it gets an error. */
    void cut();
}
