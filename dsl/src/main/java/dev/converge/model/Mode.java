package dev.converge.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Permission bits as {@code chmod} takes them: octal such as {@code 0644}, or symbolic such as {@code u=rw,go=r}.
 *
 * <p>A symbolic mode is a wish: it is satisfied by every mode that it would leave as it is. See chmod(1) and the
 * grammar in POSIX.1-2017, utility {@code chmod}; the umask plays no part, a clause without a letter means {@code a}.
 */
public final class Mode implements Wish<Mode> {
    private static final int ALL_BITS = 07777;

    private record Clause(int who, char operator, String permissions) {}

    private final String text;
    private final int octal;
    private final List<Clause> clauses;

    private Mode(String text, int octal, List<Clause> clauses) {
        this.text = text;
        this.octal = octal;
        this.clauses = clauses;
    }

    /** @param bits the low twelve bits of {@code st_mode} */
    public static Mode ofBits(int bits) {
        int kept = bits & ALL_BITS;
        return new Mode(String.format(Locale.ROOT, "%04o", kept), kept, List.of());
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
        return new Mode(text, -1, List.copyOf(clauses));
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
            int named = permissionBits(clause, bits, directory) & clause.who();
            bits = switch (clause.operator()) {
                case '+' -> bits | named;
                case '-' -> bits & ~named;
                default -> (bits & ~assignable(clause, directory)) | named;
            };
        }
        return bits;
    }

    /** {@code =} clears what it governs; GNU chmod keeps a directory's set-id bits unless they are named. */
    private static int assignable(Clause clause, boolean directory) {
        int who = clause.who();
        if (clause.who() != ALL_BITS) {
            who &= ~01000 | (clause.permissions().contains("t") ? 01000 : 0);
        }
        return directory && !clause.permissions().contains("s") ? who & ~06000 : who;
    }

    private static int permissionBits(Clause clause, int current, boolean directory) {
        int bits = 0;
        for (char c : clause.permissions().toCharArray()) {
            bits |= switch (c) {
                case 'r' -> 0444;
                case 'w' -> 0222;
                case 'x' -> 0111;
                case 'X' -> directory || (current & 0111) != 0 ? 0111 : 0;
                case 's' -> 06000;
                case 't' -> 01000;
                case 'u' -> spread(current >> 6);
                case 'g' -> spread(current >> 3);
                default -> spread(current);
            };
        }
        if (clause.permissions().contains("t") && (clause.who() & 01000) == 0) {
            return bits & ~01000;
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
        return resolve(observed.bits(), false) == observed.bits();
    }

    /** As {@link #satisfiedBy(Mode)}, for a directory, where {@code X} means {@code x}. */
    public boolean satisfiedByDirectory(Mode observed) {
        return resolve(observed.bits(), true) == observed.bits();
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
