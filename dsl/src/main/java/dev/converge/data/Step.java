package dev.converge.data;

import java.util.Optional;

/**
 * What became of one place that a lookup could ask.
 *
 * @param hierarchy whose level it is: {@code site}, {@code module nginx}
 * @param level the level's name
 * @param where the path or address, with its facts in place; empty when it was not asked
 * @param found the value there, secrets opened
 * @param why why there is none; empty when there is one
 */
public record Step(String hierarchy, String level, String where, Optional<DataValue> found, String why) {}
