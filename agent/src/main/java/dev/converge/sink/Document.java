package dev.converge.sink;

/**
 * Something to send.
 *
 * @param run the id of the run that it is of
 * @param id the same for every try, and only for this one of all hosts
 * @param json what to send
 */
record Document(String run, String id, String json) {
    /** @param kind {@code report} or {@code heartbeat} */
    static Document of(String host, String run, String kind, String json) {
        return new Document(run, plain(host) + "/" + plain(run) + "/" + kind, json);
    }

    /** What is fit for a header and for a file's name alike. */
    private static String plain(String text) {
        return text.replaceAll("[^A-Za-z0-9._-]", "-");
    }
}
