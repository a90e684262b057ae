package dev.converge.sink;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Somewhere that the agent's reports go to, as {@code agent.yaml} says. */
public sealed interface SinkSettings {

    /**
     * JSON files, one for each run that has something to tell.
     *
     * @param folder where; in the state directory when empty
     * @param keep how many
     * @param keepFor how long
     */
    record FileSink(Optional<Path> folder, int keep, Duration keepFor) implements SinkSettings {}

    /**
     * A server that takes them by POST.
     *
     * @param url where it takes them
     * @param tokenFile the file with a bearer token
     * @param tls whom it trusts and who it is
     * @param timeLimit how long the server may take to answer
     * @param spoolBytes how much waits on disk at most while it does not answer
     * @param spoolAge how long it waits at most
     */
    record HttpSink(URI url, Optional<Path> tokenFile, Tls tls, Duration timeLimit, long spoolBytes, Duration spoolAge)
            implements SinkSettings {}

    /**
     * Figures for Prometheus.
     *
     * @param textfile a file for the collector of node_exporter
     * @param listen a port of the loopback on which they can be read
     */
    record PrometheusSink(Optional<Path> textfile, Optional<Integer> listen) implements SinkSettings {}

    /**
     * A program that gets them on its standard input.
     *
     * @param command it and its arguments
     * @param timeLimit how long it may take
     */
    record CommandSink(List<String> command, Duration timeLimit) implements SinkSettings {
        public CommandSink {
            command = List.copyOf(command);
        }
    }

    /**
     * Files of PEM for an encrypted connection, read anew for each.
     *
     * @param caFile the certificates that the server is held to, in place of those that Java trusts
     * @param certificate the client's certificate, with those that lead to its authority
     * @param key the private key of that, as PKCS #8
     */
    record Tls(Optional<Path> caFile, Optional<Path> certificate, Optional<Path> key) {}
}
