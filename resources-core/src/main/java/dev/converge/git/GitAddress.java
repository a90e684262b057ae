package dev.converge.git;

import dev.converge.model.InvalidValueException;
import java.util.regex.Pattern;

/** Where a Git repository is: an address that is fit to be shown and to be written into {@code .git/config}. */
public record GitAddress(String text) {
    private static final Pattern KNOWN = Pattern.compile("(https?|git)://[^/@]+/.+|file:///.+|/.+");
    private static final Pattern SSH =
            Pattern.compile("ssh://([\\w.-]+@)?[^/@:-][^/@]*/.+|[\\w][\\w.-]*@[\\w][\\w.-]*:[^-].*");

    /** @throws InvalidValueException when it has a password in it, or is of a kind that cannot be fetched from */
    public static GitAddress parse(String text) {
        if (text.matches("ssh://[^/]*:[^/]*@.*")) {
            throw new InvalidValueException(
                    "The address has a password before the server; it is shown in reports and kept in .git/config.",
                    "SSH logs in with a key: give sshKey.");
        }
        if (text.matches("\\w+://[^/]*@.*") && !text.startsWith("ssh://")) {
            throw new InvalidValueException(
                    "The address names a user before the server; it is shown in reports and kept in .git/config.",
                    "Give username and password beside it.");
        }
        if (!KNOWN.matcher(text).matches() && !SSH.matcher(text).matches()) {
            throw new InvalidValueException(
                    "\"" + text + "\" is not the address of a Git repository.",
                    "Write https://server/name.git, ssh://git@server/name.git, git@server:name.git, git://, file:/// or"
                            + " an absolute path on the host.");
        }
        return new GitAddress(text);
    }

    /** Whether it is reached by SSH, and so needs a key and known hosts. */
    public boolean isSsh() {
        return SSH.matcher(text).matches();
    }

    /** Whether it is reached by HTTP, with TLS or without. */
    public boolean isHttp() {
        return text.startsWith("https://") || text.startsWith("http://");
    }

    /** Whether anybody on the way can read what is said, and say something else: no TLS, no SSH, and not within this host. */
    public boolean isOpen() {
        return text.matches("(http|git)://.*")
                && !text.matches("\\w+://(localhost|127\\.0\\.0\\.1|\\[::1\\])([:/].*)?");
    }

    /** Without a user's name and password, which one that somebody else has cloned from may have in it. */
    @Override
    public String toString() {
        return isSsh() ? text : text.replaceFirst("://[^/]*@", "://");
    }
}
