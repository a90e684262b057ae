package dev.converge.tidy;

import dev.converge.model.Content;
import dev.converge.model.InvalidValueException;
import dev.converge.model.Resource;
import dev.converge.schema.AutoRequire;
import dev.converge.schema.Default;
import dev.converge.schema.Derived;
import dev.converge.schema.Id;
import dev.converge.schema.Parameter;
import dev.converge.schema.ResourceType;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/**
 * Files below a folder that are removed once they are old or large: caches, logs, uploads. Only regular files go that
 * fulfil all that is given, {@code age}, {@code size} and {@code matches}; never what another resource declares, never
 * through a link, never on another file system, and links, sockets and pipes stay. All of them are one change, which
 * counts them and names the first. What is removed is not kept, unless {@code backup} is true.
 *
 * @param path the folder; when it does not exist, there is nothing to remove
 * @param rubbish how much there is to remove: always {@code none}
 * @param files the first twenty of it by name, and how many more
 * @param age how long ago a file was last changed at least, such as {@code '7d'}
 * @param ageOf what age counts from: {@code modified} or {@code accessed}
 * @param size how large a file is at least, such as {@code '500K'} or {@code '10M'}
 * @param matches patterns such as {@code '*.log'} for a file's name, or {@code 'cache/**'} for its path below the folder;
 *     one of them has to match
 * @param recurse whether files in folders below it are meant too
 * @param directories whether folders below it that are left empty, and are as old as {@code age}, go too; only with
 *     {@code recurse}
 * @param backup whether what is removed goes to the backups first
 */
@ResourceType(name = "tidy", provider = TidyProvider.class, absentable = false, example = """
                tidy('/var/cache/app') {
                    age '30d'
                    matches '*.tmp', '*.log'
                    recurse true
                }
                """)
public record TidyResource(
        @Id @AutoRequire({"directory", "link"}) Path path,

        @Derived @Default("none") String rubbish,
        @Derived @Default("") Content files,
        @Parameter Optional<Duration> age,
        @Parameter @Default("modified") AgeOf ageOf,
        @Parameter Optional<FileSize> size,
        @Parameter List<String> matches,
        @Parameter @Default("false") boolean recurse,
        @Parameter @Default("false") boolean directories,
        @Parameter @Default("false") boolean backup)
        implements Resource {
    /** @throws InvalidValueException when nothing says which files go */
    public TidyResource {
        matches = List.copyOf(matches);
        if (path.getNameCount() == 0) {
            throw new InvalidValueException("The root directory is not tidied.", "Name a folder.");
        }
        if (age.isEmpty() && size.isEmpty() && matches.isEmpty()) {
            throw new InvalidValueException(
                    "Nothing says which files of " + path + " are to be removed.",
                    "Give age, size or matches; matches '*' means all.");
        }
        if (directories && !recurse) {
            throw new InvalidValueException(
                    "\"directories\" is about what is below folders that are not looked into.",
                    "Give recurse true too.");
        }
        for (String glob : matches) {
            try {
                FileSystems.getDefault().getPathMatcher("glob:" + glob);
            } catch (PatternSyntaxException e) {
                throw new InvalidValueException("\"" + glob + "\" is not a pattern: " + e.getDescription() + ".");
            }
        }
    }

    /** The same, with what was found. */
    TidyResource seen(String found, String names) {
        return new TidyResource(
                path, found, Content.of(names), age, ageOf, size, matches, recurse, directories, backup);
    }
}
