package dev.converge.signature;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A commit or an annotated tag of Git, taken apart into what was signed and the signature; see gitformat-signature(5).
 *
 * @param payload what the signature is of, one character for each byte
 * @param signature in its armor; empty when there is none
 * @param author as Git writes it, such as {@code Ada <ada@example.com>}: who wrote a commit, or made a tag
 * @param time when it says that it was made
 */
public record SignedObject(String payload, Optional<String> signature, String author, Optional<Instant> time) {
    private static final String HEADER = "gpgsig ";
    private static final Pattern PERSON = Pattern.compile("(.*) (\\d{1,12}) [+-]\\d{4}");
    private static final Pattern TAG_SIGNATURE =
            Pattern.compile("^-----BEGIN (?:PGP|SSH) SIGNATURE-----$", Pattern.MULTILINE);

    /** Of a commit as Git keeps it, without the object's own header. */
    public static SignedObject commit(byte[] raw) {
        String text = new String(raw, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\n\n") < 0 ? text.length() : text.indexOf("\n\n") + 1;
        StringBuilder payload = new StringBuilder(text.length());
        List<StringBuilder> signatures = new ArrayList<>();
        boolean signing = false;
        for (String line : text.substring(0, end).split("(?<=\n)")) {
            boolean begins = line.startsWith(HEADER);
            signing = begins || (signing && line.startsWith(" "));
            if (!signing) {
                payload.append(line);
                continue;
            }
            if (begins) {
                signatures.add(new StringBuilder());
            }
            signatures.get(signatures.size() - 1).append(line, begins ? HEADER.length() : 1, line.length());
        }
        payload.append(text, end, text.length());
        // Of two signatures, which one counts? Git writes one.
        Optional<String> signature =
                signatures.size() == 1 ? Optional.of(signatures.get(0).toString()) : Optional.empty();
        return of(payload.toString(), signature, "\nauthor ", "\ncommitter ");
    }

    /** Of an annotated tag, whose signature is the end of its message. */
    public static SignedObject tag(byte[] raw) {
        String text = new String(raw, StandardCharsets.ISO_8859_1);
        int start = -1;
        for (Matcher found = TAG_SIGNATURE.matcher(text); found.find(); ) {
            start = found.start();
        }
        return start < 0
                ? of(text, Optional.empty(), "\ntagger ", "\ntagger ")
                : of(text.substring(0, start), Optional.of(text.substring(start)), "\ntagger ", "\ntagger ");
    }

    private static SignedObject of(String payload, Optional<String> signature, String author, String committer) {
        String headers = payload.substring(0, payload.contains("\n\n") ? payload.indexOf("\n\n") : payload.length());
        Optional<Matcher> by = person(headers, author);
        Optional<Instant> time = person(headers, committer).flatMap(person -> instant(person.group(2)));
        return new SignedObject(payload, signature, by.map(SignedObject::name).orElse("nobody"), time);
    }

    private static Optional<Matcher> person(String headers, String header) {
        int start = headers.indexOf(header);
        if (start < 0) {
            return Optional.empty();
        }
        int end = headers.indexOf('\n', start + 1);
        Matcher person = PERSON.matcher(headers.substring(start + header.length(), end < 0 ? headers.length() : end));
        return person.matches() ? Optional.of(person) : Optional.empty();
    }

    /** Without what a terminal would obey. */
    private static String name(Matcher person) {
        byte[] bytes = person.group(1).getBytes(StandardCharsets.ISO_8859_1);
        return new String(bytes, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?");
    }

    private static Optional<Instant> instant(String seconds) {
        try {
            return Optional.of(Instant.ofEpochSecond(Long.parseLong(seconds)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** What one of its headers says, such as {@code object} or {@code tag} of a tag. */
    public Optional<String> header(String name) {
        String headers = payload.substring(0, payload.contains("\n\n") ? payload.indexOf("\n\n") : payload.length());
        for (String line : headers.split("\n")) {
            if (line.startsWith(name + " ")) {
                return Optional.of(line.substring(name.length() + 1));
            }
        }
        return Optional.empty();
    }

    byte[] bytes() {
        return payload.getBytes(StandardCharsets.ISO_8859_1);
    }
}
