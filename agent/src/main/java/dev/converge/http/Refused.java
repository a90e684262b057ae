package dev.converge.http;

import java.util.Optional;

/**
 * What never came to be a request, and was refused by the server itself. Nothing of what the client said is in it.
 *
 * @param from the client's address, without its port
 * @param status of the answer; empty when there was none
 * @param bytes of the answer
 * @param why such as {@code head too long}
 */
public record Refused(String from, Optional<Integer> status, int bytes, String why) {}
