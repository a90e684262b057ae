package dev.converge.language;

import java.util.Arrays;
import java.util.Collection;

/** The words about a turn, the same for a resource and for a composite. */
public interface TurnWords {
    /** Called by the words below; not for manifests. */
    void turn(String word, Object value);

    /** {@code true}: only looked at, and what would change is reported. */
    default void noop(boolean value) {
        turn("noop", value);
    }

    /** How long the whole turn of a resource may take, such as {@code '5m'}; then it is ended, and has failed. */
    default void timeout(CharSequence duration) {
        turn("timeout", duration);
    }

    /** How often a turn that failed begins again in the same run. */
    default void retries(int times) {
        turn("retries", times);
    }

    /** How long to wait before a turn begins again, such as {@code '10s'}. */
    default void retryDelay(CharSequence duration) {
        turn("retryDelay", duration);
    }

    /** When a resource may be changed, such as {@code 'Sat,Sun 02:00-04:00'}; outside, changes are pending. */
    default void window(CharSequence... times) {
        window(Arrays.asList(times));
    }

    /** When a resource may be changed, such as {@code 'Sat,Sun 02:00-04:00'}; outside, changes are pending. */
    default void window(Collection<? extends CharSequence> times) {
        turn("window", times);
    }

    /** {@code 'enforce'} (the default), or {@code 'report'}: what the host has moved by itself is left and reported. */
    default void onDrift(CharSequence word) {
        turn("onDrift", word);
    }
}
