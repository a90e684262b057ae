package dev.converge.source;

import dev.converge.git.SiteTree;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is written down of a copy: enough to tell later, and without its repository, that its files are those of the
 * commit, and that the commit is signed by one who still may.
 *
 * @param origin the repository, the ref and the path it is from
 * @param commitObject the commit as Git keeps it
 * @param tagObject the annotated tag that led to it, the same
 */
record KeptSite(
        String origin, String commit, Instant fetched, byte[] commitObject, Optional<byte[]> tagObject, SiteTree tree) {
    private static final String NONE = "-";

    static String origin(SourceSettings settings) {
        return String.join(" ", settings.url().text(), settings.ref(), "/" + settings.path());
    }

    String text() {
        StringBuilder text = new StringBuilder("converge-source 1\n");
        line(text, "origin", base64(origin.getBytes(StandardCharsets.UTF_8)));
        line(text, "commit", commit);
        line(text, "fetched", fetched.toString());
        line(text, "object", base64(commitObject));
        tagObject.ifPresent(tag -> line(text, "tag", base64(tag)));
        line(text, "tree", tree.id());
        new TreeMap<>(tree.submodules())
                .forEach((path, at) -> line(
                        text,
                        "submodule",
                        at.commit() + " " + (at.tree().isEmpty() ? NONE : at.tree()) + " "
                                + base64(path.getBytes(StandardCharsets.UTF_8))));
        return text.append("end\n").toString();
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append(key).append(' ').append(value).append('\n');
    }

    /** Empty when it is not whole, or of a later version. */
    static Optional<KeptSite> parse(String text) {
        if (!text.startsWith("converge-source 1\n") || !text.endsWith("\nend\n")) {
            return Optional.empty();
        }
        Map<String, String> values = new TreeMap<>();
        Map<String, SiteTree.Submodule> submodules = new TreeMap<>();
        try {
            for (String line : text.split("\n")) {
                String[] words = line.split(" ");
                if (words[0].equals("submodule")) {
                    String tree = words[2].equals(NONE) ? "" : id(words[2]);
                    submodules.put(utf8(words[3]), new SiteTree.Submodule(id(words[1]), tree));
                } else if (words.length == 2) {
                    values.put(words[0], words[1]);
                }
            }
            return Optional.of(new KeptSite(
                    utf8(values.get("origin")),
                    id(values.get("commit")),
                    Instant.parse(values.get("fetched")),
                    bytes(values.get("object")),
                    Optional.ofNullable(values.get("tag")).map(KeptSite::bytes),
                    new SiteTree(id(values.get("tree")), submodules)));
        } catch (IllegalArgumentException | DateTimeException | NullPointerException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static String id(String text) {
        if (!text.matches("[0-9a-f]{40}")) {
            throw new IllegalArgumentException("it is damaged");
        }
        return text;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] bytes(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    private static String utf8(String base64) {
        return new String(bytes(base64), StandardCharsets.UTF_8);
    }
}
