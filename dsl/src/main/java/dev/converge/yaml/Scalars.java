package dev.converge.yaml;

import dev.converge.model.InvalidValueException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the texts of settings stand for, each refused with what to write instead. */
public final class Scalars {
    private Scalars() {}

    /** @throws InvalidValueException when it is not an absolute path */
    public static Path path(String text) {
        try {
            Path path = Path.of(text);
            InvalidValueException.when(
                    !path.isAbsolute(), "\"" + text + "\" is not an absolute path.", "Write it from / on.");
            return path.normalize();
        } catch (InvalidPathException e) {
            throw new InvalidValueException("\"" + text + "\" is not a path.", "Write it from / on.");
        }
    }

    /** @throws InvalidValueException when it is not a whole number within these bounds */
    public static int number(String text, int least, int most) {
        String advice = "Write a whole number from " + least + " to " + most + ".";
        try {
            int number = Integer.parseInt(text);
            InvalidValueException.when(number < least || number > most, text + " is out of bounds.", advice);
            return number;
        } catch (NumberFormatException e) {
            throw new InvalidValueException("\"" + text + "\" is not a whole number.", advice);
        }
    }

    /** @throws InvalidValueException when it is neither {@code true} nor {@code false} */
    public static boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new InvalidValueException("\"" + text + "\" is not a truth value.", "Write true or false.");
        };
    }

    /** @throws InvalidValueException when it is not one of these words */
    public static String oneOf(List<String> words, String text) {
        String advice = "Write " + String.join(" or ", words) + ".";
        InvalidValueException.when(!words.contains(text), "\"" + text + "\" is not known here.", advice);
        return text;
    }

    /** @throws InvalidValueException when it is not an address of the web, or has a password in it */
    public static URI webAddress(String text) {
        return webAddress(text, "https://reports.example.com/converge");
    }

    /**
     * The same.
     *
     * @param example what such an address looks like
     */
    public static URI webAddress(String text, String example) {
        String advice = "Write it such as " + example + ".";
        try {
            URI address = new URI(text);
            boolean web = List.of("http", "https")
                    .contains(Optional.ofNullable(address.getScheme()).orElse(""));
            InvalidValueException.when(
                    !web || address.getHost() == null, "\"" + text + "\" is not a web address.", advice);
            InvalidValueException.when(
                    address.getUserInfo() != null,
                    "The address names a user before the server; it is shown in status and logs.",
                    "Put a token into a file of its own.");
            return address;
        } catch (URISyntaxException e) {
            throw new InvalidValueException("\"" + text + "\" is not an address.", advice);
        }
    }
}
