package dev.converge.git;

import dev.converge.provider.ResourceFailure;
import java.util.Optional;
import org.eclipse.jgit.transport.Transport;

/**
 * A connection to a server that can be cut while another thread waits for what it says. Public because the one by SSH is
 * loaded beside the rest of the package.
 */
public interface Line {
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

    /** Why the server was not spoken to, when that was ours to decide. */
    default Optional<ResourceFailure> refusal() {
        return Optional.empty();
    }

    /** Makes those of one kind. */
    interface Maker {
        /** @throws ResourceFailure when what the access names is not there */
        Line to(Access access);
    }
}
