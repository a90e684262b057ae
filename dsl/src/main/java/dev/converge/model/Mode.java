package dev.converge.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Permission bits as {@code chmod} takes them: octal such as {@code 0644}, or symbolic such as {@code u=rw,go=r}.
 *
 * <p>A symbolic mode is a wish: it is satisfied by every mode that it would leave as it is. See chmod(1) and the
 * grammar in POSIX.1-2017, utility {@code chmod}; the umask plays no part, a clause without a letter means {@code a}. An
 * octal mode is meant whole: where {@code chmod 0755} leaves a directory's set-id bits alone, this takes them away.
 */
public final class Mode implements Wish<Mode> {
    private static final int ALL_BITS = 07777;

    private static final int SET_ID_BITS = 06000;

    /**
     * One operation of a symbolic mode.
     *
     * @param who the bits that it may touch
     */
    private record Clause(int who, char operator, String permissions) {}

    private final String text;
    private final int octal;
    private final List<Clause> clauses;
    private final boolean directory;

    private Mode(String text, int octal, List<Clause> clauses, boolean directory) {
        this.text = text;
        this.octal = octal;
        this.clauses = clauses;
        this.directory = directory;
    }

    /** @param bits the low twelve bits of {@code st_mode} */
    public static Mode ofBits(int bits) {
        return ofBits(bits, false);
    }

    /** The mode that a directory has, for which {@code X} means {@code x}. */
    public static Mode ofDirectoryBits(int bits) {
        return ofBits(bits, true);
    }

    private static Mode ofBits(int bits, boolean directory) {
        int kept = bits & ALL_BITS;
        char[] digits = {
            (char) ('0' + (kept >> 9)),
            (char) ('0' + (kept >> 6 & 7)),
            (char) ('0' + (kept >> 3 & 7)),
            (char) ('0' + (kept & 7))
        };
        return new Mode(new String(digits), kept, List.of(), directory);
    }

    /** @throws InvalidValueException when chmod would refuse it */
    public static Mode parse(String text) {
        if (text.matches("[0-7]{1,4}")) {
            if (text.length() < 3) {
                throw new InvalidValueException(
                        "The mode \"" + text + "\" is too short to be meant.", "Write all digits, such as '0644'.");
            }
            return ofBits(Integer.parseInt(text, 8));
        }
        if (text.matches("[0-9]+")) {
            throw new InvalidValueException(
                    "The mode \"" + text + "\" is not an octal number of three or four digits.",
                    "Write digits from 0 to 7, such as '0644'.");
        }
        List<Clause> clauses = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            parseClause(part, text, clauses);
        }
        Mode mode = new Mode(text, -1, List.copyOf(clauses), false);
        if (clauses.size() > 1 && !mode.settles()) {
            throw new InvalidValueException(
                    "The mode \"" + text + "\" would change a file again each time.",
                    "Name the bits themselves, such as 'u=rw,go=r'.");
        }
        return mode;
    }

    /** Whether a second application changes nothing; {@code u=g,g=o} is an example of one that does. */
    private boolean settles() {
        if (!text.matches(".*[+=-][ugoX].*")) {
            return true;
        }
        for (int bits = 0; bits <= ALL_BITS; bits++) {
            int once = resolve(bits, false);
            int onceDirectory = resolve(bits, true);
            if (resolve(once, false) != once || resolve(onceDirectory, true) != onceDirectory) {
                return false;
            }
        }
        return true;
    }

    private static void parseClause(String part, String whole, List<Clause> into) {
        int at = 0;
        int who = 0;
        while (at < part.length() && "ugoa".indexOf(part.charAt(at)) >= 0) {
            who |= switch (part.charAt(at)) {
                case 'u' -> 04700;
                case 'g' -> 02070;
                case 'o' -> 01007;
                default -> ALL_BITS;
            };
            at++;
        }
        if (who == 0) {
            who = ALL_BITS;
        }
        int first = at;
        while (at < part.length() && "+-=".indexOf(part.charAt(at)) >= 0) {
            char operator = part.charAt(at++);
            int start = at;
            while (at < part.length() && "rwxXstugo".indexOf(part.charAt(at)) >= 0) {
                at++;
            }
            String permissions = part.substring(start, at);
            if (permissions.matches(".*[ugo].*") && permissions.length() != 1) {
                throw notSymbolic(whole);
            }
            into.add(new Clause(who, operator, permissions));
        }
        if (at == first || at != part.length()) {
            throw notSymbolic(whole);
        }
    }

    private static InvalidValueException notSymbolic(String whole) {
        return new InvalidValueException(
                "The mode \"" + whole + "\" is neither octal nor symbolic.",
                "Write it as chmod takes it, such as '0644' or 'u=rw,go=r'.");
    }

    /**
     * The bits that this mode gives to something that has {@code current} now.
     *
     * @param current the low twelve bits of {@code st_mode}
     * @param directory decides what {@code X} means
     */
    public int resolve(int current, boolean directory) {
        if (octal >= 0) {
            return octal;
        }
        int bits = current & ALL_BITS;
        for (Clause clause : clauses) {
            bits = apply(clause, bits, directory);
        }
        return bits;
    }

    /** As {@code mode_adjust} of GNU chmod does it: a directory keeps its set-id bits unless they are named. */
    private static int apply(Clause clause, int bits, boolean directory) {
        int named = permissionBits(clause, bits, directory) & clause.who();
        int kept = directory ? SET_ID_BITS & ~named : 0;
        return switch (clause.operator()) {
            case '+' -> bits | named;
            case '-' -> bits & ~named;
            default -> (bits & (~clause.who() | kept)) | named;
        };
    }

    private static int permissionBits(Clause clause, int current, boolean directory) {
        int bits = 0;
        for (char c : clause.permissions().toCharArray()) {
            bits |= switch (c) {
                case 'r' -> 0444;
                case 'w' -> 0222;
                case 'x' -> 0111;
                case 'X' -> directory || (current & 0111) != 0 ? 0111 : 0;
                case 's' -> SET_ID_BITS;
                case 't' -> 01000;
                case 'u' -> spread(current >> 6);
                case 'g' -> spread(current >> 3);
                default -> spread(current);
            };
        }
        return bits;
    }

    private static int spread(int triple) {
        int three = triple & 07;
        return (three << 6) | (three << 3) | three;
    }

    /** The bits of an octal mode; for a symbolic one what it makes of nothing. */
    public int bits() {
        return resolve(0, false);
    }

    public boolean isSymbolic() {
        return octal < 0;
    }

    @Override
    public boolean satisfiedBy(Mode observed) {
        return resolve(observed.octal, observed.directory) == observed.octal;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Mode mode && mode.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
