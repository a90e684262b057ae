package dev.converge.data;

import dev.converge.data.DataValue.Sequence;
import dev.converge.model.Durations;
import dev.converge.vault.KeyFile;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/** One level as it is written in a hierarchy. */
final class LevelForm {
    private static final List<String> KINDS = List.of("path", "paths", "glob", "consul", "command");

    private static final List<String> OF_SOME_KINDS = List.of("prefix", "tokenFile", "timeout");

    private static final String ONE_KIND = "Give it one of " + String.join(", ", KINDS) + ".";

    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final DataFolder folder;
    private final Options options;
    private final String keyFile;
    private final PathFacts facts;

    /** @param keyFile of the whole hierarchy */
    LevelForm(DataFolder folder, Options options, String keyFile, PathFacts facts) {
        this.facts = facts;
        this.folder = folder;
        this.options = options;
        this.keyFile = keyFile;
    }

    /** The level; empty when it is not right, which has been reported. */
    Optional<Level> level() {
        Optional<String> name = options.text("name");
        if (name.isEmpty() && !options.has("name")) {
            options.problem(options.at(), "A level has a name.", "Write name: and what --explain shall call it.");
        }
        Decipher decipher = decipher(folder, options.text("keyFile").orElse(keyFile));
        List<String> kinds = KINDS.stream().filter(options::has).toList();
        if (kinds.isEmpty()) {
            refuseKindless();
            return Optional.empty();
        }
        if (kinds.size() > 1) {
            options.problem(options.at(), "This level is of several kinds.", ONE_KIND);
            return Optional.empty();
        }
        Optional<Level> level = level(kinds.get(0), name.orElse("?"), decipher);
        options.refuseOthers("A level of this kind");
        judgeFacts(kinds.get(0).equals("consul") ? "prefix" : kinds.get(0));
        return level;
    }

    /** A misspelt word is told rather than that there is none. */
    private void refuseKindless() {
        OF_SOME_KINDS.forEach(options::has);
        if (!options.refuseOthers("A level")) {
            options.problem(options.at(), "This level names nothing to read.", ONE_KIND);
        }
    }

    private void judgeFacts(String name) {
        options.value(name).ifPresent(value -> {
            List<DataValue> all = value instanceof Sequence list ? list.elements() : List.of(value);
            for (DataValue text : all) {
                facts.judge(String.valueOf(text.plain()), text.at()).forEach(options::tell);
            }
        });
    }

    private Optional<Level> level(String kind, String name, Decipher decipher) {
        switch (kind) {
            case "path", "paths", "glob":
                List<PathPattern> paths = paths(kind);
                return Optional.of(new FileLevel(name, folder, paths, kind.equals("glob"), decipher));
            case "consul":
                return consul(name, decipher);
            default:
                return command(name, decipher);
        }
    }

    private List<PathPattern> paths(String kind) {
        List<PathPattern> paths =
                options.texts(kind).stream().map(PathPattern::new).toList();
        for (PathPattern path : paths) {
            try {
                PathPattern shape = kind.equals("glob") ? path : path.literal();
                FileSystems.getDefault().getPathMatcher("glob:" + Path.of(shape.anyHost()));
            } catch (PatternSyntaxException | InvalidPathException e) {
                options.problem(
                        options.value(kind).map(DataValue::at).orElse(options.at()),
                        "This is no path: "
                                + (e instanceof PatternSyntaxException glob
                                        ? glob.getDescription()
                                        : "no path has a NUL in it")
                                + ".",
                        "In a glob, *, ?, [ ] and { } have a meaning; write a backslash before those that have none.");
            }
        }
        return paths;
    }

    private Optional<Level> consul(String name, Decipher decipher) {
        Optional<URI> address = options.text("consul").flatMap(this::address);
        Optional<String> prefix = options.text("prefix");
        Optional<TokenFile> token = options.text("tokenFile")
                .map(file -> new TokenFile(folder.path().resolve(file)));
        Duration timeout = timeout(ConsulLevel.TIMEOUT);
        if (prefix.isEmpty()) {
            options.problem(
                    options.at(),
                    "This level does not say which keys of Consul are its own.",
                    "Write prefix: 'converge/${hostname}'");
        }
        return address.isEmpty() || prefix.isEmpty()
                ? Optional.empty()
                : Optional.of(new ConsulLevel(
                        name, address.get(), new PathPattern(prefix.get()), token, timeout, decipher, options.at()));
    }

    /** A name and password in it would be shown wherever the address is. */
    private Optional<URI> address(String text) {
        try {
            URI address = new URI(text);
            boolean web = List.of("http", "https").contains(address.getScheme()) && address.getHost() != null;
            if (web && address.getUserInfo() == null && address.getQuery() == null && address.getFragment() == null) {
                return Optional.of(address);
            }
        } catch (URISyntaxException e) {
            // Told below, like all that is no address.
        }
        options.problem(
                options.value("consul").map(DataValue::at).orElse(options.at()),
                "This is no address of a Consul server or agent.",
                "Write 'http://127.0.0.1:8500', and the token into a file that tokenFile names.");
        return Optional.empty();
    }

    /** A manifest that waits for longer is taken for one that does not end. */
    private Duration timeout(Duration usual) {
        Duration timeout = options.duration("timeout").orElse(usual);
        if (timeout.compareTo(LONGEST) > 0) {
            options.problem(
                    options.value("timeout").map(DataValue::at).orElse(options.at()),
                    "Each run waits for this level, for " + Durations.format(LONGEST) + " at most.",
                    "Let a timer fetch what takes longer into a file, and let the level print that.");
        }
        return timeout;
    }

    private Optional<Level> command(String name, Decipher decipher) {
        List<PathPattern> words =
                options.texts("command").stream().map(PathPattern::new).toList();
        Duration timeout = timeout(CommandLevel.TIMEOUT);
        if (words.isEmpty() || !words.get(0).text().startsWith("/")) {
            options.problem(
                    options.value("command").map(DataValue::at).orElse(options.at()),
                    "A command is a list of words, and the first one is the whole path of a program.",
                    "Write command: ['/usr/local/bin/inventory', '${fqdn}']");
            return Optional.empty();
        }
        return Optional.of(new CommandLevel(name, words, timeout, decipher, options.at()));
    }

    /** Opens what was encrypted with the key in a file. */
    static Decipher decipher(DataFolder folder, String keyFile) {
        return new KeyFileDecipher(new KeyFile(folder.path().resolve(keyFile)));
    }
}
