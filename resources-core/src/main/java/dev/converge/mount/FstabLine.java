package dev.converge.mount;

import dev.converge.filesystem.MountPoints;
import dev.converge.model.InvalidValueException;
import dev.converge.model.Wish;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A line of fstab(5): its fields as they are meant, without escapes.
 *
 * @param fields device, mount point, type, options, dump and pass
 */
record FstabLine(List<String> fields) implements Wish<FstabLine> {
    static final FstabLine NONE = new FstabLine(List.of());

    /** @throws InvalidValueException always: it follows from other attributes */
    public static FstabLine parse(String text) {
        throw new InvalidValueException("\"atBoot\" is not given; it follows from \"device\" and the others.");
    }

    static FstabLine wanted(Path path, String device, String type, List<String> options, int dump, int pass) {
        boolean bind = options.contains("bind") || options.contains("rbind");
        return new FstabLine(List.of(
                device,
                path.toString(),
                bind && type.equals("auto") ? "none" : type,
                options.isEmpty() ? "defaults" : String.join(",", options),
                Integer.toString(dump),
                Integer.toString(pass)));
    }

    /** Fields as they stand in the file; of those that are left out at the end, numbers count as 0: see fstab(5). */
    static FstabLine ofFile(List<String> escaped) {
        String[] fields = {"", "", "auto", "defaults", "0", "0"};
        for (int i = 0; i < Math.min(fields.length, escaped.size()); i++) {
            fields[i] = MountPoints.unescape(escaped.get(i));
        }
        if (fields[1].startsWith("/")) {
            fields[1] = Path.of(fields[1]).toString(); // a slash at its end says nothing
        }
        return new FstabLine(List.of(fields));
    }

    /** What a manifest declares to get this line. */
    MountResource declared(Path path, Optional<Boolean> mounted) {
        List<String> options = Arrays.stream(fields.get(3).split(","))
                .filter(option -> !option.equals("defaults"))
                .toList();
        return new MountResource(
                path,
                fields.get(0),
                fields.get(2),
                options,
                number(fields.get(4)),
                number(fields.get(5)),
                mounted,
                true,
                MountResource.TIMEOUT,
                Optional.empty(),
                Optional.empty());
    }

    /** What is no number counts as 0, as for fsck(8). */
    private static int number(String field) {
        return field.matches("\\d") ? Integer.parseInt(field) : 0;
    }

    /** Fields as they stand in a file. */
    List<String> escaped() {
        return fields.stream()
                .map(field -> field.replace("\\", "\\134")
                        .replace(" ", "\\040")
                        .replace("\t", "\\011")
                        .replace("\n", "\\012"))
                .toList();
    }

    /** The order of options does not matter. */
    @Override
    public boolean satisfiedBy(FstabLine observed) {
        return observed.fields.size() == fields.size()
                && optionSet().equals(observed.optionSet())
                && withoutOptions().equals(observed.withoutOptions());
    }

    Set<String> optionSet() {
        Set<String> options = new HashSet<>(Arrays.asList(fields.get(3).split(",")));
        options.remove("defaults");
        return options;
    }

    private List<String> withoutOptions() {
        return List.of(fields.get(0), fields.get(1), fields.get(2), fields.get(4), fields.get(5));
    }

    @Override
    public String toString() {
        return fields.isEmpty() ? "no line" : String.join(" ", escaped());
    }
}
