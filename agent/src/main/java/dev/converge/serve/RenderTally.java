package dev.converge.serve;

import dev.converge.diagnostic.Diagnostic;
import java.util.List;

/** Is told what becomes of renders. */
interface RenderTally {
    /** One that was kept was of use. */
    void hit();

    void made(boolean good, long nanos);

    /** What its author has to know. */
    void told(Edition edition, ServedHost host, List<Diagnostic> problems);

    /** Their edition has come into force. */
    void inForce();
}
