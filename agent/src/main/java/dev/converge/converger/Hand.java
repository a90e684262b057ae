package dev.converge.converger;

import java.util.Arrays;

/** What one worker has in hand: one resource, or several of a type that changes them together; used again and again. */
final class Hand {
    /** The resource failed: those after it are skipped. */
    static final int FAILED = 1;

    /** The resource would be changed: those after it may have to be predicted. */
    static final int PENDING = 2;

    /** The resource was or would be changed: those that it notifies are refreshed. */
    static final int NOTIFIES = 4;

    /** The resource waits for something that this run cannot bring about: those after it wait too. */
    static final int HELD = 8;

    /** The resource was changed or refreshed: those that it notifies are owed a refresh, whatever comes. */
    static final int CHANGED = 16;

    /** Whether there is anything that those after it have to know. */
    static final int ANY = FAILED | PENDING | NOTIFIES | HELD | CHANGED;

    private int[] numbers = new int[1];
    private int[] effects = new int[1];
    private int count;
    private boolean moreWait;

    int count() {
        return count;
    }

    /** A resource's number in the plan. */
    int number(int at) {
        return numbers[at];
    }

    void add(int number) {
        if (count == numbers.length) {
            numbers = Arrays.copyOf(numbers, count * 2);
            effects = Arrays.copyOf(effects, count * 2);
        }
        effects[count] = 0;
        numbers[count++] = number;
    }

    /** What the resource's end means for those after it. */
    boolean has(int at, int effect) {
        return (effects[at] & effect) != 0;
    }

    /** @param sum of {@link #FAILED}, {@link #PENDING}, {@link #NOTIFIES}, {@link #HELD} and {@link #CHANGED} */
    void end(int at, int sum) {
        effects[at] = sum;
    }

    /** What it means besides. */
    void also(int at, int effect) {
        effects[at] |= effect;
    }

    void clear() {
        count = 0;
    }

    /** Whether there was more to take that nobody was waiting for. */
    boolean moreWait() {
        return moreWait;
    }

    void moreWait(boolean more) {
        moreWait = more;
    }
}
