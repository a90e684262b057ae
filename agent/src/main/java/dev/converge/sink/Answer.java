package dev.converge.sink;

import java.time.Duration;
import java.util.Optional;

/** What came of sending something to a server. */
sealed interface Answer {
    /** It has it. */
    record Taken() implements Answer {}

    /**
     * It may take it another time.
     *
     * @param why what is wrong, in whole sentences
     * @param advice what to do
     * @param after how long it asks to be left alone
     */
    record Later(String why, String advice, Optional<Duration> after) implements Answer {}

    /** It will never take this one. */
    record Refused(String why) implements Answer {}

    /** It does not take what is compressed. */
    record Unzip() implements Answer {}
}
