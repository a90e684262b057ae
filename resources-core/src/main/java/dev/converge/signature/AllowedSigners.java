package dev.converge.signature;

import dev.converge.provider.ResourceFailure;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The SSH keys whose signatures count, as ssh-keygen(1) describes under ALLOWED SIGNERS. */
record AllowedSigners(Path file, List<Line> lines) {
    static final String NAMESPACE = "git";

    /**
     * One of them.
     *
     * @param authority whether it stands for the keys that it has certified
     * @param namespaces what it may sign; all when empty
     */
    record Line(
            String principals,
            boolean authority,
            Optional<List<String>> namespaces,
            Optional<Instant> validAfter,
            Optional<Instant> validBefore,
            SshKey key) {}

    /** @throws ResourceFailure when a line is not of that form */
    static AllowedSigners parse(Path file, String text) {
        List<Line> lines = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            String trimmed = line.strip();
            if (!trimmed.isEmpty() && !trimmed.startsWith("#")) {
                lines.add(parse(file, number, trimmed));
            }
        }
        return new AllowedSigners(file, List.copyOf(lines));
    }

    private static Line parse(Path file, int number, String line) {
        try {
            return AllowedSignerLine.parse(line);
        } catch (IllegalArgumentException e) {
            throw new ResourceFailure(
                    file + ":" + number + " does not name a signer: " + e.getMessage() + ".",
                    "Write, say: ada@example.com namespaces=\"git\" ssh-ed25519 AAAA…; see ssh-keygen(1), ALLOWED"
                            + " SIGNERS.");
        }
    }

    /**
     * Who has this key.
     *
     * @param time when it signed, as the commit says
     */
    Verdict whoHas(SshKey key, Optional<Instant> time) {
        List<Line> known = lines.stream()
                .filter(line -> !line.authority() && Arrays.equals(line.key().blob(), key.blob()))
                .toList();
        if (known.isEmpty()) {
            return new Verdict.Untrusted(
                    "it is signed by the SSH key " + key.fingerprint() + ", which " + file + " does not have",
                    "Sign it with a key that is there, or add this one if it is of somebody who may.");
        }
        String why = "";
        for (Line line : known) {
            why = objection(line, time);
            if (why.isEmpty()) {
                return new Verdict.Trusted(line.principals() + " (" + key.fingerprint() + ")");
            }
        }
        return new Verdict.Untrusted(
                "it is signed by the SSH key " + key.fingerprint() + " of "
                        + known.get(0).principals() + ", which " + why,
                "Sign it with a key that is valid in " + file + ".");
    }

    private static String objection(Line line, Optional<Instant> time) {
        boolean any =
                line.namespaces().isEmpty() || line.namespaces().get().stream().anyMatch(AllowedSigners::isGit);
        if (!any) {
            return "may not sign for Git (namespaces)";
        }
        if (line.validAfter().isPresent()
                && time.filter(line.validAfter().get()::isAfter).isPresent()) {
            return "was not valid yet when it signed: from " + line.validAfter().get() + " on";
        }
        if (line.validBefore().isPresent()
                && time.filter(line.validBefore().get()::isBefore).isPresent()) {
            return "had expired when it signed: on " + line.validBefore().get();
        }
        boolean dated = time.isPresent()
                || (line.validAfter().isEmpty() && line.validBefore().isEmpty());
        return dated ? "" : "is valid for a time only, and the commit does not say when it was made";
    }

    /** A pattern of namespaces; see ssh_config(5), PATTERNS. */
    private static boolean isGit(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (char c : pattern.toCharArray()) {
            regex.append(c == '*' ? ".*" : c == '?' ? "." : java.util.regex.Pattern.quote(String.valueOf(c)));
        }
        return NAMESPACE.matches(regex.toString());
    }
}
