package dev.converge.sysctl;

import dev.converge.model.InvalidValueException;
import dev.converge.model.Wish;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a parameter will be after the next boot.
 *
 * @param value the last assignment that the boot comes upon
 * @param overriddenBy the file that has it, when it is not the resource's own
 */
record AtBoot(String value, Optional<Path> overriddenBy) implements Wish<AtBoot> {
    /** @throws InvalidValueException always: it follows from {@code value} and {@code persist} */
    public static AtBoot parse(String text) {
        throw new InvalidValueException("\"atBoot\" is not given; it follows from \"value\" and \"persist\".");
    }

    static AtBoot wanted(String value) {
        return new AtBoot(value, Optional.empty());
    }

    /** Another file may say the same: what counts is what the kernel will be told last. */
    @Override
    public boolean satisfiedBy(AtBoot observed) {
        return observed.value.equals(value);
    }

    @Override
    public String toString() {
        return value + overriddenBy.map(file -> " (in " + file + ")").orElse("");
    }
}
