package dev.converge.converger;

import java.util.BitSet;

/** The numbers of the resources that may run now, smallest first: cheap to fill and to empty, without an object each. */
final class Ready {
    private final BitSet numbers;
    private int lowest;
    private int count;

    Ready(int size) {
        numbers = new BitSet(size);
    }

    void add(int number) {
        numbers.set(number);
        count++;
        lowest = Math.min(lowest, number);
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Takes the smallest one; there must be one. */
    int takeLowest() {
        lowest = numbers.nextSetBit(lowest);
        remove(lowest);
        return lowest;
    }

    /** The smallest one from here on; -1 when there is none. */
    int next(int from) {
        return numbers.nextSetBit(from);
    }

    void remove(int number) {
        numbers.clear(number);
        count--;
    }
}
