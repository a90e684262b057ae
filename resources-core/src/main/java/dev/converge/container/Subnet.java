package dev.converge.container;

import dev.converge.model.InvalidValueException;
import java.util.regex.Pattern;

/** A range of addresses, such as {@code 10.89.7.0/24} or {@code fd00:7::/64}. */
public record Subnet(String text) {
    private static final Pattern V4 = Pattern.compile("(?:[0-9]{1,3}\\.){3}[0-9]{1,3}/(?:[0-9]|[12][0-9]|3[0-2])");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:]*/(?:[0-9]{1,2}|1[01][0-9]|12[0-8])");

    /** @throws InvalidValueException when it is no address with the length of its network */
    public static Subnet parse(String text) {
        if (!V4.matcher(text).matches() && !V6.matcher(text).matches()) {
            throw new InvalidValueException(
                    "\"" + text + "\" is no range of addresses.", "Write it as '10.89.7.0/24' or 'fd00:7::/64'.");
        }
        return new Subnet(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
